"""Who may frame the list of a house: named one by one, never by a pattern, never without encryption."""

import pytest

from booking.houses.embedding import ancestor_faults, ancestors

GOOD = ["https://www.leipzig.de", "https://intranet.stadt-leipzig.example:8443"]
BAD = [
    "http://www.leipzig.de",
    "https://*.leipzig.de",
    "*",
    "https:",
    "'self'",
    "https://www.leipzig.de/",
    "https://www.leipzig.de/seite",
    "https://WWW.leipzig.de",
    "https://leipzig",
    "https://www.leipzig.de; script-src *",
    "https://www.leipzig.de https://evil.example",
    "https://www.leipzig.de\r\nX: y",
    "https://www.leipzig.de\n",
    "https://user@www.leipzig.de",
    "https://-leipzig.de",
    "javascript:alert(1)",
    "",
    None,
    7,
]


def faults(listed):
    return list(ancestor_faults({"embed": {"ancestors": listed}}))


def test_origins_that_browsers_would_write_so_are_taken():
    assert faults(GOOD) == []
    assert ancestors({"embed": {"ancestors": GOOD}}) == tuple(GOOD)


@pytest.mark.parametrize("origin", BAD)
def test_anything_else_is_told(origin):
    (fault,) = faults([*GOOD, origin])

    assert repr(origin) in fault


def test_without_a_section_nobody_may():
    assert list(ancestor_faults({})) == []
    assert ancestors({}) == ()


def test_a_section_of_another_shape_is_told():
    assert faults("https://www.leipzig.de") != []
    assert faults([GOOD[0]] * 21) != []
    assert list(ancestor_faults({"embed": {"ancestor": []}})) == ["embed.ancestor is not known"]
