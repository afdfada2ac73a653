"""What comes from others is locked, explained and unchanged; the schema has one head."""

import json

import pytest

from tests.house import supply_checks as checks
from tests.house.tree import ROOT, name

LOCKS = [("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")]
VENDOR_FOLDERS = sorted(path.parent for path in ROOT.glob("*/**/VENDOR.json") if ".venv" not in path.parts)

HASH = "--hash=sha256:" + "0" * 64


def _read(file):
    return (ROOT / file).read_text()


@pytest.mark.parametrize(("wishes", "lock"), LOCKS)
def test_a_lock_is_in_step_with_what_is_wanted(wishes, lock):
    assert list(checks.lock_faults(_read(wishes), _read(lock))) == []


def test_we_test_with_the_versions_that_we_run():
    assert list(checks.disagreements(_read("requirements.txt"), _read("requirements-dev.txt"))) == []


@pytest.mark.parametrize("wishes", [wishes for wishes, _ in LOCKS])
def test_every_dependency_has_a_reason(wishes):
    assert list(checks.undocumented(_read(wishes), _read("docs/dependencies.md"))) == []


@pytest.mark.parametrize("folder", VENDOR_FOLDERS, ids=name)
def test_vendored_files_are_those_that_were_reviewed(folder):
    assert list(checks.vendor_faults(folder)) == []


def test_the_vendored_files_of_the_pages_are_checked():
    assert ROOT / "booking/static/vendor" in VENDOR_FOLDERS


def test_the_schema_has_one_head_and_it_is_written_down():
    if not (ROOT / "migrations/env.py").exists():
        pytest.skip("there are no migrations yet")
    from alembic.script import ScriptDirectory

    heads = ScriptDirectory(str(ROOT / "migrations")).get_heads()

    assert heads == [_read("migrations/HEAD").strip()]


@pytest.mark.parametrize(
    ("wishes", "lock"),
    [
        ("flask\n", f"werkzeug==3.1 \\\n    {HASH}\n"),
        ("flask==3.1\n", f"flask==3.0 \\\n    {HASH}\n"),
        ("flask\n", "flask==3.1\n"),
        ("flask\n", f"--index-url https://example.org/simple\nflask==3.1 \\\n    {HASH}\n"),
    ],
    ids=["missing", "another version", "no hash", "an address"],
)
def test_a_lock_out_of_step_is_found(wishes, lock):
    assert list(checks.lock_faults(wishes, lock))


def test_a_lock_in_step_is_left_in_peace():
    wishes = "# why\n-r other.txt\npsycopg[binary]\nFlask_WTF==1.3.0  # forms\n"
    psycopg = f"psycopg[binary]==3.3 ; os_name == 'x' \\\n    {HASH} \\\n    {HASH}\n"
    lock = f"flask-wtf==1.3.0 \\\n    {HASH}\n" + psycopg

    assert list(checks.lock_faults(wishes, lock)) == []
    assert checks.pinned(lock)["psycopg"] == checks.Pin("3.3", 2)


def test_two_locks_that_disagree_are_found():
    lock = f"flask==3.1 \\\n    {HASH}\n"

    assert list(checks.disagreements(lock, lock)) == []
    assert list(checks.disagreements(lock, lock.replace("3.1", "3.2")))


def test_a_dependency_without_a_reason_is_found():
    assert list(checks.undocumented("flask\n", "| flask | | BSD | all |"))
    assert list(checks.undocumented("flask\n", "flask is nice"))
    assert not list(checks.undocumented("flask\n", "| `Flask` | pages | BSD | all |"))


def test_a_changed_missing_or_undeclared_vendored_file_is_found(tmp_path):
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit/changed.css").write_text("b {}")
    (tmp_path / "kit/stowaway.js").write_text("")
    files = {"changed.css": "0" * 64, "missing.css": "0" * 64}
    (tmp_path / "VENDOR.json").write_text(json.dumps({"kit": {"package": "kit@1", "files": files}}))

    assert list(checks.vendor_faults(tmp_path)) == [
        "kit does not say its package and licence",
        "kit/changed.css was changed",
        "kit/missing.css is missing",
        "kit/stowaway.js is not declared",
    ]
