"""How much a run measures: quickly, by default, or everything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Seconds of each measurement, and how far the growing things grow."""

    seconds: float
    forms: int  # that are sent one after the other
    rush: tuple[int, int]  # people and places
    rounds: int  # requests whose middle one is told, where time grows
    clients: tuple[int, ...]
    occurrences: tuple[int, ...]
    history: tuple[int, ...]
    hosts: tuple[int, ...]
    dates: int = 1000
    warm_up: int = 6  # times eight clients: before anything is measured, every process has done it


TINY = Sizes(0.1, 16, (16, 4), 2, (1, 2), (30, 60), (0, 40), (1, 3), dates=60, warm_up=1)
QUICK = Sizes(0.3, 64, (100, 20), 5, (1, 8), (100, 1000), (0, 1000), (1, 50), warm_up=3)
USUAL = Sizes(
    2.5, 480, (600, 90), 20, (1, 8, 64), (100, 1000, 10_000), (0, 10_000, 100_000), (1, 10, 100, 1000)
)
FULL = Sizes(
    6.0,
    960,
    (2000, 300),
    60,
    (1, 2, 4, 8, 16, 32, 64),
    (100, 1000, 10_000),
    (0, 1000, 10_000, 100_000, 1_000_000),
    (1, 10, 100, 1000),
)
