"""What hides the secrets of links in words of people: a token wherever it stands, and no long name of a page."""

import pytest

from booking.links.tokens import new_id, token
from booking.web.security import hide_tokens

SECRET = token(new_id(), purpose="manage", key="k" * 32)
SLUGS = [
    "eine-fuehrung-durch-das-digitale-haus-der-stadt-leipzig",
    "/de/angebote/wie-wir-mit-kuenstlicher-intelligenz-leben",
    "a" * 40,
    "a" * 45,
]


@pytest.mark.parametrize("text", SLUGS)
def test_a_long_name_of_a_page_stays(text):
    assert hide_tokens(text) == text


@pytest.mark.parametrize(
    "written",
    [
        "{0}",
        "x {0}, y",
        "/de/link/{0}/absagen",
        "?next=%2Fde%2Flink%2F{0}%2Fabsagen",
        "?key=3D={0}",
        "key=3D{0}",
        "/de/buchung/{0}",
        "/DE/BUCHUNG/{0}",
        "/de/buchung//{0}",
        "/de/buchung/{0}xyz",
        "/de/buchung/<{0}>",
    ],
)
def test_a_token_is_hidden_wherever_it_stands(written):
    hidden = hide_tokens(written.format(SECRET))

    assert "…" in hidden
    assert SECRET[2:10] not in hidden
    assert SECRET[-8:] not in hidden


@pytest.mark.parametrize("way", ["/de/buchung/", "/en/booking/", "/de/buchung//", "%2Fde%2Fbuchung%2F"])
@pytest.mark.parametrize("length", [3, 20, 43])
def test_a_token_that_lost_its_end_is_hidden_after_the_path_that_it_belongs_to(way, length):
    told = hide_tokens(f"Auf {way}{SECRET[:length]} ging nichts")

    assert told in (f"Auf {way}… ging nichts", f"Auf {way[:-1]}… ging nichts")
