"""Whose: the houses, each with its name, place, zone, texts and data."""
