"""Colours: which of black and white can be read on a colour of the house (WCAG 2.2, 1.4.3)."""

from functools import lru_cache


@lru_cache(maxsize=64)
def legible_on(colour: str) -> str:
    """Return "#ffffff" or "#000000", whichever has more contrast on a colour such as "#1d4e89"."""
    light = _luminance(colour)
    return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else "#000000"


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
