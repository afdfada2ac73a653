"""Rules of passwords: long enough, not one's own address, not among those that are tried first; any signs will do."""

import pytest

from booking.people import staff_refusals as refusals
from booking.people.rules import LEAST, MOST, check_password, is_common, normalised

MIRA = {"email": "mira.vogt@example.org", "name": "Mira Vogt"}


@pytest.mark.parametrize(
    "password",
    [
        "passwortpasswort",
        "Passwort1234!",
        "P@ssw0rd1234",
        "123456789012",
        "qwertzuiopasdf",
        "1q2w3e4r5t6z",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "Leipzig2026!!",
        "sommer2026sommer",
        "!!willkommen!!",
        "121212121212",
        "987654321098",
    ],
)
def test_what_many_people_take_is_common(password):
    assert is_common(password)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "drei Enten im Teich",
        "kJ8#mQ2vLx9p",
        "hund katze maus",
        "Ein Passwort, das niemand sonst hat",
        "фиолетовый слон",
        "🦆 Ente 🦢 Schwan",
    ],
)
def test_words_of_ones_own_and_any_signs_will_do(password):
    check_password(password, **MIRA)


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("x" * (LEAST - 1), refusals.TooShort),
        ("", refusals.TooShort),
        ("drei Enten " * 30, refusals.TooLong),
        ("MIRA.VOGT@example.org", refusals.TooPersonal),
        ("mira-vogt-2027", refusals.TooPersonal),
        ("Mira   Vogt 1", refusals.TooPersonal),
        ("geheimgeheim", refusals.TooCommon),
    ],
)
def test_what_will_not_do_is_told_by_its_reason(password, refusal):
    with pytest.raises(refusal):
        check_password(password, **MIRA)


def test_the_shortest_and_the_longest_pass():
    check_password("drei Enten 1"[:LEAST], **MIRA)
    check_password(("drei Enten im Teich und " * 20)[:MOST], **MIRA)


def test_the_same_sign_composed_differently_is_the_same_password():
    assert normalised("Mu\u0308hle am Fluss") == normalised("M\u00fchle am Fluss")


def test_a_long_password_is_judged_at_once():
    assert not is_common("zwei kleine Enten " * 11)
    assert is_common("abcdefghijklmnopqrstuvwxyz" * 7)
