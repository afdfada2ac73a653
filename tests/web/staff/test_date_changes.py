"""Pages that change a date: what it means is shown first, two versions are shown side by side, a series follows."""

from datetime import timedelta

from booking.bookings.models import Booking
from booking.schedule.models import Occurrence
from tests.builders import a_booking, a_host, a_room, an_occurrence, an_offering
from tests.dates import a_change, a_draft, changed, published
from tests.deeds.reading import mails, rows_of
from tests.deeds.series_ways import DAYS, a_series_wanted, made
from tests.web.staff.date_forms import LIST, filled, here, sent


def change_page(visitor, occurrence_id):
    return visitor.get(f"{LIST}/{occurrence_id}/aendern")


def test_before_a_published_date_moves_the_page_says_how_many_mails_leave_and_shows_one(staff, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    visitor = staff("coordinator")

    asked = sent(visitor, change_page(visitor, occurrence_id), at="16:00")

    assert asked.status == 200
    assert "16:00" in asked.text
    assert "Amina Kaya" in asked.text
    assert rows_of(Occurrence.version) == [(1,)]
    assert filled(asked)["tell"] == "send"
    saved = sent(visitor, asked)
    assert saved.status == 200
    assert [mail[0] for mail in mails()] == ["confirmation", "date_changed"]
    assert rows_of(Booking.sequence) == [(1,)]


def test_who_changes_hosts_alone_is_asked_and_by_default_nobody_is_told(staff, clock):
    occurrence_id, mira = an_occurrence(clock), a_host()
    a_booking(occurrence_id, clock)
    visitor = staff("coordinator")

    asked = sent(visitor, change_page(visitor, occurrence_id), hosts=[str(mira)])
    assert filled(asked)["tell"] == "not"
    sent(visitor, asked)

    assert [mail[0] for mail in mails()] == ["confirmation"]
    assert rows_of(Occurrence.version) == [(2,)]


def test_what_was_changed_after_the_preview_is_shown_again(staff, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    visitor = staff("coordinator")

    asked = sent(visitor, change_page(visitor, occurrence_id), at="16:00")
    again = sent(visitor, asked, at="17:00")

    assert rows_of(Occurrence.version) == [(1,)]
    assert filled(again)["at"] == "17:00"


def test_a_date_that_nobody_booked_changes_at_once(staff, clock):
    occurrence_id = a_draft(clock)
    visitor = staff("coordinator")

    assert sent(visitor, change_page(visitor, occurrence_id), seats="9").status == 200

    assert rows_of(Occurrence.seats) == [(9,)]


def test_fewer_places_than_are_booked_are_refused_at_the_field(staff, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    visitor = staff("coordinator")

    asked = sent(visitor, change_page(visitor, occurrence_id), seats="2")
    page = sent(visitor, asked)

    assert page.status == 422
    assert filled(page)["seats"] == "2"
    assert any(one.get("id") == "seats-error" for one in page.all("p"))
    assert rows_of(Occurrence.seats, Occurrence.version) == [(15, 1)]


def test_the_second_of_two_coordinators_sees_both_versions_and_can_keep_the_own(staff, clock):
    occurrence_id = an_occurrence(clock)
    visitor = staff("coordinator")
    mine = change_page(visitor, occurrence_id)
    changed(clock, a_change(occurrence_id, seats=20))

    page = sent(visitor, mine, seats="12")

    assert page.status == 409
    assert "20" in page.text
    assert filled(page)["seats"] == "12"
    assert rows_of(Occurrence.seats) == [(20,)]
    assert sent(visitor, page).status == 200
    assert rows_of(Occurrence.seats) == [(12,)]


def test_a_change_pressed_twice_is_one_change(staff, clock):
    occurrence_id = an_occurrence(clock)
    visitor = staff("coordinator")
    mine = change_page(visitor, occurrence_id)

    assert sent(visitor, mine, seats="12").status == 200
    assert sent(visitor, mine, seats="12").status == 200

    assert rows_of(Occurrence.seats, Occurrence.version) == [(12, 2)]


def test_a_room_that_is_taken_changes_nothing_and_is_named(staff, clock):
    room, offering_id = a_room(), an_offering()
    published(clock, offering_id=offering_id, place_id=room)
    occurrence_id = published(clock, offering_id=offering_id, place_id=a_room())
    visitor = staff("coordinator")

    page = sent(visitor, change_page(visitor, occurrence_id), place=str(room))

    assert page.status == 409
    assert "Rundgang" in page.text
    assert rows_of(Occurrence.version) == [(2,), (2,)]


def test_from_here_on_and_all_follow_in_what_was_changed_and_keep_what_is_their_own(staff, clock):
    series_id = made(a_series_wanted(), clock)
    assert series_id
    ids = [key for (key,) in rows_of(Occurrence.id)]
    changed(clock, a_change(ids[2], seats=7))
    visitor = staff("coordinator")

    later = sent(visitor, change_page(visitor, ids[1]), at="15:00", reach="later")
    saved = later if rows_of(Occurrence.version)[1] != (1,) else sent(visitor, later)
    assert saved.status == 200

    starts = [one.hour for (one,) in rows_of(Occurrence.starts_at)]
    assert starts == [13, 14, 14, 14]
    assert rows_of(Occurrence.seats) == [(15,), (15,), (7,), (15,)]
    every = sent(visitor, change_page(visitor, ids[3]), day="2027-02-03", reach="all")
    if every.response.request.path.endswith("aendern"):
        sent(visitor, every)
    days = [one.date() for (one,) in rows_of(Occurrence.starts_at)]
    assert days == [day + timedelta(days=1) for day in DAYS]


def test_a_series_in_conflict_changes_as_a_whole_or_without_those_that_are_blocked(staff, clock):
    mira = a_host()
    made(a_series_wanted(), clock)
    ids = [key for (key,) in rows_of(Occurrence.id)]
    published(clock, day=DAYS[2], host_ids=(mira,))
    visitor = staff("coordinator")

    page = sent(visitor, change_page(visitor, ids[0]), hosts=[str(mira)], reach="all")
    assert page.status == 409
    assert rows_of(Occurrence.version)[:4] == [(1,)] * 4

    asked = sent(visitor, page, leave="y")
    if here(asked).endswith("aendern"):
        sent(visitor, asked)
    assert rows_of(Occurrence.version)[:4] == [(2,), (2,), (1,), (2,)]


def test_fewer_seats_than_are_taken_are_refused_at_the_field_before_any_mail_is_offered(staff, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    visitor = staff("coordinator")

    refused = sent(visitor, change_page(visitor, occurrence_id), seats="2")

    assert refused.status == 422
    assert "3 places are taken already" in refused.text or "3 Plätze sind schon vergeben" in refused.text
    assert "tell" not in filled(refused)
    assert rows_of(Occurrence.version, Occurrence.seats) == [(1, 15)]
    assert "tell" in filled(sent(visitor, refused, seats="5")), "mended, it is shown what leaves"
    assert rows_of(Occurrence.version) == [(1,)], "and still nothing is saved"


def test_what_a_change_means_is_jumped_to_and_said_on_top_as_not_saved(staff, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    visitor = staff("coordinator")
    form = change_page(visitor, occurrence_id)
    assert "preview" not in {one.get("id") for one in form.all("div")}

    asked = sent(visitor, form, at="16:00")

    assert "#preview" in {one.get("action") for one in asked.all("form")}
    assert "preview" in {one.get("id") for one in asked.all("div")}
    assert "#preview" in asked.links()


def test_who_notices_nothing_is_not_said_to_get_a_mail_and_none_is_counted(staff, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    visitor = staff("coordinator", language="en")
    page = visitor.get(f"/en/staff/dates/{occurrence_id}/change")

    asked = sent(visitor, page, seats="8")
    assert "notices nothing of this change" in asked.text
    assert "This sends mail" not in asked.text
    saved = sent(visitor, asked)

    assert "Nobody gets a mail" in saved.text
    assert "Bookings told" not in saved.text
    assert "This sends mail to 1 person" in sent(visitor, visitor.get(here(page)), at="16:00").text


def test_from_a_date_the_work_of_its_day_is_one_step_away(staff, clock):
    occurrence_id = an_occurrence(clock)

    ways = staff("coordinator").get(f"{LIST}/{occurrence_id}").links()

    for end in (
        f"ankunft/termin/{occurrence_id}",
        f"anruf/termin/{occurrence_id}",
        f"zurueckhalten/{occurrence_id}",
    ):
        assert f"/de/intern/{end}" in ways
    mira = a_host()
    given = an_occurrence(clock, host_ids=(mira,))
    own = staff("guide", host_id=mira).get(f"{LIST}/{given}").links()
    assert f"/de/intern/ankunft/termin/{given}" in own
    assert f"/de/intern/zurueckhalten/{given}" not in own
