"""A new password comes by mail or with the present one, ends every sign-in and link, and is told to its person."""

import pytest

from booking.bookings.delivering import deliver_due
from booking.crew import resetting, retention
from booking.crew.rules import KEPT_AFTER_LEAVING
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.links import queries as links
from booking.messages.facts import STAFF_INVITED, STAFF_RESET, STAFF_WARNED
from booking.people import passwords
from booking.people import staff_refusals as refusals
from booking.people.models import SignIn, Staff
from booking.people.queries import digest
from tests.builders import house_id
from tests.crew import (
    NEXT_PASSWORD,
    PASSWORD,
    a_sign_in,
    all_events,
    all_mails,
    deactivate,
    fits,
    invited,
    is_signed_in,
    joined,
    opens,
    stored,
)
from tests.deeds.reading import rows_of

MIRA = "mira@example.org"


class Post:
    """A mail server that keeps what it is handed."""

    def __init__(self):
        self.letters = []

    def send(self, letter):
        self.letters.append(letter)

    def close(self):
        pass


def ask(email, clock, key="leipzig"):
    place = house_id(key)
    unit_of_work(lambda: resetting.ask(email, house_id=place, language="de", now=clock()))


def delivered(app, clock):
    post = Post()
    deliver_due(post, app.extensions["booking_letters"], clock=clock)
    return [(letter.recipient.email, letter.subject) for letter in post.letters]


def reset_link(staff_id):
    return unit_of_work(lambda: links.newest("reset", subject_id=staff_id))


def a_link(staff_id, clock):
    return unit_of_work(lambda: resetting.link(staff_id, house_id=house_id(), now=clock()))


def choose(staff_id, clock, password=NEXT_PASSWORD, *, link_id=None):
    by = link_id or a_link(staff_id, clock)
    unit_of_work(lambda: resetting.choose(staff_id, password, link_id=by, house_id=house_id(), now=clock()))


def test_asking_writes_the_same_for_every_address_and_only_a_known_one_gets_a_mail(app, clock):
    joined(clock, "desk")
    unit_of_work(lambda: None)
    known = len(all_mails())
    ask(MIRA, clock)
    ask("stranger@example.org", clock)

    one, other = all_mails()[known:]
    assert (
        (one.kind, one.facts, one.state)
        == (other.kind, other.facts, other.state)
        == (STAFF_RESET, {}, "owed")
    )
    sent = delivered(app, clock)
    assert [email for email, subject in sent if "Passwort" in subject or "password" in subject] == [MIRA]
    assert [mail.state for mail in all_mails()[known:]] == ["sent", "skipped"]
    assert [mail.recipient for mail in all_mails()[known:]] == ["", ""]


def test_the_link_lasts_an_hour_and_a_newer_one_ends_it(app, clock):
    staff_id = joined(clock, "desk")
    ask(MIRA, clock)
    delivered(app, clock)
    old = reset_link(staff_id)
    assert opens(old, clock, purpose="reset") == staff_id

    clock.forward(minutes=5)
    ask(MIRA, clock)
    delivered(app, clock)
    new = reset_link(staff_id)

    assert opens(old, clock, purpose="reset") is None
    assert opens(new, clock, purpose="reset") == staff_id
    clock.forward(hours=1)
    assert opens(new, clock, purpose="reset") is None


def test_an_address_of_another_house_or_of_somebody_deactivated_gets_no_mail(app, clock):
    joined(clock, "desk", email="there@example.org", house=house_id("library"))
    deactivate(joined(clock, "desk"), clock)
    delivered(app, clock)

    ask("there@example.org", clock)
    ask(MIRA, clock)

    assert delivered(app, clock) == []


def test_who_has_not_joined_yet_joins_by_the_reset_link_and_the_invitation_ends(app, clock):
    one = invited(clock, "desk")

    choose(one.staff_id, clock)

    assert fits(NEXT_PASSWORD)
    assert opens(one.link_id, clock) is None
    assert [mail.kind for mail in all_mails()] == [STAFF_INVITED]


def test_a_new_password_ends_every_sign_in_and_link_and_is_told(app, clock):
    staff_id = joined(clock, "desk")
    tokens = [a_sign_in(staff_id, clock), a_sign_in(staff_id, clock)]
    link_id = a_link(staff_id, clock)

    choose(staff_id, clock, link_id=link_id)

    assert fits(NEXT_PASSWORD)
    assert not fits(PASSWORD)
    assert not any(is_signed_in(token, clock) for token in tokens)
    assert opens(link_id, clock, purpose="reset") is None
    assert [mail.kind for mail in all_mails()][-1] == STAFF_WARNED
    assert all_events()[-1].deed == "staff.password_reset"


def test_a_password_is_changed_with_the_present_one_alone(app, clock):
    staff_id = joined(clock, "desk")
    token = a_sign_in(staff_id, clock)
    here = {"house_id": house_id(), "now": clock()}

    with pytest.raises(refusals.WrongPassword):
        unit_of_work(lambda: resetting.change(staff_id, "another one here", NEXT_PASSWORD, **here))
    assert fits(PASSWORD)
    assert is_signed_in(token, clock)

    unit_of_work(lambda: resetting.change(staff_id, PASSWORD, NEXT_PASSWORD, **here))
    assert fits(NEXT_PASSWORD)
    assert not is_signed_in(token, clock)


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("zu kurz", refusals.TooShort),
        (MIRA, refusals.TooPersonal),
        ("passwort12345", refusals.TooCommon),
        ("x" * 201, refusals.TooLong),
    ],
)
def test_a_password_that_is_tried_first_is_refused_and_the_old_one_stays(app, clock, password, refusal):
    staff_id = joined(clock, "desk")

    with pytest.raises(refusal):
        choose(staff_id, clock, password)

    assert fits(PASSWORD)


def test_who_was_deactivated_chooses_no_password(app, clock):
    staff_id = joined(clock, "desk")
    link_id = a_link(staff_id, clock)
    deactivate(staff_id, clock)

    with pytest.raises(refusals.LinkOver):
        choose(staff_id, clock, link_id=link_id)
    with pytest.raises(refusals.NotActive):
        unit_of_work(lambda: resetting.link(staff_id, house_id=house_id(), now=clock()))


def test_a_password_is_kept_as_argon2id_and_nobody_elses_looks_alike(app, clock):
    joined(clock, "desk")
    joined(clock, "desk", email="second@example.org")

    kept = [row[0] for row in rows_of(Staff.password_hash)]

    assert all(one.startswith("$argon2id$v=19$m=19456,t=4,p=1$") for one in kept)
    assert len(set(kept)) == 2
    assert passwords.fits("drei Enten im Teich", kept[0])
    assert passwords.fits(PASSWORD, "") is False
    assert passwords.fits("", "") is False


def test_who_left_is_forgotten_after_a_time_and_the_journal_keeps_the_id(app, clock):
    staff_id = joined(clock, "desk")
    deactivate(staff_id, clock)
    clock.forward(seconds=KEPT_AFTER_LEAVING.total_seconds() - 1)
    assert retention.run(now=clock()) == 0
    assert stored(staff_id, clock).email == MIRA

    clock.forward(seconds=1)
    assert retention.run(now=clock()) == 1
    assert retention.run(now=clock()) == 0

    columns = (Staff.name, Staff.email, Staff.password_hash, Staff.host_id, Staff.erased_at)
    assert rows_of(*columns) == [("", f"erased-{staff_id}", "", None, clock())]
    with pytest.raises(NotFound):
        stored(staff_id, clock)
    texts = [str(mail.facts) + mail.recipient for mail in all_mails()]
    assert not any("ira" in text for text in texts)
    assert all_events()[-1].object_id == staff_id


def test_who_was_reactivated_is_not_forgotten(app, clock):
    from booking.crew import editing

    staff_id = joined(clock, "desk")
    deactivate(staff_id, clock)
    clock.forward(days=80)
    seen = stored(staff_id, clock).version
    unit_of_work(
        lambda: editing.reactivate(staff_id, version=seen, house_id=house_id(), actor="system", now=clock())
    )

    assert retention.run(now=clock.forward(days=80)) == 0
    assert stored(staff_id, clock).email == MIRA


def test_sign_ins_that_have_ended_are_swept(app, clock):
    staff_id = joined(clock, "desk")
    a_sign_in(staff_id, clock)
    clock.forward(hours=2)
    lasting = a_sign_in(staff_id, clock)
    clock.forward(hours=1)

    retention.run(now=clock())

    assert [row[0] for row in rows_of(SignIn.id)] == [digest(lasting)]
