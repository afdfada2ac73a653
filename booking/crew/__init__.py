"""Who runs the house: staff are invited, edited, deactivated and forgotten; their passwords; what they are mailed."""
