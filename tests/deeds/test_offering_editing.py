"""Staff edit offerings: drafts, texts, states, copies; what is public keeps what visitors need."""

from typing import Any

import pytest

from booking.catalogue import draft_queries, offering_editing, offering_lists
from booking.catalogue import queries as catalogue
from booking.catalogue.models import Offering
from booking.catalogue.offering_editing import NewOffering
from booking.catalogue.queries import WORDS
from booking.catalogue.staff_refusals import AddressIsOut, KeyTaken, NotReady, TextsNeedTitle
from booking.db import unit_of_work
from booking.errors import NotFound, Stale
from booking.journal.models import Event
from booking.schedule import offering_states
from tests.builders import a_need, a_topic, an_offering, house_id
from tests.deeds.reading import events, rows_of
from tests.staff import a_programme, a_staff

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


def test_a_new_offering_is_a_draft_with_a_key_of_its_own_that_nobody_sees(editor, clock):
    first, second = entered(editor, clock), entered(editor, clock)

    one, other = seen(first, editor), seen(second, editor)

    assert (one.key, other.key) == ("fuehrung-strasse-oel", "fuehrung-strasse-oel-2")
    assert (one.state, one.version, one.title("en")) == ("draft", 1, "Führung: Straße & Öl")
    with pytest.raises(NotFound):
        unit_of_work(lambda: catalogue.offering(one.key, house_id=house_id(), language="de"))
    assert events() == ["offering.entered", "offering.entered"]


def test_what_changes_is_written_once_and_told_with_old_and_new(editor, clock):
    topic, offering_id = a_topic(), entered(editor, clock)

    told = changed(
        offering_id, editor, clock, seats=20, notice_minutes=0, topic_ids=(topic,), audiences=("seniors",)
    )

    assert told == {"seats": [15, 20], "topic_ids": [[], [topic]], "audiences": [[], ["seniors"]]}
    now = seen(offering_id, editor)
    assert (now.seats, now.topic_ids, now.audiences, now.version) == (20, (topic,), ("seniors",), 2)
    (told_of,) = rows_of(Event.changes, Event.actor, where=Event.deed == "offering.changed")
    assert told_of == (told, editor.actor)


def test_saving_what_is_there_already_changes_nothing(editor, clock):
    offering_id = entered(editor, clock)

    assert changed(offering_id, editor, clock, seats=15, audiences=()) == {}

    assert seen(offering_id, editor).version == 1
    assert events() == ["offering.entered"]


def test_the_second_of_two_who_edit_the_same_offering_overwrites_nothing(editor, clock):
    offering_id = entered(editor, clock)
    changed(offering_id, editor, clock, seats=20)

    for late in (
        lambda: changed(offering_id, editor, clock, seats=8),
        lambda: worded(offering_id, "de", GERMAN, editor, clock),
        lambda: gone_to(offering_states.publish, offering_id, editor, clock),
        lambda: gone_to(offering_states.archive, offering_id, editor, clock),
    ):
        with pytest.raises(Stale):
            late()

    assert seen(offering_id, editor).seats == 20


def test_an_offering_of_another_programme_or_house_is_not_there(editor, clock):
    mine, other = a_programme(), a_programme()
    coordinator = a_staff("coordinator", programmes=[mine])
    of_nobody, of_other = an_offering(), an_offering(programme_id=other)
    elsewhere = an_offering(house_id=house_id("library"))
    own = an_offering(programme_id=mine)

    for offering_id in (of_nobody, of_other, elsewhere):
        for deed in (
            lambda: seen(offering_id, coordinator),  # noqa: B023 - called at once
            lambda: changed(offering_id, coordinator, clock, seats=20),  # noqa: B023
            lambda: worded(offering_id, "en", GERMAN, coordinator, clock),  # noqa: B023
            lambda: gone_to(offering_states.archive, offering_id, coordinator, clock),  # noqa: B023
            lambda: gone_to(offering_states.publish, offering_id, coordinator, clock),  # noqa: B023
            lambda: unit_of_work(
                lambda: offering_states.duplicate(offering_id, "X", editor=coordinator, now=clock())  # noqa: B023
            ),
        ):
            with pytest.raises(NotFound):
                deed()
    with pytest.raises(NotFound):
        seen(elsewhere, editor)
    listed = unit_of_work(lambda: offering_lists.offerings(editor=coordinator, language="de"))
    assert [line.id for line in listed] == [own]
    assert events() == []


def test_nobody_hands_an_offering_to_a_programme_that_is_not_theirs(editor, clock):
    mine, other, foreign = a_programme(), a_programme(), a_programme(house_id=house_id("library"))
    coordinator = a_staff("coordinator", programmes=[mine])
    own = an_offering(programme_id=mine)

    for target in (other, None, foreign):
        with pytest.raises(NotFound):
            changed(own, coordinator, clock, programme_id=target)
        with pytest.raises(NotFound):
            entered(coordinator, clock, programme_id=target)
    with pytest.raises(NotFound):
        changed(own, editor, clock, programme_id=foreign)


def test_the_address_changes_only_while_nobody_can_have_it(editor, clock):
    draft, public = entered(editor, clock), an_offering(key="rundgang")

    changed(draft, editor, clock, key="neu")
    with pytest.raises(AddressIsOut):
        changed(public, editor, clock, key="anders")
    with pytest.raises(KeyTaken):
        changed(draft, editor, clock, version=2, key="rundgang")

    assert rows_of(Offering.key) == [("neu",), ("rundgang",)]


def test_texts_are_written_replaced_and_dropped(editor, clock):
    offering_id = an_offering()

    worded(offering_id, "ls", {"title": "Rund-Gang", "bring": "Nichts."}, editor, clock)
    told = worded(offering_id, "ls", {"title": "Rund-Gang"}, editor, clock, version=2)
    assert told == {"bring": ["Nichts.", ""]}
    worded(offering_id, "ls", {}, editor, clock, version=3)

    assert set(seen(offering_id, editor).texts) == {"de", "en"}
    with pytest.raises(TextsNeedTitle):
        worded(offering_id, "ls", {"summary": "Ohne Titel"}, editor, clock, version=4)


def test_a_public_offering_keeps_its_german_words(editor, clock):
    offering_id = an_offering(needs=(a_need(kind="host"),))

    with pytest.raises(NotReady) as refused:
        worded(offering_id, "de", GERMAN | {"summary": ""}, editor, clock)
    with pytest.raises(NotReady):
        changed(offering_id, editor, clock, audiences=())

    assert refused.value.faults == ("summary",)
    assert seen(offering_id, editor).texts["de"]["summary"]
    assert worded(offering_id, "en", dict.fromkeys(WORDS, ""), editor, clock)


def test_the_list_says_which_words_are_missing_in_which_language(editor):
    an_offering(key="a", texts={"de": GERMAN | {"bring": "Brille"}, "en": {"title": "Tour", "summary": "S"}})

    (line,) = unit_of_work(lambda: offering_lists.offerings(editor=editor, language="en"))

    assert line.title == "Tour"
    assert [(meter.language, meter.done, meter.missing) for meter in line.meters] == [
        ("de", 4, ()),
        ("en", 2, ("description", "bring")),
        ("ls", 0, ("title", "summary", "description", "bring")),
    ]
