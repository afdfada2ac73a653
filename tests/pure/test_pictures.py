"""Pictures in a house's file: only plain names of known sorts, with a size and a text for each language."""

import pytest

from booking.houses.pictures import picture_faults, pictures

FIT = {"file": "house.svg", "width": 480, "height": 300, "alt": {"de": "Ein Haus", "en": "A house"}}


def faults(**changes):
    section = {name: value for name, value in (FIT | changes).items() if value is not None}
    return list(picture_faults({"pictures": {"house": section}}, languages=("de", "en")))


def test_a_picture_knows_its_type_and_what_it_shows():
    found = pictures({"pictures": {"house": FIT}})["house"]

    assert (found.content_type, found.shows("en"), found.shows("ls")) == (
        "image/svg+xml",
        "A house",
        "Ein Haus",
    )
    assert faults() == []


@pytest.mark.parametrize(
    "file",
    ["", "../../config.py", "/etc/passwd", "a/b.svg", "house.html", "house", ".svg", "Haus.svg", 7, None],
)
def test_no_file_but_a_plain_picture_can_be_named(file):
    assert len(faults(file=file)) == 1


@pytest.mark.parametrize("size", [0, -1, 20_000, "480", 48.0, True, None])
def test_a_picture_has_a_size_in_pixels(size):
    assert len(faults(width=size)) == 1


def test_other_faults_are_told():
    assert len(faults(alt={"de": "Ein Haus"})) == 1
    assert len(faults(alt="Ein Haus")) == 1
    assert len(faults(credit=7)) == 1
    assert faults(legend="x") == ["pictures.house.legend is not known"]
    assert len(list(picture_faults({"pictures": {"../x": FIT}}, languages=("de",)))) == 1
    assert len(list(picture_faults({"pictures": {"house": "house.svg"}}, languages=("de",)))) == 1
