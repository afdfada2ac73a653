"""Counts and checks; reads only."""
