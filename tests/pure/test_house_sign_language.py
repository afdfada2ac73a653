"""What a file of a house says about sign language: a video of its own, its words as text, and a way without a phone."""

import pytest

from booking.houses.facts import LOCALES
from booking.houses.sign_language import content_type, sign_language, sign_language_faults

TEXTS = {"de": "Willkommen.", "en": "Welcome."}
VIDEO = {"video": "welcome.mp4", "poster": "welcome.jpg", "transcript": TEXTS, "contact": TEXTS}


def faults_of(section):
    return list(sign_language_faults({"sign_language": section}, languages=LOCALES))


def test_a_house_without_a_video_says_nothing():
    assert list(sign_language_faults({}, languages=LOCALES)) == []
    assert (sign_language({}).video, sign_language({}).says("transcript", "de")) == ("", "")


def test_a_whole_section_is_fit_and_falls_back_to_german():
    found = sign_language({"sign_language": VIDEO})

    assert faults_of(VIDEO) == []
    assert [found.says("transcript", language) for language in ("de", "en", "ls")] == [
        "Willkommen.",
        "Welcome.",
        "Willkommen.",
    ]
    assert [content_type(one) for one in (found.video, found.poster)] == ["video/mp4", "image/jpeg"]


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        (VIDEO | {"video": "https://video.example/welcome.mp4"}, "sign_language.video must be"),
        (VIDEO | {"video": "../secrets.mp4"}, "sign_language.video must be"),
        (VIDEO | {"video": "welcome.mov"}, "sign_language.video must be"),
        (VIDEO | {"poster": "welcome.svg"}, "sign_language.poster must be"),
        ({"video": "welcome.mp4"}, "sign_language.transcript must have a text for each language"),
        ({"contact": {"de": "Tess"}}, "sign_language.contact must have a text for each language"),
        ({"contact": TEXTS | {"ls": 3}}, "sign_language.contact must have a text for each language"),
        ({"film": "x"}, "sign_language.film is not known"),
    ],
)
def test_what_is_wrong_is_told(section, fault):
    (told,) = faults_of(section)

    assert told.startswith(fault)
