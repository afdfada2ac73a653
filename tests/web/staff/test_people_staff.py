"""The admin's pages: who works here, inviting, editing with conflicts, deactivating; and nothing of one's own roles."""

import pytest

from booking.crew.queries import PAGE
from booking.people.models import Staff
from tests.builders import a_host, house_id
from tests.crew import (
    all_events,
    all_mails,
    edit,
    invited,
    joined,
    some_details,
    stored,
)
from tests.deeds.reading import rows_of
from tests.staff import a_programme, a_staff
from tests.web.ways import contents, statements

LIST, INVITE = "/de/intern/team", "/de/intern/team/einladen"
MIRA = {"name": "Mira Vogt", "email": "mira@example.org", "language": "de", "roles": ["desk"]}


@pytest.fixture
def admin(staff):
    return staff("admin", name="Vera Lind", email="vera@example.org", password_hash="x")


def names(page):
    return ["".join(one.itertext()).strip() for one in page.all("th") if one.get("scope") == "row"]


def at(staff_id, what=""):
    return f"{LIST}/{staff_id}{what}"


def error_at(page, name):
    (wrong,) = [one for one in page.all("p") if one.get("id") == f"{name}-error"]
    return " ".join("".join(wrong.itertext()).split())


def test_the_list_names_everybody_of_the_house_and_nobody_else(admin, clock):
    joined(clock, "desk")
    joined(clock, "desk", email="there@example.org", name="Zoe There", house=house_id("library"))

    page = admin.get(LIST)

    assert names(page) == ["Mira Vogt", "Vera Lind (Sie)"]
    assert "mira@example.org" in page.text


def test_the_list_is_filtered_by_address_alone_and_says_when_nobody_fits(admin, clock):
    joined(clock, "desk")
    invited(clock, "guide", email="emre@example.org", name="Emre S.")

    assert names(admin.get(f"{LIST}?role=guide")) == ["Emre S."]
    assert names(admin.get(f"{LIST}?state=invited&q=emre")) == ["Emre S."]
    assert names(admin.get(f"{LIST}?role=emperor&state=x&page=-1&q=mira")) == ["Mira Vogt"]
    nobody = admin.get(f"{LIST}?role=auditor&q=<script>")
    assert names(nobody) == []
    assert LIST in nobody.links()


def test_a_long_list_has_pages_and_takes_the_same_statements(admin, clock):
    admin.get(LIST)
    with statements() as few:
        admin.get(LIST)
    for number in range(PAGE + 3):
        a_staff("desk", name=f"Person {number:02}", email=f"p{number}@example.org")

    with statements() as many:
        first = admin.get(LIST)
    last = admin.get(next(one for one in first.links() if "page=2" in one))

    assert len(many) == len(few)
    assert (len(names(first)), len(names(last))) == (PAGE, 4)


def test_who_is_invited_is_on_the_list_and_gets_one_mail(admin, clock):
    page = admin.post(INVITE, admin.get(INVITE).fields() | MIRA)

    assert page.status == 200
    assert "mira@example.org" in page.text
    assert [(mail.kind, mail.recipient, mail.request_id != "") for mail in all_mails()] == [
        ("staff_invited", "mira@example.org", True)
    ]
    assert "eingeladen, bis Montag, 18. Januar 2027" in page.text


def test_a_coordinator_of_some_programmes_and_a_guide_with_a_host_are_invited(admin, clock):
    programme_id, host_id = a_programme(), a_host(first_name="Jona", last_name="See")
    form = admin.get(INVITE).fields() | MIRA
    form |= {"roles": ["coordinator", "guide"], "programmes": [str(programme_id)], "host_id": str(host_id)}

    admin.post(INVITE, form)

    (row,) = rows_of(Staff.id, where=Staff.email == "mira@example.org")
    details = stored(row[0], clock).details
    assert details.roles == {"coordinator", "guide"}
    assert details.programme_ids == {programme_id}
    assert (details.runs_all, details.host_id) == (False, host_id)


@pytest.mark.parametrize(
    ("typed", "field", "status"),
    [
        ({"email": "vera@example.org"}, "email", 409),
        ({"email": "VERA@example.org"}, "email", 409),
        ({"email": "no address"}, "email", 422),
        ({"name": ""}, "name", 422),
        ({"name": "x" * 101}, "name", 422),
        ({"roles": []}, "roles", 422),
        ({"roles": ["emperor"]}, "roles", 422),
        ({"roles": ["coordinator"]}, "runs_all", 422),
        ({"language": "fr"}, "language", 422),
        ({"host_id": "999999", "roles": ["guide"]}, "host_id", 422),
    ],
)
def test_what_cannot_be_is_told_at_the_field_keeps_what_was_typed_and_invites_nobody(
    app, admin, clock, typed, field, status
):
    a_host()
    before = contents(app, without=("attempt_count",))

    page = admin.post(INVITE, admin.get(INVITE).fields() | MIRA | typed)

    assert page.status == status
    assert error_at(page, field)
    assert contents(app, without=("attempt_count",)) == before
    shown = page.fields()
    assert shown["email"] == (typed.get("email", MIRA["email"])).lower()
    assert shown["name"] == typed.get("name", MIRA["name"])


def test_a_stranger_is_invited_a_handful_of_times_a_day(admin, clock):
    staff_id = invited(clock, "desk").staff_id

    pages = [
        admin.post(at(staff_id, "/erneut-einladen"), admin.get(at(staff_id)).fields(1)) for _ in range(6)
    ]

    assert [page.status for page in pages] == [200] * 5 + [429]
    assert len([mail for mail in all_mails() if mail.kind == "staff_invited"]) == 6


def test_somebody_is_edited_and_the_journal_has_no_name(admin, clock):
    staff_id = joined(clock, "desk")
    form = admin.get(at(staff_id)).fields()

    page = admin.post(at(staff_id), form | {"name": "Mira Sommer", "roles": ["guide", "desk"]})

    assert page.status == 200
    assert stored(staff_id, clock).details == some_details("guide", "desk", name="Mira Sommer")
    assert all_events()[-1].changes == {"roles": [["desk"], ["desk", "guide"]]}
    assert "Sommer" not in str([event.changes for event in all_events()])


def test_whoever_comes_second_sees_both_versions_and_may_save_the_own_one(admin, clock):
    staff_id = joined(clock, "desk")
    form = admin.get(at(staff_id)).fields() | {"name": "Mira A", "roles": ["desk"]}
    edit(staff_id, some_details("guide", name="Mira B"), clock)

    page = admin.post(at(staff_id), form)

    assert page.status == 409
    cells = ["".join(one.itertext()) for one in page.all("td")]
    assert cells[:2] == ["Mira A", "Mira B"]
    assert "Empfang" in cells
    assert "Guide" in cells
    assert stored(staff_id, clock).details.name == "Mira B"
    assert page.fields()["name"] == "Mira A"

    admin.post(at(staff_id), page.fields() | {"roles": ["desk"]})
    assert stored(staff_id, clock).details == some_details("desk", name="Mira A")


def test_an_admin_changes_the_own_name_alone(admin, clock):
    joined(clock, "admin")
    (me,) = [row[0] for row in rows_of(Staff.id, where=Staff.email == "vera@example.org")]
    form = admin.get(at(me)).fields()

    refused = admin.post(at(me), form | {"roles": ["admin", "coordinator"], "runs_all": "y"})
    assert refused.status == 409
    assert error_at(refused, "roles")
    assert at(me, "/deaktivieren") not in admin.get(at(me)).links()
    gate = admin.get(at(me, "/deaktivieren")).fields()
    assert admin.post(at(me, "/deaktivieren"), gate).status == 409

    saved = admin.post(at(me), form | {"name": "Vera Sommer", "roles": ["admin"]})
    assert saved.status == 200
    assert stored(me, clock).details.roles == {"admin"}


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999", "٣"])
def test_a_broken_version_saves_nothing(admin, clock, version):
    staff_id = joined(clock, "desk")

    page = admin.post(
        at(staff_id), admin.get(at(staff_id)).fields() | {"version": version, "roles": ["guide"]}
    )

    assert page.status in (409, 422)
    assert stored(staff_id, clock).details.roles == {"desk"}


def test_more_than_the_form_asks_for_is_not_taken(admin, clock):
    staff_id = joined(clock, "desk")
    form = admin.get(at(staff_id)).fields() | {"roles": ["desk"], "name": "Mira Sommer"}

    admin.post(
        at(staff_id), form | {"email": "evil@example.org", "password_hash": "x", "is_active": "", "id": "1"}
    )

    assert stored(staff_id, clock).email == "mira@example.org"
    assert stored(staff_id, clock).state == "active"
