"""Fetch the third-party frontend files that we commit: `python tools/refresh_vendor.py`.

Only maintainers run it, with npm at hand; the running product never needs Node.
Each package is pinned here, checked against the checksum of its registry, and
reduced to the files we serve plus its licence. A `VENDOR.json` beside them tells
version, licence and SHA-256 of every file, so that a test can notice a change.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVED = ROOT / "booking" / "static" / "vendor"
FOR_TESTS = ROOT / "tests" / "vendor"
FOR_PAPER = ROOT / "templates" / "paper" / "vendor"

WEIGHTS = (400, 500, 600)
SUBSETS = {
    "latin": (
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,"
        "U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
    ),
    "latin-ext": (
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,"
        "U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF"
    ),
}
SOURCE_MAP = re.compile(rb"\n?/[/*][#@] ?sourceMappingURL=.*")


class RefusedPackage(Exception):
    """A package is not what the pin promises; nothing of it was written."""


@dataclass(frozen=True, slots=True)
class Package:
    """What we take: ``files`` maps a path in the package to our file name."""

    name: str
    version: str
    licence: str
    folder: str
    files: Mapping[str, str]

    @property
    def spec(self) -> str:
        return f"{self.name}@{self.version}"


def font_file(subset: str, weight: int) -> str:
    return f"fira-sans-{subset}-{weight}-normal.woff2"


FONT_FILES = [font_file(subset, weight) for subset in SUBSETS for weight in WEIGHTS]

KERN = Package(
    name="@kern-ux/native",
    version="2.7.2",
    licence="EUPL-1.2",
    folder="kern",
    files={"dist/kern.min.css": "kern.min.css", "LICENSE.md": "LICENSE.md"},
)
FIRA_SANS = Package(
    name="@fontsource/fira-sans",
    version="5.3.0",
    licence="OFL-1.1",
    folder="fira-sans",
    files={"LICENSE": "LICENSE"} | {f"files/{name}": name for name in FONT_FILES},
)
FIRA_SANS_TTF = Package(
    name="@expo-google-fonts/fira-sans",
    version="0.4.1",
    licence="MIT AND OFL-1.1",  # the wrapping under MIT, of which we take nothing; the fonts under OFL
    folder="fira-sans",
    files={
        "LICENSE_FONT": "LICENSE",
        "400Regular/FiraSans_400Regular.ttf": "FiraSans-Regular.ttf",
        "600SemiBold/FiraSans_600SemiBold.ttf": "FiraSans-SemiBold.ttf",
    },
)
EVENT_CALENDAR = Package(
    name="@event-calendar/build",
    version="5.10.1",
    licence="MIT",
    folder="event-calendar",
    files={
        "dist/event-calendar.min.js": "event-calendar.min.js",
        "dist/event-calendar.min.css": "event-calendar.min.css",
    },
)
AXE = Package(
    name="axe-core",
    version="4.14.1",
    licence="MPL-2.0",
    folder="axe-core",
    files={
        "axe.min.js": "axe.min.js",
        "LICENSE": "LICENSE",
        "LICENSE-3RD-PARTY.txt": "LICENSE-3RD-PARTY.txt",
    },
)


def main() -> None:
    own = {
        FIRA_SANS.folder: {"fira-sans.css": font_faces()},
        EVENT_CALENDAR.folder: {"LICENSE": licence_of(EVENT_CALENDAR)},
    }
    refresh([KERN, FIRA_SANS, EVENT_CALENDAR], into=SERVED, written_here=own)
    refresh([FIRA_SANS_TTF], into=FOR_PAPER, written_here={})
    refresh([AXE], into=FOR_TESTS, written_here={})


def refresh(packages: list[Package], *, into: Path, written_here: Mapping[str, Mapping[str, bytes]]) -> None:
    """Replace the packages' folders and the manifest; ``written_here`` are files of our own, by folder."""
    manifest = {}
    for package in packages:
        files = fetch(package) | dict(written_here.get(package.folder, {}))
        replace_folder(into / package.folder, files)
        manifest[package.folder] = entry(package, files)
        print(f"{package.spec:32} {package.licence:9} {sum(map(len, files.values())) // 1024:5} KB")
    (into / "VENDOR.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")


def fetch(package: Package) -> dict[str, bytes]:
    """The files we take from the package, under our names, read from a verified archive."""
    with (
        tempfile.TemporaryDirectory() as folder,
        tarfile.open(verified_archive(package, folder=Path(folder))) as archive,
    ):
        check_licence(archive, package)
        return {ours: read(archive, theirs) for theirs, ours in package.files.items()}


def verified_archive(package: Package, *, folder: Path) -> Path:
    """The package's archive, as downloaded by npm; raises RefusedPackage if its checksum differs."""
    command = ["npm", "pack", package.spec, "--json", "--ignore-scripts", "--pack-destination", str(folder)]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    # Some versions of npm answer with a list, others with an object by name.
    [told] = answer if isinstance(answer, list) else answer.values()
    [archive] = folder.glob("*.tgz")
    algorithm, wanted = told["integrity"].split("-", 1)
    found = hashlib.new(algorithm, archive.read_bytes()).digest()
    if base64.b64encode(found).decode() != wanted:
        raise RefusedPackage(f"{package.spec}: the checksum of the archive differs from the registry's")
    return archive


def check_licence(archive: tarfile.TarFile, package: Package) -> None:
    found = json.loads(read(archive, "package.json")).get("license")
    if found != package.licence:
        raise RefusedPackage(f"{package.spec}: its licence is {found}, no longer {package.licence}")


def read(archive: tarfile.TarFile, path: str) -> bytes:
    """One file of the package; without its pointer to a source map, which we do not serve."""
    member = archive.extractfile(f"package/{path}")
    if member is None:
        raise RefusedPackage(f"{path} is not a file of the package")
    data = member.read()
    return SOURCE_MAP.sub(b"", data) if path.endswith((".css", ".js")) else data


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def entry(package: Package, files: Mapping[str, bytes]) -> dict[str, object]:
    """What the manifest says about one package."""
    return {
        "package": package.name,
        "version": package.version,
        "license": package.licence,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }


def licence_of(package: Package) -> bytes:
    """The text of a licence that the package names and does not bring."""
    return (ROOT / "tools" / "licences" / f"{package.folder}.txt").read_bytes()


def font_faces() -> bytes:
    """The style sheet that names the font files; a browser loads only the subsets a page needs."""
    return "".join(font_face(subset, weight) for weight in WEIGHTS for subset in SUBSETS).encode()


def font_face(subset: str, weight: int) -> str:
    return (
        '@font-face{font-family:"Fira Sans";font-style:normal;'
        f"font-weight:{weight};font-display:swap;"
        f'src:url({font_file(subset, weight)}) format("woff2");'
        f"unicode-range:{SUBSETS[subset]}}}\n"
    )


if __name__ == "__main__":
    main()
