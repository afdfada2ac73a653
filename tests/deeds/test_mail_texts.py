"""Deeds: a house words passages of its mails itself, for the house or for one offering."""

import pytest
from sqlalchemy import select, update

from booking.bookings.delivering import deliver_due
from booking.db import execute, unit_of_work
from booking.errors import NotFound, Stale
from booking.journal.models import Event
from booking.messages import house_texts, text_queries
from booking.messages.models import OutgoingMail
from booking.messages.staff_refusals import UnfitText
from booking.messages.text_models import MailText
from booking.web.writing import Letters
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.deeds.post import Carrier

ACTOR = "staff:7"


def word(kind, texts, clock, *, language="de", offering_id=None, version=0, house=None):
    return unit_of_work(
        lambda: house_texts.save(
            kind,
            language,
            texts,
            house_id=house or house_id(),
            offering_id=offering_id,
            version=version,
            actor=ACTOR,
            now=clock(),
        )
    )


def entered(kind="confirmation", language="de", *, offering_id=None, house=None):
    return text_queries.texts(kind, language, house_id=house or house_id(), offering_id=offering_id)


def told(offering_key="", *, kind="confirmation", language="de", house=None):
    return text_queries.own_words(
        house_id=house or house_id(), kind=kind, language=language, offering_key=offering_key
    )


def test_the_nearest_words_win_passage_by_passage(app, clock):
    offering_id = an_offering(key="own-words")
    word("every", {"closing": "house, every", "signature": "house, every"}, clock)
    word("every", {"signature": "offering, every"}, clock, offering_id=offering_id)
    word("confirmation", {"closing": "house, kind", "opening": "house, kind"}, clock)
    word("confirmation", {"opening": "offering, kind"}, clock, offering_id=offering_id)

    assert told("own-words") == {
        "opening": "offering, kind",
        "closing": "house, kind",
        "signature": "offering, every",
    }
    assert told("another") == {
        "opening": "house, kind",
        "closing": "house, kind",
        "signature": "house, every",
    }
    assert told("own-words", kind="moved")["closing"] == "house, every"
    assert told("own-words", language="en") == {}


def test_an_empty_passage_gives_the_standard_text_back(app, clock):
    word("confirmation", {"opening": "Hello", "extra": "More"}, clock)
    word("confirmation", {"opening": "", "extra": "More"}, clock, version=entered().version)

    assert told() == {"extra": "More"}


def test_the_second_of_two_who_edit_changes_nothing(app, clock):
    word("confirmation", {"opening": "first"}, clock)
    seen = entered().version
    word("confirmation", {"opening": "second"}, clock, version=seen)

    for stale in (seen, 0):
        with pytest.raises(Stale):
            word("confirmation", {"opening": "third"}, clock, version=stale)
    assert told() == {"opening": "second"}


def test_the_same_words_again_are_no_change(app, clock):
    assert word("confirmation", {"opening": "first"}, clock)
    assert not word("confirmation", {"opening": "first"}, clock, version=entered().version)
    assert len(execute(select(Event.id).where(Event.deed == "mail_text.changed")).all()) == 1


@pytest.mark.parametrize("texts", [{"opening": "{nmae}"}, {"opening": "{"}, {"subject": "x" * 151}])
def test_what_no_mail_could_carry_is_refused(app, clock, texts):
    with pytest.raises(UnfitText):
        word("confirmation", texts, clock)
    assert entered().version == 0


def test_a_passage_that_a_mail_does_not_have_is_passed_over(app, clock):
    word("every", {"closing": "Bye", "subject": "Never"}, clock)

    assert told() == {"closing": "Bye"}


@pytest.mark.parametrize(("kind", "language"), [("task", "de"), ("unheard", "de"), ("confirmation", "fr")])
def test_a_mail_or_language_that_has_no_own_words_is_not_found(app, clock, kind, language):
    with pytest.raises(NotFound):
        word(kind, {"opening": "x"}, clock, language=language)


def test_houses_do_not_hear_each_other(app, clock):
    offering_id, other = an_offering(key="shared-key"), house_id("library")
    an_offering(key="shared-key", house_id=other)
    word("confirmation", {"opening": "ours"}, clock, offering_id=offering_id)
    word("moved", {"opening": "ours"}, clock)

    assert told("shared-key", house=other) == {}
    assert told("shared-key", kind="moved", house=other) == {}
    assert entered(offering_id=offering_id, house=other).version == 0
    assert text_queries.counts(house_id=other) == []
    with pytest.raises(NotFound):
        word("confirmation", {"opening": "theirs"}, clock, offering_id=offering_id, house=other)
    with pytest.raises(NotFound):
        text_queries.offering(offering_id, house_id=other, language="de")


def test_the_journal_tells_old_and_new_but_not_what_may_name_people(app, clock):
    word("confirmation", {"opening": "Hello {name}", "signature": "Your Dana"}, clock)
    word("confirmation", {"opening": "Hi {name}", "signature": ""}, clock, version=entered().version)

    events = execute(select(Event).where(Event.deed == "mail_text.changed").order_by(Event.id)).all()
    assert [event.changes for event in events] == [
        {"opening": ["", "Hello {name}"], "signature": [0, 9]},
        {"opening": ["Hello {name}", "Hi {name}"], "signature": [9, 0]},
    ]
    assert {event.actor for event in events} == {ACTOR}


def test_own_words_are_read_when_the_mail_is_written(app, clock):
    a_booking(an_occurrence(clock), clock, name="Amina {phone} Kaya")
    word("confirmation", {"subject": "See you: {reference}", "opening": "Moin {name}!"}, clock)
    carrier = Carrier()

    deliver_due(carrier, Letters(), clock=clock)

    (letter,) = carrier.carried
    assert letter.subject.startswith("See you: ")
    assert "Moin Amina {phone} Kaya!" in letter.text
    assert "Moin Amina {phone} Kaya!" in letter.html


def test_a_broken_text_never_stops_a_mail_and_staff_are_told(app, clock):
    """It was fine when it was entered; a later version of the platform may know other placeholders."""
    a_booking(an_occurrence(clock), clock)
    word("confirmation", {"opening": "Hello", "subject": "Hello", "extra": "Bring tea"}, clock)
    broken = {"opening": "{gone}", "subject": "}{"}
    unit_of_work(lambda: execute(update(MailText).values(**broken)))
    carrier = Carrier()

    deliver_due(carrier, Letters(), clock=clock)

    (letter,) = carrier.carried
    assert letter.subject.startswith("Bestätigt: Rundgang")
    assert "wir freuen uns" in " ".join(letter.text.split()).lower()
    assert "Bring tea" in letter.text
    mail = execute(select(OutgoingMail)).one()
    assert (mail.state, mail.fault) == ("sent", "own words: opening, own words: subject")
