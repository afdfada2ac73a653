"""Checks of source text by its syntax tree: each takes a text and yields one line for each fault."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_FUNCTION = 40
USUAL_FUNCTION = 20  # nine of ten are shorter
LONGEST_FILE = 250

NAMES_WITHOUT_A_SUBJECT = {"common", "utils", "util", "helpers", "helper", "misc"}

# Words that mean something else here (docs/glossary.md), with the word to use.
BANNED_WORDS = {
    "session": "occurrence, or sign_in for staff: Flask and SQLAlchemy have a session each",
    "appointment": "consultation or booking",
    "reservation": "booking, hold or claim",
    "customer": "visitor or booker",
}

CLOCKS = {
    "datetime": {"now", "utcnow", "today", "utcfromtimestamp"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
    "func": {"now", "current_timestamp", "current_date", "localtimestamp"},
}

# Folders of one person's machine, found only at the beginning of a path.
_MACHINE_PATH = re.compile(r"(?<![\w./:})-])/(?:home|root|Users|opt|work|private|mnt)/\w")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Length:
    """How many lines a function takes, decorators and docstring included."""

    name: str
    lines: int


def function_lengths(source: str) -> Iterator[Length]:
    """Every function of a module, however deeply it stands in others."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield Length(node.name, (node.end_lineno or node.lineno) - first + 1)


def long_functions(source: str) -> Iterator[str]:
    """Functions that do not fit one screen."""
    for length in function_lengths(source):
        if length.lines > LONGEST_FUNCTION:
            yield f"{length.name} has {length.lines} lines, {LONGEST_FUNCTION} are the limit"


def long_file(source: str) -> Iterator[str]:
    """A file of more than one subject, by its length."""
    lines = len(source.splitlines())
    if lines > LONGEST_FILE:
        yield f"has {lines} lines, {LONGEST_FILE} are the limit: cut it by subject"


def missing_docstring(source: str) -> Iterator[str]:
    """A module that does not say in its first line what is in it."""
    docstring = ast.get_docstring(ast.parse(source), clean=False)
    first = source.splitlines()[0] if source.strip() else ""
    if not docstring or not docstring.splitlines()[0].strip() or not first.lstrip("r").startswith('"""'):
        yield "does not begin with a line in triple quotes that says what is in it"


def nameless_module(parts: tuple[str, ...]) -> Iterator[str]:
    """A path (its parts without suffix) that promises a bit of everything."""
    for part in sorted(NAMES_WITHOUT_A_SUBJECT.intersection(parts)):
        yield f"is called {part!r}: name it after its subject"


def commits(source: str) -> Iterator[str]:
    """Calls of .commit()."""
    for call, name in _method_calls(source):
        if name == "commit":
            yield f"line {call.lineno} commits: open a unit of work instead"


def clock_calls(source: str) -> Iterator[str]:
    """Questions about the present time, asked of anything but booking.timekit.clock."""
    for call, name in _method_calls(source):
        if isinstance(call.func, ast.Attribute) and name in CLOCKS.get(_last_name(call.func.value), ()):
            yield f"line {call.lineno} asks {ast.unparse(call.func)}(): take `now` as a keyword"


def imports_of(source: str, module: str) -> Iterator[str]:
    """Imports of ``module`` (a dotted name), of what is in it, or of a module below it."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if f"{name}.".startswith(f"{module}."):
                yield f"imports {name}"


def banned_words(source: str) -> Iterator[str]:
    """Classes and tables whose name has a word that means something else here."""
    for node in ast.walk(ast.parse(source)):
        name = ""
        if isinstance(node, ast.ClassDef):
            name = _snake(node.name)
        elif isinstance(node, ast.Assign) and any(_last_name(t) == "__tablename__" for t in node.targets):
            name = str(node.value.value) if isinstance(node.value, ast.Constant) else ""
        elif isinstance(node, ast.Call) and _last_name(node.func) == "Table" and node.args:
            name = str(node.args[0].value) if isinstance(node.args[0], ast.Constant) else ""
        for word, better in BANNED_WORDS.items():
            if re.search(rf"(^|_){word}s?(_|$)", name):
                yield f"{name!r} says {word!r}: use {better}"


def machine_paths(text: str) -> Iterator[str]:
    """Paths that exist on one machine only."""
    for number, line in enumerate(text.splitlines(), start=1):
        if _MACHINE_PATH.search(line):
            yield f"line {number} names a folder of one machine"


def _method_calls(source: str) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
