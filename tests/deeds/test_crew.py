"""Staff are invited and join, once; lists show them, and another house never does."""

import pytest

from booking.crew import editing, inviting, queries
from booking.crew.queries import ACTIVE, DEACTIVATED, INVITED, LAPSED, Wanted
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.messages.facts import STAFF_INVITED
from booking.people import staff_refusals as refusals
from tests.builders import a_host, house_id
from tests.crew import (
    ADMIN,
    PASSWORD,
    all_mails,
    deactivate,
    fits,
    invited,
    joined,
    opens,
    some_details,
    stored,
)
from tests.staff import a_programme


def test_an_invitation_is_one_mail_with_a_link_for_a_week(app, clock):
    one = invited(clock, "desk")

    (mail,) = all_mails()
    assert (mail.kind, mail.recipient, mail.language) == (STAFF_INVITED, "mira@example.org", "de")
    assert mail.facts["link_id"] == one.link_id
    assert opens(one.link_id, clock) == one.staff_id
    assert stored(one.staff_id, clock).state == INVITED
    clock.forward(days=7)
    assert stored(one.staff_id, clock).state == LAPSED


def test_who_accepts_signs_in_with_the_chosen_password_and_the_link_is_used_up(app, clock):
    one = invited(clock, "desk")

    unit_of_work(lambda: inviting.accept(one.staff_id, PASSWORD, house_id=house_id(), now=clock()))

    assert stored(one.staff_id, clock).state == ACTIVE
    assert fits(PASSWORD)
    assert not fits(PASSWORD + "!")
    with pytest.raises(refusals.LinkOver):
        unit_of_work(
            lambda: inviting.accept(one.staff_id, "ein anderes Wort", house_id=house_id(), now=clock())
        )


def test_a_newer_invitation_ends_the_older_one_and_its_mail(app, clock):
    old = invited(clock, "desk")

    new = unit_of_work(
        lambda: inviting.invite_again(old.staff_id, house_id=house_id(), actor=ADMIN, now=clock())
    )

    assert opens(new.link_id, clock) == old.staff_id
    assert opens(old.link_id, clock) is None
    assert [mail.state for mail in all_mails()] == ["skipped", "owed"]


def test_who_has_joined_is_not_invited_again(app, clock):
    staff_id = joined(clock, "desk")

    with pytest.raises(refusals.NotInvited):
        unit_of_work(lambda: inviting.invite_again(staff_id, house_id=house_id(), actor=ADMIN, now=clock()))


def test_one_address_is_one_person_of_a_house_and_may_be_another_of_a_second_house(app, clock):
    invited(clock, "desk")

    with pytest.raises(refusals.AddressInUse):
        invited(clock, "guide", email="MIRA@example.org")
    other = invited(clock, "admin", house=house_id("library"))
    assert stored(other.staff_id, clock, house=house_id("library")).details.roles == {"admin"}


def test_a_host_has_one_sign_in_and_a_successor_gets_that_of_who_left(app, clock):
    host_id = a_host()
    first = joined(clock, "guide", host_id=host_id)
    with pytest.raises(refusals.HostTaken):
        invited(clock, "guide", email="second@example.org", host_id=host_id)

    deactivate(first, clock)
    second = invited(clock, "guide", email="second@example.org", host_id=host_id)

    assert stored(second.staff_id, clock).details.host_id == host_id
    assert stored(first, clock).details.host_id is None


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        (some_details("desk", roles=frozenset()), refusals.NoRole),
        (some_details("coordinator", runs_all=False), refusals.NoProgramme),
        (some_details("guide", host_id=987_654), refusals.UnknownHost),
        (
            some_details("coordinator", programme_ids=frozenset({987_654}), runs_all=False),
            refusals.UnknownProgramme,
        ),
    ],
)
def test_what_does_not_fit_together_is_refused_and_leaves_nothing(app, clock, details, refusal):
    with pytest.raises(refusal):
        unit_of_work(
            lambda: inviting.invite(
                details, email="a@example.org", house_id=house_id(), actor=ADMIN, now=clock()
            )
        )

    assert all_mails() == []
    assert unit_of_work(lambda: queries.members(house_id(), Wanted(), now=clock())) == ([], 0)


def test_hosts_and_programmes_of_another_house_are_unknown_here(app, clock):
    other = house_id("library")

    with pytest.raises(refusals.UnknownHost):
        invited(clock, "guide", host_id=a_host(house_id=other))
    with pytest.raises(refusals.UnknownProgramme):
        invited(clock, "coordinator", programme_ids=frozenset({a_programme(house_id=other)}))


def test_what_no_role_asks_for_is_not_kept(app, clock):
    one = invited(clock, "desk", host_id=a_host(), runs_all=True)

    assert stored(one.staff_id, clock).details == some_details("desk")


def test_staff_of_another_house_are_not_found(app, clock):
    other = house_id("library")
    staff_id = joined(clock, "desk", house=other)
    here = {"house_id": house_id(), "actor": "system", "now": clock()}

    for deed in (
        lambda: editing.edit(staff_id, some_details("guide"), version=2, **here),
        lambda: editing.deactivate(staff_id, version=2, **here),
        lambda: editing.reactivate(staff_id, version=2, **here),
        lambda: editing.edit_own(
            staff_id, name="X", language="de", version=1, house_id=house_id(), now=clock()
        ),
        lambda: inviting.invite_again(staff_id, **here),
        lambda: inviting.accept(staff_id, PASSWORD, house_id=house_id(), now=clock()),
    ):
        with pytest.raises(NotFound):
            unit_of_work(deed)

    assert stored(staff_id, clock, house=other).details == some_details("desk")
    assert unit_of_work(lambda: queries.names([staff_id], house_id=house_id())) == {}


def test_a_list_is_filtered_by_role_state_and_letters(app, clock):
    joined(clock, "desk", email="bruno@example.org", name="Bruno Öztürk")
    joined(clock, "coordinator", "admin", email="dana@example.org", name="Dana Wolf")
    late = invited(clock, "desk", email="late@example.org", name="Amina Kaya").staff_id
    clock.forward(days=8)
    invited(clock, "guide", email="emre@example.org", name="Emre 100% S.")
    deactivate(late, clock)

    def names(**wanted):
        found, many = unit_of_work(lambda: queries.members(house_id(), Wanted(**wanted), now=clock()))
        assert many == len(found)
        return [one.details.name for one in found]

    assert names() == ["Amina Kaya", "Bruno Öztürk", "Dana Wolf", "Emre 100% S."]
    assert names(role="desk") == ["Amina Kaya", "Bruno Öztürk"]
    assert names(state=ACTIVE) == ["Bruno Öztürk", "Dana Wolf"]
    assert names(state=INVITED) == ["Emre 100% S."]
    assert names(state=DEACTIVATED) == ["Amina Kaya"]
    assert names(words="öztürk") == names(words="BRUNO@") == ["Bruno Öztürk"]
    assert names(words="100%") == ["Emre 100% S."]
    assert names(words="%") == ["Emre 100% S."]
    assert names(role="desk", state=ACTIVE, words="dana") == []
