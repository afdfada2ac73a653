"""State holidays of a subdivision, by the holidays library, in German and English."""

import importlib.util
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import holidays as library
from holidays.registry import COUNTRIES


@lru_cache(maxsize=64)
def state_holidays(country: str, subdivision: str, year: int, language: str) -> dict[date, str]:
    """Return the public holidays of one year with their names in ``language`` ('de' or 'en').

    Raises NotImplementedError for a country or subdivision that the library does not know.
    """
    wanted = "en_US" if language == "en" else language
    names = _calendar(country)(subdiv=subdivision or None, years=year, language=wanted)
    return dict(sorted(names.items()))


@lru_cache(maxsize=8)
def _calendar(country: str) -> Any:
    """Return the library's class for a country, loaded alone: all countries cost every process 8 MB.

    Raises NotImplementedError for a country that the library does not know.
    """
    for module, (name, *codes) in COUNTRIES.items():
        path = Path(library.__file__).parent / "countries" / f"{module}.py"
        spec = importlib.util.spec_from_file_location(f"holidays.countries.{module}", path)
        if country in codes and spec is not None and spec.loader is not None:
            alone = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(alone)
            return getattr(alone, name)
    raise NotImplementedError(f"The country {country} is not known")
