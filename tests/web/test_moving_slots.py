"""Moving a consultation by its link: free times by day, another expert, by video or by phone."""

from datetime import UTC, timedelta

import pytest

from booking.bookings.models import Booking
from booking.db import db
from booking.schedule.models import Occurrence, OccurrenceHost
from booking.web.public.secrets import secret_of
from tests.holds import a_slot_booking, a_slot_hold
from tests.hours import a_consultation, an_expert, at
from tests.web.slots import days
from tests.web.ways import LANGUAGES, booked, error_at, location, path, post, said, summary

both_languages = pytest.mark.parametrize("language", LANGUAGES)
HOURS = "wed 15:00-16:00"
THREE, HALF_PAST = at("2027-01-13 15:00"), at("2027-01-13 15:30")
NEXT_WEEK = at("2027-01-20 15:00")


@pytest.fixture
def offering_id(app) -> int:
    return a_consultation(media=("on_site", "video", "phone"))


@pytest.fixture
def amina(offering_id, clock):
    """Amina meets Ines on Wednesday at three; the secret of her link."""
    ines = an_expert(offering_id, HOURS, key="ines", first_name="Ines")
    an_expert(offering_id, HOURS, key="jonas", first_name="Jonas")
    return secret_of(a_slot_booking(offering_id, THREE, clock, slot={"host_id": ines}).link_id)


def move_path(visitor, secret, language="de", **values):
    return path(visitor.app, "move", language, secret=secret, **values)


def start(instant):
    """Return an instant as links carry it."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def press(visitor, address, **typed):
    return visitor.post(address, visitor.get(address).fields() | typed)


def now_at():
    db.session.rollback()
    return db.session.query(Booking.starts_at).order_by(Booking.id).limit(1).scalar()


def with_whom():
    db.session.rollback()
    wanted = db.session.query(OccurrenceHost.host_id).join(
        Booking, Booking.occurrence_id == OccurrenceHost.occurrence_id
    )
    return [host_id for (host_id,) in wanted]


@both_languages
def test_somebody_moves_to_a_free_time_by_following_links(app, visitor, clock, amina, language):
    manage = visitor.get(path(app, "manage", language, secret=amina))
    others = visitor.get(manage.link(ending=move_path(visitor, amina, language)))
    (wednesday, next_week) = days(others)[:2]
    assert len(wednesday.times) == len(next_week.times) - 1, "all but the one that is booked"
    day = {"de": "Mittwoch, 13. Januar 2027", "en": "Wednesday, 13 January 2027"}[language]
    assert wednesday.times[0].startswith(day)

    question = visitor.get(wednesday.hrefs[0])
    answer = visitor.client.post(question.all("form")[0].get("action"), data=question.fields())

    assert (answer.status_code, location(answer)) == (303, path(app, "manage", language, secret=amina))
    assert now_at() == HALF_PAST
    assert (
        said("Your booking is moved. The mail with the new time is on its way.", language)
        in visitor.get(answer.headers["Location"]).text
    )


def test_the_list_asks_how_and_with_whom(app, visitor, amina):
    page = visitor.get(move_path(visitor, amina, "en"))

    assert [link for link in page.links() if "host=jonas" in link and "start=" not in link]
    with_jonas = visitor.get(move_path(visitor, amina, "en", host="jonas", medium="video"))
    assert all("host=jonas" in href and "medium=video" in href for href in days(with_jonas)[0].hrefs)
    assert len(days(with_jonas)[0].times) == 2, "the same time with another expert is another time"
    assert visitor.get(move_path(visitor, amina) + "?host=nobody&medium=fax&from=x").status == 200


def test_the_same_time_with_another_expert(app, visitor, amina):
    before = with_whom()

    page = press(visitor, move_path(visitor, amina, start=start(THREE), host="jonas", medium="on_site"))

    assert (page.status, now_at()) == (200, THREE)
    assert "Jonas" in page.text
    assert with_whom() != before


def test_two_weeks_make_a_page_and_an_empty_one_names_the_next_free_time(app, visitor, clock, amina):
    first = visitor.get(move_path(visitor, amina, "en"))
    (later,) = {one.get("href") for one in first.all("a") if one.get("rel") == "next"}
    assert {day.heading for day in days(first)} & {day.heading for day in days(visitor.get(later))} == set()

    offering_id = a_consultation(minutes=60)
    an_expert(offering_id, "wed 15:00-16:00", key="mia")
    secret = secret_of(a_slot_booking(offering_id, THREE, clock).link_id)
    for week in (1, 2):
        a_slot_hold(offering_id, THREE + timedelta(weeks=week), clock)
    page = visitor.get(move_path(visitor, secret, "en", **{"from": "2027-01-12"}))

    assert "The next free time: Wednesday, 3 February 2027, 15:00" in page.text


def test_a_time_that_is_gone_is_refused_with_what_is_free_instead(app, visitor, offering_id, clock, amina):
    address = move_path(visitor, amina, start=start(HALF_PAST), medium="on_site")
    form = visitor.get(address).fields()
    for _ in range(2):
        a_slot_hold(offering_id, HALF_PAST, clock)
    before = booked(app)

    page = visitor.post(address, form)

    assert page.status == 409
    assert said("This time is not free any more. Please choose another one.", "de") in summary(page)[0]
    assert any(start(NEXT_WEEK) in href.replace("%3A", ":") for href in page.links())
    assert booked(app) == before
    assert visitor.get(address).status == 409


def test_a_past_time_is_gone_and_one_that_never_was_is_refused(visitor, amina):
    assert visitor.get(move_path(visitor, amina, start="2027-01-06T14:00Z")).status == 410
    assert visitor.get(move_path(visitor, amina, start="2027-01-14T03:00Z")).status == 409
    assert visitor.get(move_path(visitor, amina, start="tomorrow")).status == 200


def test_a_call_asks_for_the_number_that_is_missing_and_keeps_what_was_typed(app, visitor, amina):
    address = move_path(visitor, amina, start=start(HALF_PAST), medium="phone")
    assert "phone" in visitor.get(address).fields()

    page = press(visitor, address)
    assert page.status == 422
    assert error_at(page, "phone") == said("Enter the phone number at which we can call you.", "de")
    page = press(visitor, address, phone="morgens")
    assert (page.status, page.fields()["phone"], now_at()) == (422, "morgens", THREE)

    assert press(visitor, address, phone="0341 1234567").status == 200
    assert now_at() == HALF_PAST
    again = move_path(visitor, amina, start=start(THREE), medium="phone")
    assert "phone" not in visitor.get(again).fields()
    moved = post(app)[0].get_body(("plain",)).get_content()
    assert "0341 1234567" in moved


def test_from_the_house_to_a_video_call(app, visitor, amina):
    page = press(visitor, move_path(visitor, amina, "en", start=start(THREE), medium="video"))

    assert page.status == 200
    db.session.rollback()
    assert (
        db.session.query(Occurrence.medium).join(Booking, Booking.occurrence_id == Occurrence.id).scalar()
        == "video"
    )
    confirmation, moved = reversed(post(app))
    assert "Video" in moved.get_body(("plain",)).get_content()
    assert moved["In-Reply-To"] == confirmation["Message-ID"]


def test_pressed_twice_it_moves_once(app, visitor, amina):
    address = move_path(visitor, amina, start=start(HALF_PAST), medium="on_site")
    form = visitor.get(address).fields()

    first, second = (visitor.client.post(address, data=form) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    db.session.rollback()
    assert db.session.query(Booking.sequence).scalar() == 1


def test_nobody_moves_into_a_consultation_of_somebody_else_by_its_number(visitor, offering_id, clock, amina):
    a_slot_booking(offering_id, HALF_PAST, clock)
    other = db.session.query(Booking.occurrence_id).order_by(Booking.id.desc()).limit(1).scalar()

    page = visitor.get(move_path(visitor, amina, to=other))

    assert page.status == 200
    assert move_path(visitor, amina, to=other) not in page.links()
    form = visitor.get(path(visitor.app, "cancel", secret=amina)).fields()
    assert visitor.post(move_path(visitor, amina, to=other), form).status == 200
    assert now_at() == THREE
