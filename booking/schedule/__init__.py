"""When: resources, claims and allocations with their guard; occurrences, closures, skills."""
