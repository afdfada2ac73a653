"""What newcomers read on the way: what really happened, with whom, in which language, how many, and the way back."""

import pytest

from booking.app import create_app
from booking.bookings import calling_off
from booking.db import unit_of_work
from booking.web.public.secrets import secret_of
from tests.builders import a_booking, a_room, an_occurrence, an_offering
from tests.conftest import settings_for
from tests.holds import a_slot_booking
from tests.hours import a_consultation, an_expert, at
from tests.visitors import Visitor
from tests.web.slots import words
from tests.web.ways import LANGUAGES, details, details_of, path, post, said

both_languages = pytest.mark.parametrize("language", LANGUAGES)
THREE = at("2027-01-13 15:00")
GIVEN_BACK = "This is not kept for you any more"
OVER = "The time is over"


@pytest.fixture
def talk(app):
    """A consultation in the house, by video or by phone, with Mira, who speaks German and English."""
    offering_id = a_consultation(key="ki", media=("on_site", "video", "phone"))
    an_expert(offering_id, "wed 15:00-17:00", key="mira", first_name="Mira", languages=("de", "en"))
    return offering_id


def first_form(visitor, language="de", **asked):
    wanted = {"start": "2027-01-13T14:00Z", "medium": "video"} | asked
    return visitor.get(path(visitor.app, "book_slot", language, key="ki", **wanted))


def facts(page):
    """Return terms and values of all lists of facts."""
    terms = [words(one) for one in page.all("dt")]
    return list(zip(terms, [words(one) for one in page.all("dd")], strict=False))


@both_languages
def test_a_tab_whose_date_was_replaced_by_another_says_so(app, visitor, clock, language):
    occurrence_id = an_occurrence(clock, seats=6)
    first, _filled = details(visitor, occurrence_id, language)
    details(visitor, occurrence_id, language)

    page = visitor.get(first)

    assert said(GIVEN_BACK, language) in page.text
    assert said(OVER, language) not in [words(one) for one in page.all("h2")]


@both_languages
def test_a_tab_whose_time_is_over_says_that(app, visitor, clock, language):
    first, _filled = details(visitor, an_occurrence(clock), language)
    clock.forward(minutes=15)

    page = visitor.get(first)

    assert said(OVER, language) in page.text
    assert said(GIVEN_BACK, language) not in page.text


def test_a_time_is_kept_and_given_back_not_places(app, visitor, talk):
    page = first_form(visitor)
    form = visitor.post(page.all("form")[-1].get("action"), page.fields() | {"adults": "1"})

    assert "Plätze" not in page.text
    assert [words(one) for one in form.all("button") if one.get("name") == "give_up"] == [
        said("Give the time back", "de")
    ]


def test_after_a_cancelled_consultation_the_way_leads_to_its_free_times(app, visitor, clock, talk):
    booking = a_slot_booking(talk, THREE, clock)
    manage = path(app, "manage", secret=secret_of(booking.link_id))
    cancel = visitor.get(path(app, "cancel", secret=secret_of(booking.link_id)))
    visitor.post(cancel.response.request.path, cancel.fields())

    times = path(app, "times", key="ki")
    assert times in visitor.get(manage).links()
    (mail,) = [one for one in post(app) if "METHOD:CANCEL" in str(one)] or post(app)[:1]
    for kind in ("plain", "html"):
        text = mail.get_body((kind,)).get_content()
        assert f"http://localhost{times}" in text
        assert "/de/programm" not in text


def test_so_does_the_mail_when_the_house_cancels_it_and_that_of_a_tour_leads_to_the_programme(
    app, visitor, clock, talk
):
    a_slot_booking(talk, THREE, clock)
    date = an_occurrence(clock)
    a_booking(date, clock, email="tour@example.org")
    for (occurrence_id,) in ((1,), (date,)):
        cancel = calling_off.cancel_occurrence
        unit_of_work(
            lambda: cancel(occurrence_id, reasons={"de": "krank"}, actor="system", now=clock())  # noqa: B023
        )

    found = {str(one["To"]): one.get_body(("plain",)).get_content() for one in reversed(post(app))}

    assert ["/zeiten" in text for _, text in sorted(found.items())] == [True, False]
    assert ["/de/programm" in text for _, text in sorted(found.items())] == [False, True]


def test_the_page_of_a_move_names_who_it_will_be(app, visitor, clock, talk):
    secret = secret_of(a_slot_booking(talk, THREE, clock).link_id)
    an_expert(talk, "thu 15:00-16:00", key="jonas", first_name="Jonas")

    page = visitor.get(path(app, "move", secret=secret, start="2027-01-14T14:00Z", medium="on_site"))

    (to,) = [one for one in page.all("section") if one.get("aria-labelledby") == "to"]
    assert "MitJonas" in words(to).replace(" ", "")
    visitor.post(page.all("form")[-1].get("action"), page.fields())
    assert "Jonas" in visitor.get(path(app, "manage", secret=secret)).text


@both_languages
def test_the_language_of_a_talk_is_chosen_and_told_wherever_it_is_told(app, visitor, talk, language):
    chips = {words(one): one.get("href") for one in first_form(visitor, language).all("a") if one.get("href")}
    assert {"de": "Deutsch", "en": "German"}[language] in chips
    page = visitor.get(chips[{"de": "Englisch", "en": "English"}[language]])
    assert "language=en" in page.response.request.full_path

    form = visitor.post(page.all("form")[-1].get("action"), page.fields() | {"adults": "1"})
    action, fields = details_of(form)
    done = visitor.post(action, fields | {"name": "Amina", "email": "amina@example.org"})

    spoken = {"de": ("Sprache", "Englisch"), "en": ("Language", "English")}[language]
    manage = visitor.get(done.response.request.path.rpartition("/")[0])
    assert spoken in facts(done)
    assert spoken in facts(manage)
    (mail,) = post(app)
    for kind in ("plain", "html"):
        assert spoken[1] in mail.get_body((kind,)).get_content()
    entry = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
    assert f"{spoken[0]}: {spoken[1]}" in entry.get_content().replace("\r\n ", "")


@both_languages
def test_the_first_form_says_how_many_one_booking_can_bring(app, visitor, clock, language):
    date = an_occurrence(clock, offering_id=an_offering(party_max=4))

    page = visitor.get(path(app, "book", language, occurrence_id=date))

    assert {"de": "bis zu 4 Personen", "en": "up to 4 people"}[language] in page.text


@both_languages
def test_the_address_of_the_place_is_the_same_on_every_page(app, visitor, clock, language):
    date = an_occurrence(clock, place_id=a_room())
    where = {"de": "Wo", "en": "Where"}[language]

    first = visitor.get(path(app, "book", language, occurrence_id=date))
    action, _filled = details(visitor, date, language)
    second = visitor.get(action)

    (told,) = {value for page in (first, second) for term, value in facts(page) if term == where}
    assert "04109" in told


def test_the_step_that_is_lit_is_that_of_the_page(app, visitor, clock):
    date = an_occurrence(clock)

    def lit(page):
        return [words(one) for one in page.all("li") if one.get("aria-current") == "step"]

    first = visitor.get(path(app, "book", "en", occurrence_id=date))
    action, filled = details(visitor, date, "en")
    second, done = visitor.get(action), visitor.post(action, filled)

    assert [lit(page) for page in (first, second, done)] == [["How many come"], ["Your details"], ["Done"]]


def test_a_title_has_one_colon_at_most(app, visitor, clock, talk):
    title = {"de": "Sprechstunde: KI", "en": "Consultation: AI"}
    texts = {key: {"title": one, "summary": one, "description": one} for key, one in title.items()}
    offering_id = a_consultation(key="colon", texts=texts)
    an_expert(offering_id, "wed 15:00-17:00")
    times = visitor.get(path(app, "times", "en", key="colon"))
    book = visitor.get(path(app, "book_slot", "en", key="colon", start="2027-01-13T14:00Z", medium="on_site"))

    for page in (times, book):
        (heading,) = [words(one) for one in page.all("h1")]
        assert heading.count(":") == 1


@pytest.mark.parametrize("zoned", ["2027-01-12T14:00", "2027-01-12T13:00Z", "2027-01-12T14:00+01:00"])
def test_the_clock_of_a_page_is_set_by_that_of_the_house(app, clock, tmp_path, zoned):
    date = an_occurrence(clock, starts_at=at("2027-01-12 14:30"), offering_id=an_offering(notice_minutes=45))
    settings = settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path, APP_ENV="development")
    other = create_app(settings, clock=clock)
    with other.app_context():
        visitor = Visitor(other)
        address = path(other, "occurrence", "en", occurrence_id=date)

        assert "Online booking has closed" not in visitor.get(address).text
        assert "Online booking has closed" in visitor.get(f"{address}?at={zoned.replace('+', '%2B')}").text
        assert "Online booking has closed" not in visitor.get(f"{address}?at=2027-01-12T13:40").text
