"""What a house tells of ideas that people brought: short lines without names; pure.

``[[ideas.outcomes]]`` in the file of a house, each with a line in ``de``, ``en``
and perhaps ``ls``. Without any, the page of the form shows none.
"""

from collections.abc import Iterator, Mapping
from typing import Any

LONGEST = 300


def outcomes(data: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
    """Return the lines of a fit file, each by language."""
    return tuple(data.get("ideas", {}).get("outcomes", ()))


def outcome_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the section of a file, in words for whoever writes it."""
    section = data.get("ideas", {})
    if not isinstance(section, dict):
        return  # told as a misshapen section
    yield from (f"ideas.{name} is not known" for name in section if name != "outcomes")
    lines = section.get("outcomes", [])
    if not isinstance(lines, list):
        yield "ideas.outcomes must be a list of lines in de, en and ls"
        return
    for number, line in enumerate(lines, 1):
        if not isinstance(line, dict) or not line.get("de"):
            yield f"ideas.outcomes: number {number} needs a line in de"
        elif any(not isinstance(text, str) or len(text) > LONGEST for text in line.values()):
            yield f"ideas.outcomes: the lines of number {number} are texts of at most {LONGEST} characters"
