"""Ideas and barrier reports, answered by staff: the mail before it leaves, two people at once, who may."""

import pytest

from booking.db import unit_of_work
from booking.errors import NotFound, Stale
from booking.messages.models import OutgoingMail
from booking.voices import answering
from tests.builders import house_id
from tests.deeds.reading import events, rows_of
from tests.voices import answer, shown, tell
from tests.web.staff.voice_ways import LIST, told

WORDS = "Thank you, we try it out."


def fields(page, **wanted):
    """Return the form of the answer as a browser would send it."""
    return page.fields(-1) | {"state": "taken_up", "words": WORDS} | wanted


def mails_of(kind):
    """Return the recipients of the mails of a kind."""
    return [who for is_kind, who in rows_of(OutgoingMail.kind, OutgoingMail.recipient) if is_kind == kind]


@pytest.fixture
def coordinator(staff):
    return staff("coordinator")


def test_the_mail_is_shown_before_it_leaves_and_leaves_once(coordinator, clock):
    href, voice_id = told(clock)
    first = coordinator.get(href)

    looked = coordinator.post(href, fields(first))
    before = (shown(voice_id).state, mails_of("voice_answered"))
    done = coordinator.post(href, looked.fields(-1) | {"state": "taken_up", "tell": "send"})

    assert "This sends mail to 1 person." in looked.text
    assert WORDS in looked.text
    assert before == ("new", [])
    assert "Our answer so far" in done.text
    assert WORDS in done.text
    assert (shown(voice_id).state, mails_of("voice_answered")) == ("taken_up", ["amina@example.org"])


def test_an_answer_that_changes_after_the_look_is_shown_again(coordinator, clock):
    href, voice_id = told(clock)
    looked = coordinator.post(href, fields(coordinator.get(href)))

    again = coordinator.post(href, looked.fields(-1) | {"state": "declined", "words": "No.", "tell": "send"})

    assert shown(voice_id).state == "new"
    assert mails_of("voice_answered") == []
    assert "No." in again.text
    assert "This sends mail to 1 person." in again.text


def test_the_mail_can_be_left_out(coordinator, clock):
    href, voice_id = told(clock)
    looked = coordinator.post(href, fields(coordinator.get(href)))

    coordinator.post(href, looked.fields(-1) | {"state": "taken_up", "tell": "not"})

    assert shown(voice_id).answer == WORDS
    assert mails_of("voice_answered") == []


def test_who_left_no_address_is_answered_at_once_without_a_mail(coordinator, clock):
    href, voice_id = told(clock, email="")

    coordinator.post(href, fields(coordinator.get(href)))

    assert shown(voice_id).state == "taken_up"
    assert mails_of("voice_answered") == []


def test_words_are_needed_unless_it_is_closed(coordinator, clock):
    href, voice_id = told(clock)
    first = coordinator.get(href)

    refused = coordinator.post(href, fields(first, words="  "))
    unchosen = {name: value for name, value in fields(first).items() if name != "state"}
    nothing = coordinator.post(href, unchosen)
    strange = coordinator.post(href, fields(first, state="erased"))

    assert (refused.status, nothing.status, strange.status) == (422, 422, 422)
    assert "Write what to tell the person" in refused.text
    assert "Choose what becomes of it." in nothing.text
    assert WORDS in nothing.text
    assert shown(voice_id).state == "new"
    coordinator.post(href, fields(first, words="", state="closed"))
    assert shown(voice_id).state == "closed"


def test_a_barrier_offers_no_invitation(coordinator, clock):
    href, _voice_id = told(clock, kind="barrier")

    page = coordinator.get(href)

    offered = {one.get("value") for one in page.all("input") if one.get("name") == "state"}
    assert offered == {"answered", "taken_up", "declined", "closed"}


def test_reading_is_a_button_and_opening_changes_nothing(coordinator, clock):
    href, voice_id = told(clock)

    page = coordinator.get(href)
    coordinator.get(f"{href}/read")
    before = shown(voice_id).state
    coordinator.post(f"{href}/read", {"csrf_token": page.fields(-2)["csrf_token"]})

    assert (before, shown(voice_id).state) == ("new", "read")
    assert events()[-1] == "voice.read"


def test_the_second_of_two_sees_both_answers_and_changes_nothing_until_pressing_again(staff, clock):
    href, voice_id = told(clock)
    first, second = staff("coordinator"), staff("coordinator")
    theirs, mine = first.get(href), second.get(href)
    clock.forward(minutes=1)
    looked = first.post(href, fields(theirs, words="We invite you.", state="invited"))
    first.post(href, looked.fields(-1) | {"state": "invited", "tell": "send"})

    conflict = second.post(href, fields(mine, words="No, thank you.", state="declined"))

    assert conflict.status == 409
    assert "We invite you." in conflict.text
    assert "No, thank you." in conflict.text
    assert shown(voice_id).answer == "We invite you."
    looked = second.post(href, conflict.fields(-1) | {"state": "declined"})
    second.post(href, looked.fields(-1) | {"state": "declined", "tell": "not"})
    assert (shown(voice_id).state, shown(voice_id).answer) == ("declined", "No, thank you.")


def test_who_comes_second_to_what_is_closed_still_reads_the_own_words(staff, clock):
    href, voice_id = told(clock)
    visitor = staff("coordinator")
    page = visitor.get(href)
    clock.forward(minutes=1)
    answer(voice_id, "closed", clock, "")

    conflict = visitor.post(href, fields(page, words="A long answer of mine."))

    assert conflict.status == 409
    assert "A long answer of mine." in conflict.text
    assert shown(voice_id).state == "closed"


def test_the_deed_itself_refuses_a_stale_version_and_another_house(app, clock):
    voice_id = tell(clock).voice_id
    given = {"actor": "staff:1", "now": clock()}
    seen = shown(voice_id).version

    with pytest.raises(NotFound):
        unit_of_work(
            lambda: answering.answer(
                voice_id, "taken_up", WORDS, seen=seen, house_id=house_id("library"), **given
            )
        )
    with pytest.raises(NotFound):
        unit_of_work(lambda: answering.read(voice_id, house_id=house_id("library"), **given))
    with pytest.raises(Stale):
        unit_of_work(
            lambda: answering.answer(
                voice_id, "taken_up", WORDS, seen=seen + 10, house_id=house_id(), **given
            )
        )
    assert shown(voice_id).state == "new"


def test_what_another_house_was_told_does_not_exist_here(coordinator, clock):
    href, voice_id = told(clock, key="library")

    assert coordinator.client.get(href).status_code == 404
    assert coordinator.client.post(href, data={"version": "1"}).status_code == 404
    assert shown(voice_id).reference not in coordinator.get(f"{LIST}?show=all").text


@pytest.mark.parametrize("role", ["guide", "expert", "desk", "admin", "auditor"])
def test_nobody_but_the_coordination_reads_what_was_told(staff, clock, role):
    href, _voice_id = told(clock)
    visitor = staff(role)

    assert [visitor.client.get(one).status_code for one in (LIST, href, f"{href}/read")] == [404] * 3
    assert visitor.client.post(href, data={}).status_code in (400, 404)


def test_the_history_stands_on_its_page(staff, clock):
    href, voice_id = told(clock)
    clock.forward(days=1)
    answer(voice_id, "taken_up", clock)

    text = staff("coordinator").get(href).text

    assert "said that we take it up." in text
    assert "A visitor told us something." in text
