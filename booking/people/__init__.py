"""By whom: hosts with their languages."""
