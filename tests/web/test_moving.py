"""Moving a booking by its link: the list of other dates, one question, one button."""

from datetime import timedelta

import pytest

from booking.bookings.models import Booking
from booking.db import db
from booking.messages.models import OutgoingMail
from booking.web.public.secrets import secret_of
from tests.builders import a_booking, an_occurrence, an_offering
from tests.web.ways import LANGUAGES, booked, counted, location, path, post, said

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def offering_id(app) -> int:
    return an_offering(seats=5, party_max=5, cancel_until_minutes=120, notice_minutes=60)


@pytest.fixture
def date(clock, offering_id):
    def publish(hours, **wanted):
        details = {"offering_id": offering_id, "seats": 5} | wanted
        return an_occurrence(clock, starts_at=clock() + timedelta(hours=hours), **details)

    return publish


@pytest.fixture
def amina(date, clock):
    """Amina and two others come tomorrow; the secret of her link."""
    return secret_of(a_booking(date(24), clock).link_id)


def move_path(visitor, secret, language="de", **values):
    return path(visitor.app, "move", language, secret=secret, **values)


def moved_to(visitor, secret, occurrence_id):
    """Press the button for a date, and return the page that answers."""
    address = move_path(visitor, secret, to=occurrence_id)
    return visitor.post(address, visitor.get(address).fields())


def at():
    db.session.rollback()
    return db.session.query(Booking.occurrence_id).order_by(Booking.id).limit(1).scalar()


@both_languages
def test_somebody_moves_by_following_links_and_one_button(app, visitor, date, clock, amina, language):
    new = date(48)
    manage = visitor.get(path(app, "manage", language, secret=amina))

    others = visitor.get(manage.link(ending=move_path(visitor, amina, language)))
    assert move_path(visitor, amina, language, to=new) in others.links()
    question = visitor.get(move_path(visitor, amina, language, to=new))
    (form,) = question.all("form")
    answer = visitor.client.post(form.get("action"), data=question.fields())

    assert (answer.status_code, location(answer)) == (303, path(app, "manage", language, secret=amina))
    assert at() == new
    page = visitor.get(answer.headers["Location"])
    assert said("Your booking is moved. The mail with the new time is on its way.", language) in page.text
    assert {"de": "Mittwoch, 13. Januar 2027", "en": "Wednesday, 13 January 2027"}[language] in page.text


def test_the_question_shows_both_times_and_changes_nothing(app, visitor, date, amina):
    new, before = date(48), None
    before = booked(app)

    page = visitor.get(move_path(visitor, amina, "en", to=new))

    assert page.text.index("Tuesday, 12 January 2027, 10:00–11:00") < page.text.index(
        "Wednesday, 13 January 2027, 10:00–11:00"
    )
    assert said("Move the booking", "en") in page.text
    assert len([one for one in page.all("button") if one.get("type") == "submit"]) == 1
    assert booked(app) == before


def test_only_dates_with_places_for_the_whole_party_are_offered_and_each_stands_alone(
    visitor, date, clock, amina
):
    few, full, other = date(48), date(72), date(49)
    a_booking(few, clock, party={"adults": 3}, email="bruno@example.org")
    a_booking(full, clock, party={"adults": 5}, email="chiara@example.org")
    foreign = an_occurrence(clock, starts_at=clock() + timedelta(hours=50))

    page = visitor.get(move_path(visitor, amina, "en"))

    offered = {href.rpartition("=")[2] for href in page.links() if "to=" in href}
    assert offered == {str(other)}
    assert str(foreign) not in offered
    (link,) = [one for one in page.all("a") if "to=" in one.get("href", "")]
    heard = " ".join("".join(one.text or "" for one in link if not one.get("aria-hidden")).split())
    assert heard == "Wednesday, 13 January 2027, 11:00–12:00, Guided tour, 5 places free"


def test_where_nothing_is_free_the_page_says_so_and_what_to_do(app, visitor, date, clock, amina):
    full = date(48)
    a_booking(full, clock, party={"adults": 5}, email="bruno@example.org")

    page = visitor.get(move_path(visitor, amina, "en"))

    many = "There is no other time with %(num)s free places at the moment"
    assert counted("There is no other time with a free place at the moment", many, 3, "en") in page.text
    assert path(app, "cancel", "en", secret=amina) in page.links()
    assert path(app, "change_party", "en", secret=amina) in page.links()
    assert any(href.startswith("tel:") for href in page.links())


def test_many_dates_come_in_pages_of_whole_days(visitor, date, amina):
    for day in range(2, 32):
        date(24 * day)
    first = visitor.get(move_path(visitor, amina, "en"))
    (following,) = {one.get("href") for one in first.all("a") if one.get("rel") == "next"}

    second = visitor.get(following)

    pages = [{href for href in page.links() if "to=" in href} for page in (first, second)]
    assert [len(page) for page in pages] == [20, 10]
    assert not pages[0] & pages[1]
    assert move_path(visitor, amina, "en") in second.links()
    assert visitor.get(move_path(visitor, amina) + "?from=nonsense").status == 200


def test_pressed_twice_it_moves_once_and_writes_once(app, visitor, date, clock, amina):
    address = move_path(visitor, amina, to=date(48))
    form = visitor.get(address).fields()

    first, second = (visitor.client.post(address, data=form) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert location(first) == location(second)
    assert [kind for (kind,) in db.session.query(OutgoingMail.kind).order_by(OutgoingMail.id)] == [
        "confirmation",
        "moved",
    ]


def test_the_date_that_is_booked_already_leads_to_the_booking(app, visitor, date, amina):
    answer = visitor.client.get(move_path(visitor, amina, to=at()))

    assert (answer.status_code, location(answer)) == (302, path(app, "manage", secret=amina))


def test_a_date_that_is_soon_says_that_it_cannot_be_changed_any_more(visitor, date, amina):
    page = visitor.get(move_path(visitor, amina, "en", to=date(1.5)))

    assert "it can no longer be cancelled or changed online" in page.text


def test_the_mail_of_a_move_is_an_answer_in_the_same_thread_with_the_same_link(app, visitor, date, amina):
    moved_to(visitor, amina, date(48))

    moved, confirmation = post(app)

    assert moved["In-Reply-To"] == confirmation["Message-ID"]
    assert "13. Januar 2027" in moved["Subject"]
    for mail in (moved, confirmation):
        text = mail.get_body(("plain",)).get_content()
        assert path(app, "move", secret=amina) in text
        assert path(app, "cancel", secret=amina) in text
    assert visitor.get(path(app, "manage", secret=amina)).status == 200
