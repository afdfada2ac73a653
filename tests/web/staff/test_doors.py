"""Every staff route × every role × own and foreign objects: what is not permitted is 404 and changes nothing.

The routes come from the map of addresses, so new ones are walked as soon as they are there.
"""

import pytest

from booking.people.permissions import PERMISSIONS, ROLES
from tests.staff import signed_in
from tests.visitors import Visitor
from tests.web.staff.corners import Corner
from tests.web.staff.walk import doors, inner_doors, somebody
from tests.web.ways import contents

COUNTED = ("attempt_count",)  # attempts are counted whoever tries
OF_MEETING = ("guide", "expert")
HIDDEN = {
    ("staff.own_cancel", "expert"): "consultations alone; the walk's date is a tour",
    ("staff.own_move", "expert"): "consultations alone; the walk's date is a tour",
    ("staff.series_page", "guide"): "who gives dates sees them one by one",
    ("staff.series_page", "expert"): "who gives dates sees them one by one",
}
"""What a role does not find although the permission is there, and why."""


@pytest.fixture
def own(app, clock):
    return Corner(clock)


@pytest.fixture
def other(app, clock):
    """The same house, another programme, another host."""
    return Corner(clock)


@pytest.fixture
def foreign(app, clock):
    return Corner(clock, key="library")


class Walker:
    """Somebody who tries addresses, with the forms that somebody else sees there; keeps what should not be."""

    def __init__(self, visitor, helper=None):
        self.visitor, self.helper, self.faults = visitor, helper, []
        self.token = visitor.get("/de/intern/konto").fields()["csrf_token"]

    def form_at(self, path):
        """Return what a browser of somebody who may would send, with the token of this one."""
        page = self.helper.get(path) if self.helper else None
        fields = page.fields() if page and page.status == 200 and page.all("form") else {}
        return fields | {"csrf_token": self.token}

    def walk(self, doors):
        """Try to open each of these, and return what was not a 404 or changed something."""
        before = contents(self.visitor.app, without=COUNTED)
        for door, path in doors:
            self._try(path, self.visitor.client.get(path))
            if door.takes_form:
                self._try(path, self.visitor.client.post(path, data=self.form_at(path)))
        after = contents(self.visitor.app, without=COUNTED)
        return self.faults + [f"{table} changed" for table in after if after[table] != before[table]]

    def _try(self, path, answer):
        if answer.status_code != 404:
            self.faults.append(f"{answer.request.method} {path} is {answer.status_code}")


def test_every_placeholder_of_the_staff_area_is_known_to_this_walk(app):
    assert {(door.rule.rule, *door.unknown) for door in doors(app) if door.unknown} == set()


def test_every_staff_route_declares_a_permission_that_exists(app):
    odd = {one.rule.endpoint: one.permission for one in inner_doors(app) if one.permission not in PERMISSIONS}

    assert odd == {}
    assert len(inner_doors(app)) > 20


def test_both_languages_ask_for_the_same(app):
    asked = [
        {(one.rule.endpoint, one.permission, one.takes_form) for one in doors(app, language)}
        for language in ("de", "en")
    ]

    assert asked[0] == asked[1]


def test_who_is_not_signed_in_is_led_to_the_form_and_changes_nothing(app, own):
    paths = [(door, door.path(app, own)) for door in inner_doors(app)]
    visitor = Visitor(app)
    token = visitor.get("/de/intern/anmelden").fields()["csrf_token"]
    before = contents(app)

    for door, path in paths:
        answer = visitor.client.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["Location"].startswith("/de/intern/anmelden?next=/de/intern/"), path
        if door.takes_form:
            for data in ({}, {"csrf_token": token}):
                assert visitor.client.post(path, data=data).status_code == 403, path

    assert contents(app) == before


@pytest.mark.parametrize("role", ROLES)
def test_a_role_finds_nothing_but_what_it_may(app, clock, own, role):
    closed = [
        (door, door.path(app, own)) for door in inner_doors(app) if role not in PERMISSIONS[door.permission]
    ]
    walker = Walker(signed_in(app, somebody(role, own), clock))

    assert walker.walk(closed) == []


@pytest.mark.parametrize("role", ROLES)
def test_what_is_another_houses_is_not_there(app, clock, own, foreign, role):
    mine = [one for one in inner_doors(app) if role in PERMISSIONS[one.permission] and one.is_of("by_house")]
    paths = [(door, door.path(app, foreign)) for door in mine]
    walker = Walker(signed_in(app, somebody(role, own), clock), helper_of(app, clock, foreign, role))

    assert walker.walk(paths) == []


def test_what_another_programme_owns_is_not_there_for_its_neighbour(app, clock, own, other):
    mine = [
        one
        for one in inner_doors(app)
        if "coordinator" in PERMISSIONS[one.permission] and one.is_of("by_programme")
    ]
    paths = [(door, door.path(app, other)) for door in mine]
    dana = somebody("coordinator", own, runs_all=False)
    walker = Walker(signed_in(app, dana, clock), helper_of(app, clock, other, "coordinator"))

    assert walker.walk(paths) == []


@pytest.mark.parametrize("role", OF_MEETING)
def test_what_is_given_by_somebody_else_is_not_there_for_guides_and_experts(app, clock, own, other, role):
    mine = [one for one in inner_doors(app) if role in PERMISSIONS[one.permission] and one.is_of("by_host")]
    paths = [(door, door.path(app, other)) for door in mine]
    walker = Walker(signed_in(app, somebody(role, own), clock), helper_of(app, clock, other, "coordinator"))

    assert walker.walk(paths) == []


@pytest.mark.parametrize("role", ROLES)
def test_what_is_theirs_is_there(app, clock, own, role):
    """The control: the walk names things that exist."""
    open_doors = [
        (door, door.path(app, own)) for door in inner_doors(app) if role in PERMISSIONS[door.permission]
    ]
    visitor = signed_in(app, somebody(role, own), clock)

    found = {
        path: visitor.client.get(path).status_code
        for door, path in open_doors
        if (door.rule.endpoint, role) not in HIDDEN
    }

    assert {path: status for path, status in found.items() if status == 404 or status >= 500} == {}


def helper_of(app, clock, corner, role):
    """Return somebody who may, so that a stranger can send the whole form."""
    host = "bibliothek.localhost" if corner.key == "library" else "localhost"
    return HelperOf(signed_in(app, somebody(role, corner), clock, host=host))


class HelperOf:
    """A browser in front of the page that a stranger tries."""

    def __init__(self, visitor):
        self.visitor = visitor

    def get(self, path):
        return self.visitor.get(path)
