"""Pages of a date: planning, publishing, copying, cancelling."""

from datetime import time

import pytest

from booking.schedule.models import Occurrence
from tests.builders import a_booking, a_host, a_room, an_occurrence, an_offering
from tests.dates import TUESDAY, an_offering_in, published, taught
from tests.deeds.reading import mails, rows_of
from tests.web.staff.date_forms import LIST, buttons, filled, here, sent

TYPED = {"day": "2027-01-12", "at": "14:00"}


def test_a_date_is_planned_as_a_draft_and_published(staff, clock):
    room = a_room(people_limit=20)
    offering_id = an_offering_in(room)
    mira = taught(a_host(), offering_id)
    visitor = staff("coordinator")
    form = visitor.get(f"{LIST}/neu?offering={offering_id}")

    page = sent(visitor, form, do="draft", **TYPED)
    assert page.status == 200
    (row,) = rows_of(Occurrence.id, Occurrence.state, Occurrence.seats, Occurrence.place_id)
    assert row[1:] == ("draft", 15, room)
    assert "1 " in page.text

    refused = sent(visitor, visitor.get(f"{LIST}/{row[0]}/veroeffentlichen"))
    assert refused.status == 409
    changed = sent(visitor, visitor.get(f"{LIST}/{row[0]}/aendern"), hosts=[str(mira)])
    assert changed.status == 200
    page = visitor.get(f"{LIST}/{row[0]}/veroeffentlichen")
    assert sent(visitor, page).status == 200
    assert rows_of(Occurrence.state) == [("published",)]


def test_publishing_at_once_names_what_is_missing_and_keeps_what_was_typed(staff, clock):
    offering_id = an_offering_in(a_room())
    visitor = staff("coordinator")

    page = sent(visitor, visitor.get(f"{LIST}/neu?offering={offering_id}"), do="publish", seats="9", **TYPED)

    assert page.status == 422
    assert filled(page)["seats"] == "9"
    assert filled(page)["day"] == "2027-01-12"
    assert rows_of(Occurrence.id) == []


def test_a_form_sent_twice_makes_one_date(staff, clock):
    offering_id = an_offering_in(a_room())
    visitor = staff("coordinator")
    form = visitor.get(f"{LIST}/neu?offering={offering_id}")

    sent(visitor, form, do="draft", **TYPED)
    sent(visitor, form, do="draft", **TYPED)

    assert len(rows_of(Occurrence.id)) == 1


def test_a_taken_room_names_its_blocker_and_offers_ways_that_fill_the_form(staff, clock):
    room, other = a_room(), a_room(names={"de": "Werkstatt", "en": "Workshop"})
    offering_id = an_offering_in(room)
    mira, noor = (taught(a_host(first_name=name), offering_id) for name in ("Mira", "Noor"))
    published(clock, offering_id=offering_id, place_id=room, host_ids=(mira,))
    visitor = staff("coordinator")
    form = visitor.get(f"{LIST}/neu?offering={offering_id}")

    page = sent(visitor, form, do="publish", at="14:30", day="2027-01-12", hosts=[str(mira)])

    assert page.status == 409
    assert "Rundgang" in page.text
    ways = buttons(page)
    assert f"room:{other}" in ways
    assert f"host:{mira}>{noor}" in ways
    assert "day:2027-01-13" in ways
    moved = visitor.post(here(page), filled(page, take="day:2027-01-13"))
    assert (moved.status, filled(moved)["day"], filled(moved)["at"]) == (200, "2027-01-13", "14:30")
    assert len(rows_of(Occurrence.id)) == 1
    assert sent(visitor, moved, do="publish").status == 200
    assert len(rows_of(Occurrence.id)) == 2


def test_a_warning_is_shown_once_and_can_be_overruled(staff, clock):
    room = a_room()
    offering_id = an_offering_in(room)
    mira = a_host()  # not entered for this offering
    visitor = staff("coordinator")
    form = visitor.get(f"{LIST}/neu?offering={offering_id}")

    page = sent(visitor, form, do="publish", hosts=[str(mira)], **TYPED)
    assert page.status == 409
    assert rows_of(Occurrence.id) == []

    assert sent(visitor, page, do="publish").status == 200
    assert rows_of(Occurrence.state) == [("published",)]


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"day": ""}, 422),
        ({"day": "morgen"}, 422),
        ({"at": "25:00"}, 422),
        ({"at": "24:00"}, 422),
        ({"minutes": "0"}, 422),
        ({"seats": "-3"}, 422),
        ({"seats": "zwölf"}, 422),
        ({"place": "999999"}, 422),
        ({"place": "x"}, 422),
        ({"hosts": ["999999"]}, 422),
        ({"hosts": ["x"]}, 422),
        ({"spoken": "fr"}, 422),
        ({"medium": "pigeon"}, 422),
        ({"day": "2027-01-10"}, 422),
        ({"csrf_token": "x"}, 400),
    ],
)
def test_what_makes_no_sense_is_told_and_makes_nothing(staff, clock, typed, status):
    offering_id = an_offering_in(a_room())
    visitor = staff("coordinator")

    page = sent(visitor, visitor.get(f"{LIST}/neu?offering={offering_id}"), do="draft", **(TYPED | typed))

    assert page.status == status
    assert rows_of(Occurrence.id) == []


def test_a_copy_begins_like_the_date_and_asks_for_the_day(staff, clock):
    offering_id = an_offering()
    copied = published(clock, offering_id=offering_id, seats=7, at=time(16, 30), day=TUESDAY)

    page = staff("coordinator").get(f"{LIST}/neu?offering={offering_id}&copy={copied}")

    found = filled(page)
    assert (found["day"], found["at"], found["seats"]) == ("", "16:30", "7")


def test_a_date_is_cancelled_with_a_reason_and_mails_leave_unless_not_wanted(staff, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    visitor = staff("coordinator")
    form = visitor.get(f"{LIST}/{occurrence_id}/absagen")
    assert filled(form)["tell"] == "send"

    assert sent(visitor, form, reason_de="").status == 422
    assert rows_of(Occurrence.state) == [("published",)]
    page = sent(visitor, form, reason_de="Wasserrohrbruch", tell="not")

    assert page.status == 200
    assert rows_of(Occurrence.state, Occurrence.cancel_reason) == [("cancelled", {"de": "Wasserrohrbruch"})]
    assert [mail[0] for mail in mails()] == ["confirmation"]
    assert visitor.get(f"{LIST}/{occurrence_id}/absagen").status == 410
    assert visitor.get(f"{LIST}/{occurrence_id}/aendern").status == 410
    assert visitor.get(f"{LIST}/{occurrence_id}").status == 200
