"""Time without a database: intervals, zones, holidays, and the only clock."""
