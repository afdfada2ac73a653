"""Names that mails greet people by: what a mail program would make a link of is none; invisible signs go."""

import pytest

from booking.messages.plain import has_web_address, one_line


@pytest.mark.parametrize(
    "name",
    [
        "evil.example",
        "EVIL.EXAMPLE",
        "Gewinn auf Evil.Com",
        "WWW.evil",
        "HTTP://evil",
        "evil。example",
        "evil．com",
        "evil｡com",
        "ｅｖｉｌ．ｃｏｍ",
        "evil.\u200ccom",
        "https：／／evil",
        "beispiel.рф",
        "dr.com",
        "Dr.evil.com",
    ],
)
def test_a_name_that_leads_to_a_site_is_told(name):
    assert has_web_address(name)


@pytest.mark.parametrize(
    "name",
    [
        "Amina Kaya",
        "Dr. Amina Kaya",
        "Dr.Kaya",
        "Prof.Dr.Öztürk",
        "St.Martin",
        "J.R.R. Tolkien",
        "A.Kaya",
        "Familie Kaya u. a.",
        "Kl. 7b, Schule am Park",
        "王小明。",
        "Kaya (2 Kinder, 7.12.)",
    ],
)
def test_a_name_with_dots_is_a_name(name):
    assert not has_web_address(name)


def test_signs_that_nobody_sees_or_that_are_none_go_and_joiners_stay():
    hidden = "\u061c\u034f\u3164\U000e0000\U000e0041\U000e007f\ufdd0\uffff\U0010fffe\u200b"

    assert one_line(f"Ami{hidden}na") == "Amina"
    assert one_line("نامه\u200cها") == "نامه\u200cها"
