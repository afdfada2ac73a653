"""The files of this project, and what is exempt from which rule of the house, each with its reason."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOKING = ROOT / "booking"

# Tables of data: long because the world is, not because they do much.
LONG_FILES: dict[str, str] = {"tests/tables/rows.py": "two rows of each table"}
LONG_FUNCTIONS: dict[str, str] = {}

COMMITS = {"booking/db.py": "the unit of work is here"}
CLOCK = {"booking/timekit/clock.py": "the only now() in the program"}
READS_CONFIG = {
    "booking/app.py": "the roof takes the settings and hands on what each floor needs",
    "wsgi.py": "reads them from the environment",
}

Check = Callable[[str], Iterable[str]]


def python_files(*places: str) -> Iterator[Path]:
    """Every Python file of the named folders and files; a missing one has none."""
    for place in places:
        path = ROOT / place
        yield from sorted(path.rglob("*.py")) if path.is_dir() else filter(Path.exists, [path])


def text_files(*places: str) -> Iterator[Path]:
    """Every text file of the named folders, third-party ones left out."""
    for place in places:
        for path in sorted((ROOT / place).rglob("*")):
            if path.is_file() and "vendor" not in path.parts and "__pycache__" not in path.parts:
                yield path


def name(path: Path) -> str:
    """The path as it is written in a message or a list."""
    return path.relative_to(ROOT).as_posix()


def faults(files: Iterable[Path], check: Check, *, exempt: Iterable[str] = ()) -> list[str]:
    """One line for each fault that the check finds in the files."""
    skipped = set(exempt)
    return [
        f"{name(path)}: {fault}"
        for path in files
        if name(path) not in skipped
        for fault in check(path.read_text(encoding="utf-8", errors="replace"))
    ]
