"""Checks of what comes from others: locks, reasons, vendored files. Each yields one line for each fault."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_WANTED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*(==\s*[^\s;#]+)?")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)((?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


@dataclass(frozen=True, slots=True)
class Pin:
    """One line of a lock: a version, and how many files may be installed for it."""

    version: str
    hashes: int


def canonical(name: str) -> str:
    """The name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(text: str) -> dict[str, str]:
    """What a .in file asks for: package → version, or "" for any."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    found = (_WANTED.match(line) for line in lines if line and not line.startswith("-"))
    return {canonical(m[1]): (m[2] or "").removeprefix("==").strip() for m in found if m}


def pinned(text: str) -> dict[str, Pin]:
    """What a lock pins: package → version and number of hashes."""
    return {canonical(m[1]): Pin(m[2], len(_HASH.findall(m[3]))) for m in _PINNED.finditer(text)}


def lock_faults(wishes: str, lock: str) -> Iterator[str]:
    """What a lock lacks of what its .in file asks for."""
    pins = pinned(lock)
    for package, version in wanted(wishes).items():
        if package not in pins:
            yield f"{package} is not locked: make lock"
        elif version and pins[package].version != version:
            yield f"{package} is locked at {pins[package].version}, not {version}: make lock"
    for package, pin in pins.items():
        if not pin.hashes:
            yield f"{package} has no hash: make lock"
    if "://" in lock:
        yield "names an address: packages come from whatever registry the installing machine uses"


def disagreements(lock: str, larger_lock: str) -> Iterator[str]:
    """Packages that the larger lock has not, or in another version."""
    larger = pinned(larger_lock)
    for package, pin in pinned(lock).items():
        if larger.get(package) != pin:
            yield f"{package} differs between the two locks: make lock"


def undocumented(wishes: str, page: str) -> Iterator[str]:
    """Packages that have no row `| name | reason | licence | loss |` on the page."""
    rows = [[cell.strip(" `") for cell in line.strip().strip("|").split("|")] for line in page.splitlines()]
    explained = {
        canonical(name)
        for row in rows
        if len(row) >= 4 and all(cell for cell in row)
        for name in row[0].split(", ")
    }
    for package in wanted(wishes).keys() - explained:
        yield f"{package} has no reason in docs/dependencies.md"


def vendor_faults(folder: Path) -> Iterator[str]:
    """What differs between a vendor folder and its VENDOR.json."""
    manifest = json.loads((folder / "VENDOR.json").read_text())
    for name, entry in manifest.items():
        if not (entry.get("package") and entry.get("license")):
            yield f"{name} does not say its package and licence"
        for file, checksum in entry.get("files", {}).items():
            path = folder / name / file
            if not path.is_file():
                yield f"{name}/{file} is missing"
            elif hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
                yield f"{name}/{file} was changed"
    declared = {f"{name}/{file}" for name, entry in manifest.items() for file in entry.get("files", {})}
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for file in sorted(on_disk - declared - {"VENDOR.json"}):
        yield f"{file} is not declared"
