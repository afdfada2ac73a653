"""Whatever staff send, by address or by form: a page that helps, never a fault of ours; for every route there is."""

import pytest
from werkzeug.routing import AnyConverter

from tests.staff import a_staff, signed_in
from tests.web.staff.corners import Corner
from tests.web.staff.walk import inner_doors
from tests.web.test_hostile_addresses import EMOJI, QUERIES, helps
from tests.web.ways import contents

NO_PAGES = ("/abmelden", "/ansehen/html")  # the second is a mail, with the style of mails
VALUES = (
    "0",
    "-1",
    "9" * 12,
    "9" * 30,
    "1e9",
    EMOJI,
    "%00",
    "%ED%A0%80",
    "a" * 3_000,
    "..%2f..",
    "'%20OR%201=1--",
)
BODIES = {
    "nothing": "",
    "zeros": "\x00",
    "far too much": "9" * 20_000,
    "no number": "zwölf 👩‍👩‍👧 <b>&{name!r}{0.__class__}%(x)s",
    "a day that is none": "2027-13-45",
    "the last day": "9999-12-31",
    "a huge number": "99999999999999999999",
    "below zero": "-1",
}


@pytest.fixture
def corner(app, clock):
    return Corner(clock)


@pytest.fixture
def everybody(app, clock, corner):
    """Somebody with every role at once, so that no door is closed for want of a permission."""
    roles = ("guide", "expert", "desk", "coordinator", "admin", "auditor")
    return signed_in(app, a_staff(*roles, host_id=corner.host_id), clock)


def paths(app, corner, *, forms=False):
    found = [door.path(app, corner) for door in inner_doors(app) if door.takes_form or not forms]
    return [one for one in found if not one.endswith(NO_PAGES)]


def fault_of(ask, address):
    """Return what is wrong with an answer, for a list of all of them, or nothing."""
    try:
        helps(ask(), address)
    except Exception as fault:  # noqa: BLE001 - all of them are wanted, each with its address
        return [f"{address[:120]}: {type(fault).__name__} {str(fault)[:120]}"]
    return []


def in_turn(things, number):
    """Return two of them, others for each number: every route meets some, and every one of them many routes."""
    listed = list(things)
    return [listed[number % len(listed)], listed[(number + len(listed) // 2) % len(listed)]]


def test_whatever_is_asked_of_a_staff_page_the_answer_helps(app, everybody, corner):
    addresses, faults = paths(app, corner), []
    before = contents(app, without=("attempt_count", "sign_in"))

    for number, path in enumerate(addresses):
        for kind in in_turn(QUERIES, number):
            faults += fault_of(lambda path=path, kind=kind: everybody.get(f"{path}?{QUERIES[kind]}"), path)

    assert not faults, "\n".join(faults)
    assert len(addresses) > 60
    assert contents(app, without=("attempt_count", "sign_in")) == before, "a GET changed something"


def test_a_placeholder_that_names_nothing_is_no_fault(app, everybody, corner):
    tried, faults = 0, []
    for number, door in enumerate(inner_doors(app)):
        whole = door.path(app, corner)
        for name in door.names:
            if isinstance(door.rule._converters[name], AnyConverter):
                continue
            for value in in_turn(VALUES, number):
                path = whole.replace(str(door.argument(name).of(corner)), value)
                faults += fault_of(lambda path=path: everybody.get(path), path)
                tried += 1

    assert not faults, "\n".join(faults)
    assert tried > 80


def test_whatever_a_form_holds_the_answer_is_a_page(app, everybody, corner):
    """Every field of every staff form, filled with the same nonsense at once; the token and the key stay."""
    faults = []
    for number, path in enumerate(paths(app, corner, forms=True)):
        page = everybody.get(path)
        if page.status != 200 or not page.all("form"):
            continue
        kept = {name: value for name, value in page.fields().items() if name in ("csrf_token", "once")}
        names = {one.get("name", "") for one in page.all("form")[-1].iter() if one.get("name")} - kept.keys()
        for body in in_turn(BODIES, number):
            data = kept | dict.fromkeys(names, BODIES[body])
            faults += fault_of(lambda path=path, data=data: everybody.post(path, data), f"{path} with {body}")

    assert not faults, "\n".join(faults)


def test_a_form_without_its_token_changes_nothing(app, everybody, corner):
    tried, faults = 0, []
    for path in paths(app, corner, forms=True):
        page = everybody.get(path)
        if page.status != 200 or not page.all("form"):
            continue
        before = contents(app, without=("attempt_count", "sign_in"))
        fields = {name: value for name, value in page.fields().items() if name != "csrf_token"}
        if everybody.client.post(path, data=fields).status_code >= 500:
            faults.append(f"{path}: a fault")
        if contents(app, without=("attempt_count", "sign_in")) != before:
            faults.append(f"{path} changed something")
        tried += 1

    assert not faults, "\n".join(faults)
    assert tried > 40
