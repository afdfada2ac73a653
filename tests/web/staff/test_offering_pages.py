"""Pages of offerings: from a draft to what visitors see, with everything that can go wrong on the way."""

from itertools import pairwise

import pytest

from booking.catalogue.models import Offering
from booking.db import unit_of_work
from booking.schedule import service
from tests.builders import a_host, a_need, a_room, a_topic, an_occurrence, an_offering
from tests.deeds.reading import rows_of
from tests.staff import a_programme
from tests.web.staff.catalogue_ways import GERMAN, errors_of, form_of, sent

HOST = a_need(kind="host")


@pytest.fixture
def coordinator(staff):
    """Somebody who runs every programme, in front of a browser."""
    return staff("coordinator")


def page(offering_id, part=""):
    return f"{GERMAN}/angebote/{offering_id}{part}"


def test_an_offering_is_entered_completed_and_published_without_a_developer(coordinator, visitor):
    room, host = a_room(people_limit=12), a_host()
    made = sent(coordinator, f"{GERMAN}/angebote/neu", title="Löten für alle", kind="workshop", seats="10")
    assert made.status == 200
    ((offering_id, key, state),) = rows_of(Offering.id, Offering.key, Offering.state)
    assert (key, state) == ("loeten-fuer-alle", "draft")
    assert visitor.get(f"/de/angebote/{key}").status == 404

    sent(coordinator, page(offering_id, "/angaben"), audiences=["families"], minutes="90", age_min="8")
    sent(
        coordinator,
        page(offering_id, "/texte/de"),
        summary="Wir löten.",
        description="Ein **Herz** aus Leuchtdioden.",
        warning="Heiß!",
    )
    sent(coordinator, page(offering_id, "/bedarf/neu/host"), quantity="1", before="10")
    sent(coordinator, page(offering_id, "/bedarf/neu/room"), things=[str(room)])
    sent(coordinator, page(offering_id, "/buchung"), notice="2", notice_unit="days")
    assert "Nobody can give it yet" in coordinator.get(f"/en/staff/offerings/{offering_id}/publish").text
    unit_of_work(lambda: service.teach(host, offering_id))
    done = sent(coordinator, page(offering_id, "/veroeffentlichen"))

    assert done.status == 200
    seen = visitor.get(f"/de/angebote/{key}")
    assert "Wir löten." in seen.text
    assert "Heiß!" in seen.text
    assert rows_of(Offering.state, Offering.notice_minutes, Offering.minutes) == [("published", 2880, 90)]


def test_the_list_finds_by_words_kind_state_programme_topic_and_missing_texts(coordinator):
    topic, programme = a_topic(), a_programme(names={"de": "Schulen"})
    easy = {"title": "Rund-Gang", "summary": "Kurz.", "description": "Lang."}
    texts = {"de": {"title": "Überblick", "summary": "S", "description": "D"}, "ls": easy}
    an_offering(key="eins", texts=texts, topic_ids=(topic,))
    an_offering(key="zwei", kind="talk", state="draft", programme_id=programme)

    def listed(query):
        found = coordinator.get(f"{GERMAN}/angebote?{query}")
        return ["".join(one.itertext()) for one in found.all("a") if "/angebote/" in one.get("href", "")]

    both = ["Rundgang", "Überblick"]
    assert sorted(text for text in listed("") if text in both) == both
    for query, wanted in (
        ("q=überblick", "Überblick"),
        ("kind=talk", "Rundgang"),
        ("state=draft", "Rundgang"),
        (f"programme={programme}", "Rundgang"),
        ("programme=none", "Überblick"),
        (f"topic={topic}", "Überblick"),
        ("missing=en", "Überblick"),
        ("missing=ls", "Rundgang"),
    ):
        assert [text for text in listed(query) if text in both] == [wanted], query
    for nonsense in ("kind=moon&state=gone&topic=99999&page=abc&sort=x&missing=fr", "page=999999"):
        assert len([text for text in listed(nonsense) if text in both]) == 2
    assert coordinator.get(f"{GERMAN}/angebote?q=nirgends").status == 200


def test_what_cannot_be_is_told_at_the_field_and_kept(coordinator):
    offering_id = an_offering(state="draft")
    bad = {
        "minutes": "-5",
        "seats": "viele",
        "party_min": "9",
        "party_max": "3",
        "age_min": "200",
        "grade_first": "7",
        "grade_last": "",
        "kind": "moon",
        "programme": "77777",
        "key": "So nicht!",
        "sign_video": "javascript:alert(1)",
        "audiences": ["martians"],
    }

    answer = sent(coordinator, page(offering_id, "/angaben"), **bad)

    assert answer.status == 422
    assert set(errors_of(answer)) == {
        "minutes",
        "seats",
        "party_min",
        "age_min",
        "grade_last",
        "kind",
        "programme",
        "key",
        "sign_video",
        "audiences",
    }
    kept = form_of(answer)
    assert (kept["minutes"], kept["seats"], kept["key"]) == ("-5", "viele", "So nicht!")
    assert rows_of(Offering.minutes, Offering.version) == [(60, 1)]


def test_a_policy_that_nobody_could_use_is_refused_at_its_field(coordinator, clock):
    offering_id = an_offering()
    an_occurrence(clock, offering_id=offering_id)

    late = sent(
        coordinator, page(offering_id, "/buchung"), notice="30", notice_unit="days", horizon_days="20"
    )
    other = sent(coordinator, page(offering_id, "/buchung"), booked_by="slot")
    odd = sent(
        coordinator, page(offering_id, "/buchung"), per_day="0", notice_unit="years", step_minutes="9" * 30
    )

    assert (late.status, set(errors_of(late))) == (422, {"notice"})
    assert (other.status, set(errors_of(other))) == (422, {"booked_by"})
    assert (odd.status, set(errors_of(odd))) == (422, {"per_day", "notice_unit", "step_minutes"})
    assert rows_of(Offering.version) == [(1,)]


def test_lengths_of_time_are_shown_as_people_say_them(coordinator):
    offering_id = an_offering(notice_minutes=2880, cancel_until_minutes=90)

    fields = form_of(coordinator.get(page(offering_id, "/buchung")))

    assert [fields[name] for name in ("notice", "notice_unit", "cancel_until", "cancel_until_unit")] == [
        "2",
        "days",
        "90",
        "minutes",
    ]


def test_two_coordinators_see_both_versions_and_the_second_decides(coordinator, staff):
    offering_id, other = an_offering(), staff("coordinator")
    mine = form_of(coordinator.get(page(offering_id, "/angaben")))
    sent(other, page(offering_id, "/angaben"), seats="20")

    answer = coordinator.post(page(offering_id, "/angaben"), mine | {"seats": "18", "minutes": "75"})

    assert answer.status == 409
    cells = ["".join(one.itertext()) for one in answer.all("td")]
    assert ("18", "20") in list(pairwise(cells))
    assert ("75", "60") in list(pairwise(cells))
    assert rows_of(Offering.seats) == [(20,)]
    again = coordinator.post(page(offering_id, "/angaben"), form_of(answer))
    assert again.status == 200
    assert rows_of(Offering.seats, Offering.minutes) == [(18, 75)]


def test_archiving_names_the_dates_that_lie_ahead(coordinator, staff, clock, visitor):
    offering_id = an_offering(key="x")
    date = an_occurrence(clock, offering_id=offering_id)

    answer = coordinator.get(page(offering_id, "/archivieren"))
    assert answer.link(ending=f"/termine/{date}")
    assert "version" not in form_of(answer)  # there is nothing to send

    clock.forward(days=3)
    assert sent(staff("coordinator"), page(offering_id, "/archivieren")).status == 200
    assert rows_of(Offering.state) == [("archived",)]
    assert visitor.get("/de/angebote/x").status == 404


def test_a_copy_opens_as_a_draft_of_its_own(coordinator):
    offering_id = an_offering()

    made = sent(coordinator, page(offering_id, "/kopieren"), title="Zweiter Rundgang")
    empty = sent(coordinator, page(offering_id, "/kopieren"), title=" ")

    assert made.status == 200
    assert rows_of(Offering.state, Offering.key)[1] == ("draft", "zweiter-rundgang")
    assert (empty.status, set(errors_of(empty))) == (422, {"title"})
