"""An admin edits, deactivates and reactivates staff; nobody edits what they may do themselves."""

import pytest

from booking.crew import editing
from booking.crew.queries import DEACTIVATED
from booking.db import unit_of_work
from booking.errors import Stale
from booking.messages import outbox
from booking.people import staff_refusals as refusals
from tests.builders import a_host, house_id
from tests.crew import (
    ADMIN,
    PASSWORD,
    a_sign_in,
    all_events,
    deactivate,
    edit,
    fits,
    invited,
    is_signed_in,
    joined,
    opens,
    some_details,
    stored,
)
from tests.staff import a_programme


def test_whose_roles_change_is_signed_out_and_the_journal_says_old_and_new(app, clock):
    staff_id = joined(clock, "desk")
    token = a_sign_in(staff_id, clock)

    edit(staff_id, some_details("guide", "auditor"), clock)

    assert not is_signed_in(token, clock)
    last = all_events()[-1]
    assert (last.deed, last.actor, last.object_kind, last.object_id) == (
        "staff.changed",
        ADMIN,
        "staff",
        staff_id,
    )
    assert last.changes == {"roles": [["desk"], ["auditor", "guide"]]}


def test_whose_programmes_change_is_signed_out(app, clock):
    one, other = a_programme(), a_programme()
    staff_id = joined(clock, "coordinator", programme_ids=frozenset({one}))
    token = a_sign_in(staff_id, clock)

    edit(staff_id, some_details("coordinator", programme_ids=frozenset({other})), clock)

    assert not is_signed_in(token, clock)
    assert stored(staff_id, clock).details.programme_ids == {other}


def test_another_name_signs_nobody_out_and_stands_in_no_journal(app, clock):
    staff_id = joined(clock, "desk")
    token = a_sign_in(staff_id, clock)

    edit(staff_id, some_details("desk", name="Mira Sommer"), clock)

    assert is_signed_in(token, clock)
    assert all_events()[-1].changes == {}
    assert all_events()[-1].counts == {"renamed": 1}
    assert stored(staff_id, clock).details.name == "Mira Sommer"


def test_nothing_changed_is_no_event_and_no_new_version(app, clock):
    staff_id = joined(clock, "desk")
    before = (stored(staff_id, clock).version, len(all_events()))

    edit(staff_id, some_details("desk"), clock)

    assert (stored(staff_id, clock).version, len(all_events())) == before


def test_whoever_comes_second_is_told_and_changes_nothing(app, clock):
    staff_id = joined(clock, "desk")
    seen = stored(staff_id, clock).version
    edit(staff_id, some_details("guide"), clock, version=seen)

    with pytest.raises(Stale):
        edit(staff_id, some_details("auditor"), clock, version=seen)
    with pytest.raises(Stale):
        deactivate(staff_id, clock, version=seen)

    assert stored(staff_id, clock).details.roles == {"guide"}


def test_an_admin_does_not_change_the_own_roles_nor_programmes_but_the_own_name(app, clock):
    joined(clock, "admin", email="other@example.org")
    staff_id = joined(clock, "admin")
    mine = {"actor": f"staff:{staff_id}"}

    for details in (some_details("admin", "coordinator"), some_details("desk")):
        with pytest.raises(refusals.OwnRole):
            edit(staff_id, details, clock, **mine)
    edit(staff_id, some_details("admin", name="Mira Sommer"), clock, **mine)
    with pytest.raises(refusals.OwnAccount):
        deactivate(staff_id, clock, **mine)

    assert stored(staff_id, clock).details == some_details("admin", name="Mira Sommer")


def test_the_last_admin_of_a_house_stays(app, clock):
    joined(clock, "admin", house=house_id("library"))
    invited(clock, "admin", email="invited@example.org")  # who has not joined cannot let anybody in
    staff_id = joined(clock, "admin", email="last@example.org")

    with pytest.raises(refusals.LastAdmin):
        edit(staff_id, some_details("desk"), clock)
    with pytest.raises(refusals.LastAdmin):
        deactivate(staff_id, clock)

    joined(clock, "admin", email="next@example.org")
    deactivate(staff_id, clock)
    assert stored(staff_id, clock).state == DEACTIVATED


def test_who_is_deactivated_is_out_at_once(app, clock):
    staff_id = joined(clock, "desk")
    token = a_sign_in(staff_id, clock)

    deactivate(staff_id, clock)

    assert not is_signed_in(token, clock)
    assert not fits(PASSWORD)
    with pytest.raises(refusals.NotActive):
        edit(staff_id, some_details("guide"), clock)


def test_a_deactivated_invitation_opens_nothing_and_its_mail_does_not_leave(app, clock):
    one = invited(clock, "desk")

    deactivate(one.staff_id, clock)

    assert opens(one.link_id, clock) is None
    assert unit_of_work(lambda: outbox.lease_next(now=clock())) is None


def test_who_is_reactivated_has_the_roles_and_the_password_from_before(app, clock):
    staff_id = joined(clock, "guide", host_id=a_host())
    before = stored(staff_id, clock).details
    deactivate(staff_id, clock)

    unit_of_work(
        lambda: editing.reactivate(
            staff_id, version=stored(staff_id, clock).version, house_id=house_id(), actor=ADMIN, now=clock()
        )
    )

    assert stored(staff_id, clock).details == before
    assert fits(PASSWORD)
