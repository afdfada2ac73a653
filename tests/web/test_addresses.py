"""The map of addresses: each declares who may, none vanishes silently, and people can read about each."""

import json
import os

import pytest

from booking.people.permissions import PERMISSIONS
from booking.web import access
from booking.web.public import forms, voice_forms, walk_in_forms
from booking.web.staff.people import forms as people_forms
from config import ROOT

SNAPSHOT = ROOT / "tests/snapshots/addresses.txt"
LINKS = {"booking link", "hold link", "confirmation link", "ticket link", "desk link", "voice link"}
LINKS |= {"invitation link", "reset link", "check-in link"}  # of the staff area
DOCUMENT = ROOT / "docs/addresses.md"


def mapped(app):
    return [(rule, " ".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))) for rule in app.url_map.iter_rules()]


def test_addresses_never_vanish_silently(app):
    """Renew the snapshot with SNAPSHOTS=update; whoever takes a line away breaks a link somebody has in a mail."""
    lines = [f"{rule.rule} {methods} {rule.endpoint}\n" for rule, methods in mapped(app)]
    if os.environ.get("SNAPSHOTS") == "update":
        SNAPSHOT.write_text("".join(sorted(lines)))

    assert sorted(lines) == SNAPSHOT.read_text().splitlines(keepends=True)


def test_every_address_declares_one_permission_with_its_reason(app):
    endpoints = {rule.endpoint for rule, _ in mapped(app)}

    assert endpoints <= access.ACCESS.keys()
    assert all(one.permission and one.reason for one in access.ACCESS.values())
    declared = {one.permission for one in access.ACCESS.values()}
    assert declared - PERMISSIONS.keys() == {"public", "development only", *LINKS}


def test_no_permission_is_declared_for_an_address_that_is_not_there(app):
    endpoints = {rule.endpoint for rule, _ in mapped(app)}

    assert {name for name in access.ACCESS.keys() - endpoints if not name.startswith("dev.")} == set()


def test_every_address_with_a_token_needs_the_link(app):
    for rule, _ in mapped(app):
        needs_link = access.ACCESS[rule.endpoint].permission in LINKS
        assert needs_link == ("secret" in rule.arguments), rule


def test_an_undeclared_address_stops_the_start(app, monkeypatch):
    monkeypatch.delitem(access.ACCESS, "public.imprint")

    with pytest.raises(RuntimeError, match=r"public\.imprint"):
        access.install(app)


def test_an_undeclared_address_does_not_answer(app, visitor, monkeypatch):
    monkeypatch.delitem(access.ACCESS, "public.imprint")

    assert visitor.get("/de/impressum").status == 404


def test_the_command_lists_every_address_with_its_permission(app):
    done = app.test_cli_runner().invoke(args=["routes-permissions", "--json"])
    rows = json.loads(done.output)

    assert done.exit_code == 0
    assert all({"rule", "methods", "endpoint", "permission"} <= row.keys() for row in rows)
    assert sorted((row["rule"], " ".join(row["methods"]), row["endpoint"]) for row in rows) == sorted(
        (rule.rule, methods, rule.endpoint) for rule, methods in mapped(app)
    )
    assert {row["permission"] for row in rows} <= {"public", *LINKS, *PERMISSIONS}
    by_rule = {row["rule"]: row for row in rows}
    assert by_rule["/de/meine-buchungen"]["methods"] == ["GET", "POST"]


def test_the_command_prints_a_table_for_people(app):
    done = app.test_cli_runner().invoke(args=["routes-permissions"])

    assert done.exit_code == 0
    assert len(done.output.splitlines()) == len(mapped(app))


def readable(rule):
    """Return a rule as the document writes it, without converters."""
    return "".join(part if kind is None else f"<{part.split(':')[-1]}>" for kind, part in _parts(rule.rule))


def _german(address):
    """Return the address whose path one in easy language shares."""
    return address.replace("/ls/", "/de/", 1) if address.startswith("/ls/") else address


def _parts(text):
    while "<" in text:
        before, _, rest = text.partition("<")
        inside, _, text = rest.partition(">")
        yield None, before
        yield "place", inside
    yield None, text


def test_the_document_names_every_address(app):
    document = DOCUMENT.read_text(encoding="utf-8")

    assert [str(rule) for rule, _ in mapped(app) if f"`{_german(readable(rule))}`" not in document] == []


def test_the_document_names_every_field_of_every_form(app):
    document = DOCUMENT.read_text(encoding="utf-8")
    with app.test_request_context("/de/"):
        names = {
            field.name
            for form in (
                *(forms.PartyForm(), forms.DetailsForm(), forms.AddressForm(), forms.ButtonForm()),
                *(forms.MoveForm(), walk_in_forms.DrawForm(), walk_in_forms.DeskForm()),
                *(voice_forms.IdeaForm(), voice_forms.BarrierForm()),
                *(people_forms.SignInForm(), people_forms.PasswordForm(), people_forms.ChangePasswordForm()),
                *(people_forms.OwnForm(), people_forms.InviteForm()),
            )
            for field in form
        }

    assert {name for name in names if f"`{name}`" not in document} == set()


def test_the_document_names_no_address_that_is_not_there(app):
    known = {readable(rule) for rule, _ in mapped(app)} | {
        "/ls/",
        "/dev/mail",
        "/dev/mail/<name>",
        "/dev/mail/<name>/html",
    }
    words = DOCUMENT.read_text(encoding="utf-8").split("`")[1::2]

    assert {word for word in words if word.startswith("/") and word not in known} == set()
