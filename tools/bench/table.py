"""What a run found: rows with their targets, as an aligned table and as JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Wanted = Literal["at least", "at most", ""]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured.

    ``limit``     what the same machine did in the same run where nothing is in the way, in the same unit
    ``share``     how much of the limit's speed that is, 1.0 at the limit
    ``target``    in the unit of the value, or of the share where ``of_share``
    ``is_bound``  beyond it something is broken: not a matter of time
    """

    subject: str
    what: str
    engine: str
    value: float
    unit: str
    wanted: Wanted = ""
    target: float | None = None
    limit: float | None = None
    of_share: bool = False
    is_bound: bool = False

    @property
    def share(self) -> float | None:
        """The part of the limit that is reached; a rate is good when high, a time when low."""
        if not self.limit or not self.value:
            return None
        return self.value / self.limit if self.unit.endswith("/s") else self.limit / self.value

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        judged = self.share if self.of_share else self.value
        if self.target is None or judged is None:
            return None
        return judged >= self.target if self.wanted == "at least" else judged <= self.target

    def cells(self) -> list[str]:
        """Return the row as the table shows it."""
        return [
            self.what,
            self.engine,
            f"{_number(self.value)} {self.unit}".strip(),
            "" if self.limit is None else _number(self.limit),
            "" if self.share is None else f"{self.share:.1%}",
            self._target(),
            {True: "✓", False: "✗", None: ""}[self.is_met],
        ]

    def _target(self) -> str:
        if self.target is None:
            return ""
        sign = "≥" if self.wanted == "at least" else "≤"
        return f"{sign} {self.target:.0%} of the limit" if self.of_share else f"{sign} {_number(self.target)}"


@dataclass
class Growth:
    """How the time of some work grows: its milliseconds (or rates) at each size."""

    subject: str
    what: str
    engine: str
    unit: str
    values: dict[int, float]

    @property
    def factor(self) -> float | None:
        """How many times the last value is of the first."""
        values = list(self.values.values())
        return values[-1] / values[0] if values and values[0] else None


@dataclass
class Findings:
    """All rows of a run, and what broke in it."""

    rows: list[Row] = field(default_factory=list)
    growth: list[Growth] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        if row.is_bound and row.is_met is False:
            told = f"{_number(row.value)} {row.unit}".strip()
            self.broken.append(f"{row.subject}, {row.what}, {row.engine}: {told}")

    def to_json(self) -> dict[str, Any]:
        """Return everything for a file."""
        return {
            "rows": [asdict(row) | {"share": row.share, "is_met": row.is_met} for row in self.rows],
            "growth": [asdict(one) | {"factor": one.factor} for one in self.growth],
            "broken": self.broken,
            "notes": self.notes,
        }

    def said(self) -> str:
        """Return the tables as text."""
        heads = ["", "database", "measured", "limit", "of limit", "target", ""]
        parts = [
            _table(subject, heads, [row.cells() for row in self.rows if row.subject == subject])
            for subject in dict.fromkeys(row.subject for row in self.rows)
        ]
        for subject in dict.fromkeys(one.subject for one in self.growth):
            parts += self._growth(subject)
        return "\n\n".join(parts)

    def _growth(self, subject: str) -> Iterable[str]:
        mine = [one for one in self.growth if one.subject == subject]
        sizes = sorted({size for one in mine for size in one.values})
        heads = ["", "database", *(f"{size:,}" for size in sizes), "unit", "last/first"]
        rows = [
            [
                one.what,
                one.engine,
                *(_number(one.values[size]) if size in one.values else "" for size in sizes),
                one.unit,
                "" if one.factor is None else f"× {one.factor:.1f}",
            ]
            for one in mine
        ]
        yield _table(subject, heads, rows)


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    lines = [title, *("  " + _line(row, widths) for row in [heads, *rows])]
    return "\n".join(line.rstrip() for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = [
        cell.ljust(width) if column < 2 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(aligned)


def _number(value: float) -> str:
    """Three figures are all that such a measurement knows."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
