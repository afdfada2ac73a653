"""Access needs that staff arrange: the list with deadlines, arranged, called off, not possible; the booker is told."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update

from booking.bookings import access_staff, changing
from booking.bookings.access_models import AccessNeed
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.errors import NotFound, Stale
from booking.messages.models import OutgoingMail
from tests.builders import TEXTS, an_occurrence, an_offering, house_id
from tests.deeds.reading import events, mails, rows_of
from tests.needs import booked_with, states
from tests.staff import a_programme, a_staff
from tests.web.ways import statements

LIST = "/en/staff/access-needs"


@pytest.fixture
def far(app, clock):
    """A date in three weeks, early enough for everything."""
    return an_occurrence(clock, starts_at=clock() + timedelta(days=21))


@pytest.fixture
def coordinator(staff):
    return staff("coordinator")


def only_need():
    ((need_id,),) = rows_of(AccessNeed.id)
    return need_id


def cancelled_after_the_house_was_told(booked, clock):
    """Cancel a booking whose task the house has heard of: what was begun has to be called off."""
    told = update(OutgoingMail).where(OutgoingMail.kind == "task").values(state="sent")
    unit_of_work(lambda: execute(told))
    unit_of_work(lambda: changing.cancel(booked.booking_id, now=clock()))


def test_the_list_says_what_is_needed_for_which_visit_by_when(coordinator, clock, far):
    booked_with(far, clock, "quiet", words="Please a seat near the door.")

    page = coordinator.get(LIST)

    assert "A quiet time or place" in page.text
    assert "Guided tour" in page.text
    assert "by " in page.text
    assert "1 is to be arranged or called off." in page.text
    assert "Please a seat near the door." in coordinator.get(f"{LIST}/{only_need()}").text


def test_who_arranges_it_sees_the_mail_and_the_booker_is_told_once(coordinator, clock, far):
    booked_with(far, clock, "quiet")
    href = f"{LIST}/{only_need()}"

    page = coordinator.get(href)
    assert "This sends mail to 1 person." in page.text
    coordinator.post(href, page.fields(-1) | {"tell": "send"})
    again = coordinator.client.post(href, data=page.fields(-1) | {"tell": "send"})

    assert states() == [("quiet", "arranged")]
    assert [kind for kind, *_rest in mails()].count("arranged") == 1
    assert again.status_code == 410
    assert events()[-1] == "access.arranged"


def test_the_mail_can_be_left_out(coordinator, clock, far):
    booked_with(far, clock, "quiet")
    href = f"{LIST}/{only_need()}"

    coordinator.post(href, coordinator.get(href).fields(-1) | {"tell": "not"})

    assert states() == [("quiet", "arranged")]
    assert "arranged" not in [kind for kind, *_rest in mails()]


def test_what_nobody_needs_any_more_is_called_off_without_a_mail(coordinator, clock, far):
    booked = booked_with(far, clock, "quiet")
    cancelled_after_the_house_was_told(booked, clock)
    href, before = f"{LIST}/{only_need()}", len(mails())

    page = coordinator.get(href)
    coordinator.post(href, page.fields(-1))

    assert "Nobody needs it any more" in page.text
    assert states() == []
    assert len(mails()) == before


def test_who_pressed_arranged_while_the_booking_was_cancelled_is_told_so(coordinator, clock, far):
    booked = booked_with(far, clock, "quiet")
    href = f"{LIST}/{only_need()}"
    page = coordinator.get(href)
    cancelled_after_the_house_was_told(booked, clock)

    answer = coordinator.post(href, page.fields(-1) | {"tell": "send"})

    assert answer.status == 409
    assert "Somebody else has changed this meanwhile." in answer.text
    assert "Nobody needs it any more" in answer.text
    assert states() == [("quiet", "cancelled")]
    assert coordinator.post(href, answer.fields(-1)).status == 200
    assert states() == []


def test_what_is_not_possible_is_told_with_words_after_the_mail_was_shown(coordinator, clock, far):
    booked = booked_with(far, clock, "quiet")
    href = f"{LIST}/{only_need()}/decline"

    form = coordinator.get(href).fields(-1) | {"words": "Not on that day, but on the next."}
    looked = coordinator.post(href, form)
    assert states() == [("quiet", "open")]
    assert "Not on that day, but on the next." in looked.text
    coordinator.post(href, looked.fields(-1) | {"tell": "send"})

    assert states() == []
    ((facts,),) = rows_of(OutgoingMail.facts, where=OutgoingMail.kind == "not_arranged")
    assert facts["reason"] == "Not on that day, but on the next."
    assert facts["booking_id"] == booked.booking_id
    assert "quiet" not in str(facts)
    assert events()[-1] == "access.declined"


def test_words_are_needed_to_say_no(coordinator, clock, far):
    booked_with(far, clock, "quiet")
    href = f"{LIST}/{only_need()}/decline"

    answer = coordinator.post(href, coordinator.get(href).fields(-1) | {"words": " "})

    assert answer.status == 422
    assert "Write what to tell the person." in answer.text
    assert states() == [("quiet", "open")]


def test_somebody_of_another_programme_neither_sees_nor_changes_it(staff, clock):
    school, tours = a_programme(), a_programme()
    offering_id = an_offering(texts=TEXTS)
    put_in(offering_id, school)
    booked_with(
        an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=21)), clock, "quiet"
    )
    mine, theirs = staff("coordinator", programmes=[school]), staff("coordinator", programmes=[tours])
    href = f"{LIST}/{only_need()}"

    assert "A quiet time or place" in mine.get(LIST).text
    assert "Nothing is to be arranged." in theirs.get(LIST).text
    assert [theirs.client.get(one).status_code for one in (href, f"{href}/decline")] == [404, 404]
    assert theirs.client.post(href, data=mine.get(href).fields(-1)).status_code in (400, 404)
    other = a_staff("coordinator", programmes=[tours])
    with pytest.raises(NotFound):
        unit_of_work(lambda: access_staff.finish(only_need(), other, seen_state="open", now=clock()))
    assert states() == [("quiet", "open")]


def put_in(offering_id, programme_id):
    """Let an offering belong to a programme."""
    unit_of_work(
        lambda: execute(update(Offering).where(Offering.id == offering_id).values(programme_id=programme_id))
    )


def test_the_deeds_refuse_another_house_and_what_stands_otherwise(app, clock, far):
    booked_with(far, clock, "quiet")
    stranger, own, need_id = (
        a_staff("coordinator", house_id=house_id("library")),
        a_staff("coordinator"),
        only_need(),
    )

    for deed in (
        lambda who, seen: access_staff.finish(need_id, who, seen_state=seen, now=clock()),
        lambda who, seen: access_staff.decline(need_id, "No.", who, seen_state=seen, now=clock()),
    ):
        with pytest.raises(NotFound):
            unit_of_work(partial(deed, stranger, "open"))
        with pytest.raises(Stale):
            unit_of_work(partial(deed, own, "cancelled"))
    unit_of_work(lambda: access_staff.finish(need_id, own, seen_state="open", now=clock()))
    with pytest.raises(Stale):
        unit_of_work(lambda: access_staff.decline(need_id, "No.", own, seen_state="open", now=clock()))
    assert states() == [("quiet", "arranged")]


@pytest.mark.parametrize("role", ["guide", "expert", "desk", "admin", "auditor"])
def test_nobody_but_the_coordination_sees_what_is_needed(staff, clock, far, role):
    booked_with(far, clock, "quiet")
    href = f"{LIST}/{only_need()}"
    visitor = staff(role)

    assert [visitor.client.get(one).status_code for one in (LIST, href, f"{href}/decline")] == [404] * 3


def test_the_list_asks_as_often_for_twelve_as_for_two(coordinator, clock, far):
    def asked():
        coordinator.get(LIST)
        with statements() as seen:
            coordinator.get(LIST)
        return len([one for one in seen if one.startswith("SELECT")])

    for number in range(2):
        booked_with(far, clock, "quiet", email=f"a{number}@example.org")
    few = asked()
    for number in range(2, 7):
        booked_with(far, clock, "quiet", email=f"a{number}@example.org")

    assert asked() == few <= 6


def test_an_empty_list_says_so(coordinator):
    assert "Nothing is to be arranged." in coordinator.get(LIST).text
