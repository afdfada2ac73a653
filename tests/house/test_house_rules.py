"""The rules of the house that no linter knows, applied to every file of ours."""

import pytest

from tests.house import source_checks as checks
from tests.house.tree import (
    BOOKING,
    CLOCK,
    COMMITS,
    LONG_FILES,
    LONG_FUNCTIONS,
    READS_CONFIG,
    ROOT,
    faults,
    name,
    python_files,
    text_files,
)

OURS = ("booking", "tests", "tools", "config.py", "wsgi.py")
PRODUCT = ("booking", "config.py", "wsgi.py")


def test_there_is_something_to_check():
    assert len(list(python_files("booking"))) > 10


def test_a_function_fits_one_screen():
    assert faults(python_files(*OURS), checks.long_functions, exempt=LONG_FUNCTIONS) == []


def test_nine_of_ten_functions_are_short():
    lengths = [
        length for path in python_files("booking") for length in checks.function_lengths(path.read_text())
    ]
    short = [length for length in lengths if length.lines < checks.USUAL_FUNCTION]

    assert len(short) >= 0.9 * len(lengths), f"only {len(short)} of {len(lengths)} functions"


def test_a_file_has_one_subject():
    assert faults(python_files(*OURS), checks.long_file, exempt=LONG_FILES) == []


def test_a_module_says_first_what_is_in_it():
    assert faults(python_files(*PRODUCT), checks.missing_docstring) == []


def test_a_module_is_named_after_its_subject():
    nameless = [
        f"{name(path)} {fault}"
        for path in python_files(*OURS)
        for fault in checks.nameless_module(path.relative_to(ROOT).with_suffix("").parts)
    ]
    assert nameless == []


def test_only_the_unit_of_work_commits():
    assert faults(python_files(*PRODUCT), checks.commits, exempt=COMMITS) == []


def test_only_the_clock_knows_what_time_it_is():
    assert faults(python_files(*PRODUCT), checks.clock_calls, exempt=CLOCK) == []


def test_only_the_roof_reads_the_settings():
    def imports_config(source):
        return checks.imports_of(source, "config")

    assert faults(python_files("booking", "wsgi.py"), imports_config, exempt=READS_CONFIG) == []


def test_only_wsgi_imports_the_roof():
    def imports_the_roof(source):
        return checks.imports_of(source, "booking.app")

    assert faults(python_files("booking", "config.py"), imports_the_roof) == []


def test_names_of_classes_and_tables_use_the_words_of_the_glossary():
    assert faults(python_files("booking"), checks.banned_words) == []


def test_no_file_names_a_folder_of_one_machine():
    files = [path for path in text_files("booking", "tests", "templates") if path.suffix not in BINARY]

    assert faults(files, checks.machine_paths) == []


BINARY = {".mo", ".woff2", ".ttf", ".png", ".jpg", ".ico", ".webp", ".pdf", ".pyc"}


@pytest.mark.parametrize("exempt", [LONG_FILES, LONG_FUNCTIONS, COMMITS, CLOCK])
def test_an_exemption_has_a_file_and_a_reason(exempt):
    assert all(reason.strip() and (ROOT / file).exists() for file, reason in exempt.items())


def test_every_folder_of_code_is_a_package():
    bare = {name(path.parent) for path in BOOKING.rglob("*.py") if not (path.parent / "__init__.py").exists()}
    assert bare == set()
