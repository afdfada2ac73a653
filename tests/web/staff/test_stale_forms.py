"""Every form of staff that has a version: opened before somebody else saved, it changes nothing and loses nothing."""

from collections.abc import Iterator

import pytest
from flask import template_rendered

from booking.web.staff.forms import VersionedForm
from tests.staff import a_staff, signed_in
from tests.visitors import Page, Visitor
from tests.web.staff.corners import Corner
from tests.web.staff.walk import Door, inner_doors
from tests.web.ways import contents

ROLES = ("coordinator", "admin", "desk", "expert")
NOT_A_CHANGE = ("attempt_count", "sign_in")
MARK = "Zq"  # what the second person typed; no page says it by itself

Fields = dict[str, str | list[str]]


def forms_of(page: Page) -> Iterator[Fields]:
    """Yield the fields of each form of a page that carries a version."""
    for number, _form in enumerate(page.all("form")):
        fields = page.fields(number)
        if "version" in fields:
            yield {**fields, **chosen(page, number)}


def chosen(page: Page, number: int) -> Fields:
    """Return what is chosen in lists, and ticked in boxes and buttons, as a browser would send it."""
    form = page.all("form")[number]
    found: Fields = {}
    for select in (one for one in form.iter() if one.tag.endswith("}select") and one.get("name")):
        options = [one for one in select.iter() if one.tag.endswith("}option")]
        picked = [one for one in options if one.get("selected") is not None] or options[:1]
        found[select.get("name", "")] = [one.get("value", "") for one in picked]
    for box in (one for one in form.iter() if one.tag.endswith("}input")):
        if box.get("type") == "checkbox" and box.get("checked") is not None:
            ticked = found.setdefault(box.get("name", ""), [])
            if isinstance(ticked, list):
                ticked.append(box.get("value", "y"))
    for button in (one for one in form.iter() if one.get("type") == "radio"):
        if button.get("name") not in page.fields(number):
            found.setdefault(button.get("name", ""), button.get("value", ""))
    return found


def typed_into(page: Page, fields: Fields) -> Fields:
    """Return the fields after somebody wrote into each that takes words."""
    words = {
        one.get("name")
        for one in (*page.all("textarea"), *page.all("input"))
        if one.tag.endswith("textarea") or one.get("type") == "text"
    }
    return {
        name: f"{value} {MARK}".strip() if name in words and name in WORDS else value
        for name, value in fields.items()
    }


SAID = "hat das inzwischen geändert"
WORDS = {"title", "summary", "description", "words", "name", "first_name", "opening", "lead", "body"} | {
    f"{word}_{code}" for word in ("name", "title", "summary", "description") for code in ("de", "en", "ls")
}
"""Fields that take any words."""


def pages(app, corner: Corner, visitor: Visitor) -> Iterator[tuple[str, str, Fields, Page]]:
    """Yield endpoint, address and fields of every form with a version, with the page that shows it."""
    for door in inner_doors(app):
        if not door.takes_form:
            continue
        address = path_of(door, app, corner)
        answer = visitor.client.get(address)
        if answer.status_code != 200:
            continue
        page = visitor.get(address)
        for fields in forms_of(page):
            yield door.rule.endpoint, address, fields, page


def path_of(door: Door, app, corner: Corner) -> str:
    return door.path(app, corner)


@pytest.fixture
def corner(app, clock):
    return Corner(clock)


@pytest.fixture
def visitor(app, clock, corner):
    return signed_in(app, a_staff(*ROLES, host_id=corner.host_id), clock)


def second_press(visitor: Visitor, address: str, stale: Fields) -> Page:
    """Send a form as it was opened long ago; where the mails or the effects are shown first, press once more."""
    answer = visitor.post(address, stale)
    if answer.status != 200:
        return answer
    again = next(iter(forms_of(answer)), None)
    if again is None or again["version"] != stale["version"]:
        return answer
    return visitor.post(address, stale | {name: again[name] for name in PREVIEWED if name in again} | SAVE)


def test_a_stale_form_changes_nothing_and_keeps_what_was_typed(app, corner, visitor):
    found, faults = {}, []
    for endpoint, address, fields, page in list(pages(app, corner, visitor)):
        if endpoint in NEW | ELSEWHERE.keys():
            continue
        before = contents(app, without=NOT_A_CHANGE)
        stale = typed_into(page, fields) | FILLED.get(endpoint, {})
        stale["version"] = str(int(str(fields["version"]) or 0) + 7)
        answer = second_press(visitor, address, stale)
        found[endpoint], body = answer.status, answer.response.get_data(as_text=True)
        if answer.status != 409 or SAID not in answer.text:
            faults.append(f"{endpoint} at {address} answers {answer.status}: {answer.text[-900:]}")
        after = contents(app, without=NOT_A_CHANGE)
        faults += [f"{endpoint} changed {name}" for name in after if after[name] != before[name]]
        if any(MARK in value for value in stale.values() if isinstance(value, str)) and MARK not in body:
            faults.append(f"{endpoint} lost what was typed")
    assert not faults, "\n".join(faults)
    assert len(found) >= 20, found


NEW = {"staff.hours_host_new", "staff.people_invite"}
"""Forms of something that does not exist yet: nobody else can have changed it."""
ELSEWHERE = {
    "staff.day_party": "a party of today: test_day_arrivals",
    "staff.hours_day": "shows the preview anew, and changes nothing: test_hours_changes",
    "staff.hours_own_day": "the same",
    "staff.hours_room_day": "the same",
}
PREVIEWED = ("seen", "looked", "shown", "tell")
SAVE = {"do": "save"}
FILLED = {
    "staff.booking_cancel": {"reason": "Illness"},
    "staff.booking_party": {"adults": "1"},
    "staff.date_change": {"at": "16:00"},
}
"""What a form needs beside what it brings along."""


def test_every_form_with_a_version_was_among_them(app, corner, visitor):
    seen: set[type] = set()

    def note(_sender, template, context, **_more):
        seen.update(type(one) for one in context.values() if isinstance(one, VersionedForm))

    with template_rendered.connected_to(note, app):
        list(pages(app, corner, visitor))

    every = set(subclasses(VersionedForm))
    assert {one.__name__ for one in every - seen} <= SHOWN_ELSEWHERE.keys()


SHOWN_ELSEWHERE = {
    "PreviewedForm": "what forms of bookings have in common",
    "OwnCancelForm": "of experts alone: test_bookings_own",
    "MoveForm": "behind the choice of another time: test_bookings_moves",
    "PartnerForm": "of a cooperation: test_topic_pages",
    "LinkForm": "of a topic with links: test_topic_pages",
}
"""Forms that no address alone shows, with where they are tested."""


def subclasses(form: type[VersionedForm]) -> Iterator[type[VersionedForm]]:
    for one in form.__subclasses__():
        if one.__module__.startswith("booking."):
            yield one
        yield from subclasses(one)
