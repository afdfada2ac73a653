"""Staff publish, archive and copy offerings: what is missing is told, what lies ahead stays."""

from typing import Any

import pytest

from booking.catalogue import draft_queries, needs_editing, offering_editing
from booking.catalogue import queries as catalogue
from booking.catalogue.offering_editing import NewOffering
from booking.catalogue.staff_refusals import NotFromHere, NotReady
from booking.db import unit_of_work
from booking.schedule import offering_states, service
from booking.schedule.staff_refusals import DatesAhead
from tests.builders import a_booking, a_host, a_need, an_occurrence, an_offering, house_id
from tests.deeds.reading import events
from tests.staff import a_staff

GERMAN = {"title": "Rundgang", "summary": "Kurz.", "description": "Lang."}


@pytest.fixture
def editor(app):
    """Somebody who runs every programme."""
    return a_staff("coordinator")


def seen(offering_id, editor):
    return unit_of_work(lambda: draft_queries.draft(offering_id, editor=editor))


def entered(editor, clock, **wanted):
    """Enter a draft of a tour and return its id."""
    details: dict[str, Any] = {"title": "Führung: Straße & Öl", "kind": "tour", "programme_id": None}
    details |= {"minutes": 60, "seats": 15, "party_max": 5} | wanted
    return unit_of_work(lambda: offering_editing.create(NewOffering(**details), editor=editor, now=clock()))


def changed(offering_id, editor, clock, *, version=1, **values):
    return unit_of_work(
        lambda: offering_editing.change(offering_id, values, version=version, editor=editor, now=clock())
    )


def worded(offering_id, language, words, editor, clock, *, version=1):
    return unit_of_work(
        lambda: offering_editing.put_text(
            offering_id, language, words, version=version, editor=editor, now=clock()
        )
    )


def gone_to(deed, offering_id, editor, clock, *, version=1):
    return unit_of_work(lambda: deed(offering_id, version=version, editor=editor, now=clock()))


def test_publishing_says_all_that_is_missing_and_then_lets_visitors_see_it(editor, clock):
    offering_id = entered(editor, clock)

    with pytest.raises(NotReady) as refused:
        gone_to(offering_states.publish, offering_id, editor, clock)
    assert refused.value.faults == ("summary", "description", "audience", "host")

    worded(offering_id, "de", GERMAN, editor, clock)
    changed(offering_id, editor, clock, version=2, audiences=("everyone",))
    _ask_for_a_host(offering_id, editor, clock, version=3)
    with pytest.raises(NotReady) as refused:
        gone_to(offering_states.publish, offering_id, editor, clock, version=4)
    assert refused.value.faults == ("skill",)

    host = a_host()
    unit_of_work(lambda: service.teach(host, offering_id))
    gone_to(offering_states.publish, offering_id, editor, clock, version=4)
    key = seen(offering_id, editor).key
    assert (
        unit_of_work(lambda: catalogue.offering(key, house_id=house_id(), language="en").title) == "Rundgang"
    )
    assert events()[-1] == "offering.published"
    with pytest.raises(NotFromHere):
        gone_to(offering_states.publish, offering_id, editor, clock, version=5)


def _ask_for_a_host(offering_id, editor, clock, *, version):
    wanted = needs_editing.WantedNeed("host", ())
    unit_of_work(
        lambda: needs_editing.put(
            offering_id, wanted, need_id=None, version=version, editor=editor, now=clock()
        )
    )


def test_an_offering_with_dates_ahead_is_not_archived(editor, clock):
    offering_id = an_offering()
    an_occurrence(clock, offering_id=offering_id)

    with pytest.raises(DatesAhead):
        gone_to(offering_states.archive, offering_id, editor, clock)
    assert len(unit_of_work(lambda: offering_states.ahead(offering_id, now=clock()))) == 1

    clock.forward(days=3)
    gone_to(offering_states.archive, offering_id, editor, clock)
    assert seen(offering_id, editor).state == "archived"


def test_a_copy_is_a_draft_with_all_but_title_and_key(editor, clock):
    host = a_host()
    offering_id = an_offering(
        needs=(a_need(kind="host", quantity=2),), audiences=("seniors",), sign_video="https://example.org/v"
    )
    unit_of_work(lambda: service.teach(host, offering_id, is_fixed=True))

    made = unit_of_work(lambda: offering_states.duplicate(offering_id, "Zweiter", editor=editor, now=clock()))

    old, new = seen(offering_id, editor), seen(made, editor)
    assert (new.key, new.state, new.version) == ("zweiter", "draft", 1)
    assert new.texts["de"] == old.texts["de"] | {"title": "Zweiter"}
    assert new.texts["en"] == old.texts["en"]
    assert (new.audiences, new.media, new.seats, new.sign_video) == (
        old.audiences,
        old.media,
        old.seats,
        old.sign_video,
    )
    assert [need.quantity for need in new.needs] == [2]
    assert unit_of_work(lambda: offering_states.skilled(made)) == 1


def test_a_booked_date_ahead_is_told_with_its_places(app, editor, clock):
    offering_id = an_offering()
    occurrence = an_occurrence(clock, offering_id=offering_id)
    a_booking(occurrence, clock)

    (date,) = unit_of_work(lambda: offering_states.ahead(offering_id, now=clock()))

    assert (date.id, date.taken) == (occurrence, 3)
