"""People tell us ideas and barriers: kept once, answered, deleted; the house hears of each."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func

from booking.catalogue import service as catalogue
from booking.db import unit_of_work
from booking.errors import Gone, NotFound
from booking.journal.models import Event
from booking.links import queries as links
from booking.messages import outbox
from booking.messages.models import OutgoingMail
from booking.voices import queries, retention, rules, service
from booking.voices.models import Voice
from booking.voices.refusals import FormUsed, NotAnswerable, UnknownTopic
from tests.builders import an_offering, house_id
from tests.deeds.post import Carrier, deliver, leased
from tests.deeds.reading import rows_of
from tests.voices import answer, said, shown, tell, the_house

SECOND = timedelta(seconds=1)


def mails():
    return rows_of(OutgoingMail.kind, OutgoingMail.recipient, OutgoingMail.language)


def opened(link_id, *, now, key="leipzig"):
    return links.subject_of(link_id, purpose="voice", house_id=house_id(key), now=now)


@pytest.fixture
def topic(app):
    """A topic of the house with a consultation, a workshop and a tour."""
    house = house_id()

    def deed():
        return catalogue.enter_topic("ai", {"de": "Künstliche Intelligenz", "en": "AI"}, house_id=house)

    topic_id = unit_of_work(deed)
    for kind in ("consultation", "workshop", "tour"):
        an_offering(key=f"ai-{kind}", kind=kind, topic_ids=(topic_id,))
    return topic_id


def test_an_idea_is_kept_and_both_the_person_and_the_house_get_a_mail(app, clock):
    told = tell(clock)

    assert rows_of(Voice.kind, Voice.state, Voice.words) == [("idea", "new", said().words)]
    assert mails() == [
        ("voice_received", "amina@example.org", "de"),
        ("voice_for_house", the_house().email, "de"),
    ]
    assert unit_of_work(lambda: opened(told.link_id, now=clock())) == told.voice_id
    assert rows_of(Event.deed, Event.object_kind, Event.counts) == [("voice.told", "idea", {})]


def test_a_barrier_can_be_reported_without_name_and_address(app, clock):
    tell(clock, kind="barrier", name="", email="", page="/de/programm")

    assert [kind for kind, *_ in mails()] == ["voice_for_house"]
    assert rows_of(Voice.page, Voice.who) == [("/de/programm", "")]


def test_the_same_form_sent_twice_is_one_idea_and_one_receipt(app, clock):
    first = tell(clock, once="the-form")

    assert tell(clock, once="the-form") == first
    assert rows_of(func.count(Voice.id)) == [(1,)]
    assert len(mails()) == 2
    assert len(rows_of(Event.id)) == 1


@pytest.mark.parametrize(
    "other", [{"words": "Etwas anderes."}, {"email": "zoe@example.org"}, {"who": "science"}]
)
def test_the_same_form_with_other_content_is_refused(app, clock, other):
    tell(clock, once="the-form")

    with pytest.raises(FormUsed):
        tell(clock, once="the-form", **other)

    assert len(mails()) == 2


def test_the_form_of_one_house_opens_nothing_in_the_other(app, clock):
    tell(clock, once="the-form")

    with pytest.raises(FormUsed):
        tell(clock, once="the-form", key="library")


def test_an_idea_can_belong_to_a_topic_of_its_house_alone(topic, clock):
    told = tell(clock, topic="ai")

    assert shown(told.voice_id).topic["en"] == "AI"
    for wanted in ({"topic": "unheard-of"}, {"topic": "ai", "key": "library"}):
        with pytest.raises(UnknownTopic):
            tell(clock, **wanted)


def test_a_house_that_has_had_enough_mails_still_has_the_idea(app, clock):
    house = the_house()

    wanted = partial(service.tell, said(email=""), house=house, once="x", now=clock())
    unit_of_work(partial(wanted, tells_house=lambda: False))

    assert mails() == []
    assert len(unit_of_work(lambda: queries.of_house(house.id, is_open=True))) == 1


def test_an_answer_is_mailed_and_the_link_lives_on(app, clock):
    told = tell(clock)
    later = clock.forward(days=100)

    answer(told.voice_id, "taken_up", clock, "  Wir bauen zwei davon.  ")

    page = shown(told.voice_id)
    assert (page.state, page.answer, page.answered_at) == ("taken_up", "Wir bauen zwei davon.", later)
    assert mails()[-1] == ("voice_answered", "amina@example.org", "de")
    until = rules.kept_until("idea", later)
    assert unit_of_work(lambda: opened(told.link_id, now=until - SECOND)) == told.voice_id


def test_an_invitation_names_where_one_can_talk_about_it(topic, clock):
    told = tell(clock, topic="ai")

    answer(told.voice_id, "invited", clock)

    (facts,) = rows_of(OutgoingMail.facts, where=OutgoingMail.kind == "voice_answered")[0]
    assert [one["key"] for one in facts["meetings"]] == ["ai-consultation", "ai-workshop"]


def test_without_an_address_an_answer_stands_on_the_page_alone(app, clock):
    told = tell(clock, email="")

    answer(told.voice_id, "answered", clock)

    assert [kind for kind, *_ in mails()] == ["voice_for_house"]
    assert shown(told.voice_id).answer == "Das probieren wir aus."


def test_what_is_closed_is_answered_no_more_and_a_barrier_is_no_invitation(app, clock):
    idea, barrier = tell(clock), tell(clock, kind="barrier")
    answer(idea.voice_id, "closed", clock, "")

    for voice_id, state, words in (
        (idea.voice_id, "answered", "Doch."),
        (barrier.voice_id, "invited", "Kommen Sie."),
        (barrier.voice_id, "answered", "   "),
    ):
        with pytest.raises(NotAnswerable):
            answer(voice_id, state, clock, words)
    assert "voice_answered" not in [kind for kind, *_ in mails()]


def test_reading_is_noted_once(app, clock):
    told = tell(clock)
    for _ in range(2):
        unit_of_work(partial(service.read, told.voice_id, actor="staff:1", now=clock.forward(hours=1)))

    assert rows_of(Event.deed) == [("voice.told",), ("voice.read",)]
    assert shown(told.voice_id).state == "read"


def test_deleting_leaves_nothing_but_the_count_and_sends_nothing_more(app, clock):
    told = tell(clock)

    unit_of_work(partial(service.erase, told.voice_id, now=clock()))

    carrier = Carrier()
    deliver(carrier, clock)
    assert carrier.carried == []
    assert rows_of(func.count(Voice.id)) == [(0,)]
    assert rows_of(OutgoingMail.recipient, OutgoingMail.facts) == [("", {}), ("", {})]
    assert rows_of(Event.deed) == [("voice.told",), ("voice.erased",)]
    with pytest.raises(Gone):
        unit_of_work(lambda: opened(told.link_id, now=clock()))
    with pytest.raises(NotFound):
        shown(told.voice_id)


@pytest.mark.parametrize("ending", ["passing fault", "killed worker"])
def test_mails_on_their_way_are_forgotten_with_it_and_not_sent_again(app, clock, ending):
    told = tell(clock)
    on_their_way = [leased(clock), leased(clock)]
    unit_of_work(partial(service.erase, told.voice_id, now=clock()))

    if ending == "passing fault":
        for mail in on_their_way:
            unit_of_work(partial(outbox.mark_later, mail, "451 try later", now=clock()))
    clock.forward(hours=1)

    carrier = Carrier()
    deliver(carrier, clock)
    assert carrier.tried == []
    assert (
        rows_of(OutgoingMail.state, OutgoingMail.recipient, OutgoingMail.facts) == [("skipped", "", {})] * 2
    )


def test_mails_that_have_left_are_forgotten_with_it(app, clock):
    told = tell(clock)
    deliver(Carrier(), clock)

    unit_of_work(partial(service.erase, told.voice_id, now=clock()))

    assert rows_of(OutgoingMail.state, OutgoingMail.recipient, OutgoingMail.facts) == [("sent", "", {})] * 2


@pytest.mark.parametrize("kind", ["idea", "barrier"])
def test_it_is_kept_until_the_day_that_people_are_shown_and_not_a_second_longer(app, clock, kind):
    told = tell(clock, kind=kind)
    until = shown(told.voice_id).kept_until

    assert retention.run(now=until - SECOND) == 0
    assert unit_of_work(lambda: opened(told.link_id, now=until - SECOND)) == told.voice_id

    assert retention.run(now=until) == 1
    assert retention.run(now=until) == 0
    assert rows_of(func.count(Voice.id)) == [(0,)]
    assert rows_of(OutgoingMail.recipient) == [("",), ("",)]
    assert rows_of(Event.deed)[-1] == ("voice.expired",)


def test_an_answer_begins_the_time_anew(app, clock):
    told = tell(clock)
    clock.forward(days=170)
    answer(told.voice_id, "answered", clock)

    assert retention.run(now=clock.forward(days=20)) == 0
    assert shown(told.voice_id).state == "answered"
