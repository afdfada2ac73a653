"""Houses as data: what a file must say, and all its faults at once."""

import tomllib
from copy import deepcopy
from typing import Any

import pytest

from booking.houses.facts import LANGUAGES, LOCALES, UnfitHouse, parse
from booking.houses.fitness import NEEDED_TEXTS
from config import ROOT

FILES = sorted((ROOT / "houses").glob("*.toml"))
TEXTS = {name: f"Text {name}" for name in NEEDED_TEXTS}
DATA: dict[str, Any] = {
    "key": "lab",
    "zone": "Europe/Berlin",
    "country": "DE",
    "address": {"street": "Gasse 3", "postal_code": "04109", "city": "Leipzig"},
    "contact": {"phone": "+49 341 1", "email": "lab@example.org", "mailbox": "termine@example.org"},
    "texts": {"de": TEXTS | {"name": "Labor"}, "en": TEXTS | {"name": "Lab"}},
}


def without(*path):
    """Return the file without one of its entries."""
    data = deepcopy(DATA)
    inner = data
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return data


def faults_of(data):
    with pytest.raises(UnfitHouse) as refusal:
        parse(data)
    return str(refusal.value).splitlines()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_house_that_we_ship_is_fit_and_named_after_its_file(path):
    house = parse(tomllib.loads(path.read_text(encoding="utf-8")))

    assert house.key == path.stem
    assert all(house.texts[language].keys() >= set(NEEDED_TEXTS) for language in LANGUAGES)
    assert house.is_demo
    assert all(hostname == hostname.lower() for hostname in house.hostnames)


def test_two_houses_share_neither_key_nor_host_name():
    houses = [parse(tomllib.loads(path.read_text(encoding="utf-8"))) for path in FILES]
    names = [name for house in houses for name in (house.key, *house.hostnames)]

    assert len(houses) >= 2
    assert len(names) == len(set(names))


def test_a_file_of_the_least_length_is_a_house():
    house = parse(DATA, house_id=7)

    assert (house.id, house.key, house.hostnames, house.subdivision) == (7, "lab", (), "")
    assert house.postal_line() == "Gasse 3, 04109 Leipzig"
    assert house.latitude is None
    assert not house.is_demo


@pytest.mark.parametrize(
    "path",
    [
        *[(name,) for name in ("key", "zone", "country")],
        *[("address", name) for name in ("street", "postal_code", "city")],
        *[("contact", name) for name in ("phone", "email", "mailbox")],
        *[("texts", language, name) for language in LOCALES for name in NEEDED_TEXTS],
    ],
    ids=".".join,
)
def test_what_is_missing_is_named(path):
    assert faults_of(without(*path)) == [f"{'.'.join(path)} is missing"]


def test_an_empty_file_is_told_everything_that_it_lacks():
    faults = faults_of({})

    assert len(faults) == len(set(faults)) >= 6 + 6 + len(LOCALES) * len(NEEDED_TEXTS)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"zone": "Europe/Leipzig"}, "zone 'Europe/Leipzig' is not in the time zone database"),
        ({"zone": "../etc/passwd"}, "zone '../etc/passwd' is not in the time zone database"),
        ({"contact": DATA["contact"] | {"email": "lab"}}, "contact.email 'lab' is not an address"),
        (
            {"contact": DATA["contact"] | {"mailbox": "a@b\nBcc: c@d"}},
            "contact.mailbox 'a@b\\nBcc: c@d' is not an address",
        ),
        ({"branding": {"accent": "red"}}, "branding.accent is not a colour"),
        ({"branding": {"accent_dark": "#12345g"}}, "branding.accent_dark is not a colour"),
    ],
)
def test_what_is_unfit_is_named(changes, fault):
    assert faults_of({**DATA, **changes}) == [fault]


def test_texts_fall_back_to_german():
    data = deepcopy(DATA)
    data["texts"]["de"]["motto"] = "Komm herein"
    house = parse(data)

    assert [house.text("name", language) for language in ("de", "ls", "en")] == ["Labor", "Labor", "Lab"]
    assert [house.text("motto", language) for language in LANGUAGES] == ["Komm herein"] * 3


def test_easy_language_has_texts_of_its_own():
    data = deepcopy(DATA)
    data["texts"]["ls"] = {"name": "Das Labor"}
    house = parse(data)

    assert house.text("name", "ls") == "Das Labor"
    assert house.text("way", "ls") == house.text("way", "de")
    assert house.text("unheard of", "en") == ""
