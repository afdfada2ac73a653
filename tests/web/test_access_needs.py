"""What somebody needs to take part, on the form: told at once whether there is time, and kept with consent alone."""

import pytest

from booking.bookings.models import Booking
from booking.web.public.secrets import secret_of
from tests.builders import a_room, an_occurrence, an_offering, house_id
from tests.deeds.reading import rows_of
from tests.holds import a_slot_hold
from tests.hours import a_consultation, an_expert, at
from tests.needs import states
from tests.web.ways import (
    book,
    booked,
    details_of,
    error_at,
    hold,
    path,
    said,
    summary,
)

FAR = at("2027-02-02 10:00")
WORDS = "Ich lese von den Lippen ab."
AGREED = {"needs_consent": "y"}


@pytest.fixture
def far(app, clock) -> int:
    """A date that is far enough ahead for everything."""
    return an_occurrence(clock, starts_at=FAR)


def hint(page, kind):
    """Return what is said of a need, which is tied to its box if it has one."""
    said_of = next(one for one in page.tree.iter() if one.get("id") == f"need_{kind}-hint")
    box = [one for one in page.all("input") if one.get("name") == f"need_{kind}"]
    assert all(f"need_{kind}-hint" in one.get("aria-describedby") for one in box)
    return " ".join("".join(said_of.itertext()).split()), bool(box)


def needing(visitor, occurrence_id, *kinds, language="de", **typed):
    ticked = {f"need_{kind}": "y" for kind in kinds} | AGREED | typed
    return book(visitor, occurrence_id, language, **{k: v for k, v in ticked.items() if v is not None})


def test_the_form_says_at_once_until_when_each_need_can_be_told(visitor, far):
    page = hold(visitor, far)

    days = {"dgs": "Dienstag, 19. Januar 2027", "quiet": "Dienstag, 26. Januar 2027"}
    for kind, until in days.items():
        assert hint(page, kind) == (said("Possible, if you tell us by %(day)s.", "de", day=until), True)
    assert hint(page, "wheelchair")[1]
    assert hint(page, "companion")[1]


def test_what_is_too_late_has_no_box_and_names_the_first_day_that_is_not(visitor, clock, app):
    page = hold(visitor, an_occurrence(clock))

    text, has_box = hint(page, "dgs")
    day = "Samstag, 23. Januar 2027"
    assert text == said(
        "Too late for this date: possible for dates from %(day)s on. Or call us.", "de", day=day
    )
    assert not has_box
    assert "need_dgs" not in page.fields()


def test_what_became_too_late_while_typing_is_refused_at_its_field_and_all_else_is_kept(visitor, clock, app):
    occurrence_id = an_occurrence(clock, starts_at=at("2027-01-25 10:00"))  # told until the end of today
    action, fields = details_of(hold(visitor, occurrence_id))
    clock.forward(hours=14)
    before = booked(app)

    typed = {"name": "Amina Kaya", "email": "amina@example.org", "needs_words": WORDS, "need_dgs": "y"}
    page = visitor.post(action, fields | typed | AGREED)

    assert page.status == 422
    assert "Dienstag, 26. Januar 2027" in error_at(page, "need_dgs")
    assert "#need_dgs" in summary(page)[1]
    assert typed.items() <= page.fields().items()
    assert page.fields()["needs_consent"] == "y"
    assert booked(app) == before


def test_nothing_ticked_stores_nothing_and_asks_for_no_consent(visitor, far):
    assert book(visitor, far).status == 200

    assert states() == []


def test_a_need_without_consent_is_not_stored(visitor, far, app):
    page = needing(visitor, far, "quiet", needs_consent=None)

    assert page.status == 422
    message = "Please agree that we store what you need; without it we cannot arrange anything."
    assert error_at(page, "needs_consent") == said(message, "de")
    assert states() == []
    assert rows_of(Booking.id) == []


def test_words_about_nothing_are_not_dropped_silently(visitor, far):
    page = book(visitor, far, needs_words=WORDS)

    assert page.status == 422
    assert error_at(page, "needs_words") == said("Tick above what you need, or leave this field empty.", "de")
    assert page.fields()["needs_words"] == WORDS


@pytest.mark.parametrize(
    "typed", [{"needs_words": "x" * 301}, {"need_dgs": ["y", "y"]}, {"needs_consent": ["y", "y"]}]
)
def test_too_much_is_refused(visitor, far, typed):
    page = needing(visitor, far, "quiet", **typed)

    assert page.status == 422
    assert states() == []


def test_faults_are_told_in_the_order_of_the_page(visitor, far):
    page = needing(visitor, far, "quiet", needs_consent=None, name="", needs_words="x" * 301)

    assert summary(page)[1] == ["#name", "#needs_words", "#needs_consent"]


@pytest.mark.parametrize(
    ("medium", "asked"),
    [
        ("on_site", {"wheelchair", "dgs", "induction_loop", "quiet", "companion"}),
        ("video", {"dgs"}),
        ("phone", set()),
    ],
)
def test_people_are_asked_for_what_they_can_need_in_the_way_they_meet(app, visitor, clock, medium, asked):
    consultation = a_consultation(media=("on_site", "video", "phone"))
    an_expert(consultation, "tue 09:00-12:00")
    held = a_slot_hold(consultation, FAR, clock, slot={"medium": medium})

    page = visitor.get(path(app, "hold", secret=secret_of(held.link_id, purpose="hold")))

    names = {one.get("name") for one in page.all("input")}
    assert {name.removeprefix("need_") for name in names if name and name.startswith("need_")} == asked
    assert ("needs_consent" in names) == bool(asked)


def test_steps_are_told_with_step_free_dates_instead(visitor, clock, app):
    steep = an_occurrence(clock, starts_at=FAR, place_id=a_room(is_step_free=False))
    level = an_occurrence(clock, starts_at=FAR, place_id=a_room(is_step_free=True))
    full = an_occurrence(clock, starts_at=FAR, seats=1)
    walk = an_occurrence(clock, starts_at=FAR, offering_id=an_offering(is_step_free=False))

    action, fields = details_of(page := hold(visitor, steep))

    assert hint(page, "wheelchair") == (
        said("This date is not step-free. Call us: perhaps we find a way.", "de"),
        False,
    )
    assert path(app, "occurrence", occurrence_id=level) in page.links()
    for other in (steep, full, walk):
        assert path(app, "occurrence", occurrence_id=other) not in [
            link for link in page.links() if "/termine/" in link and "/buchen" not in link
        ]
    typed = {"name": "Amina Kaya", "email": "amina@example.org", "need_wheelchair": "y"} | AGREED
    refused = visitor.post(action, fields | typed)
    assert refused.status == 422
    assert error_at(refused, "need_wheelchair")
    assert path(app, "occurrence", occurrence_id=level) in refused.links()


def test_a_companion_is_counted_with_the_party(visitor, far, app):
    page = needing(visitor, far, "companion", adults="1", children="0")

    assert page.status == 422
    assert error_at(page, "need_companion")
    assert path(app, "book", occurrence_id=far) in page.links(), "there the number is changed"


def test_a_house_sees_no_needs_of_the_other_and_asks_for_its_own(app, visitor, clock):
    library = house_id("library")
    there = an_occurrence(clock, house_id=library, offering_id=an_offering(house_id=library), starts_at=FAR)
    visitor.host = "bibliothek.localhost"

    page = hold(visitor, there)

    names = {one.get("name") for one in page.all("input")}
    assert "need_quiet" in names
    assert "need_induction_loop" not in names
    assert "Dienstag, 12. Januar 2027" in hint(page, "dgs")[0], "fifteen working days"
