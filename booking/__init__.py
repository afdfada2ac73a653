"""The booking platform of a city's public house for digital things."""

__version__ = "0.1.0"
