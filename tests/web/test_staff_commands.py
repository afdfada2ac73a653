"""flask staff: the first admin gets in by a printed link, whoever lost the way by a new one."""

import re

import pytest

from booking.db import unit_of_work
from booking.houses import queries as houses
from booking.houses.facts import House
from booking.people.models import Staff
from booking.schedule.models import StaffProgramme
from tests.crew import PASSWORD, all_mails, fits, joined, stored
from tests.deeds.reading import rows_of
from tests.visitors import Visitor


def say(app, *words):
    done = app.test_cli_runner().invoke(args=["staff", *words])
    return done.exit_code, done.output


def link_in(text):
    found = re.search(r"http://localhost(/\S+)", text)
    assert found is not None
    return found[1]


def test_the_first_admin_gets_a_printed_link_and_lets_the_next_one_in(app, clock):
    status, told = say(app, "add", "--role", "admin", "Vera@Example.org", "Vera Lind")
    vera = Visitor(app)
    home = vera.post(link_in(told), vera.get(link_in(told)).fields() | {"password": PASSWORD})
    invite = vera.get("/de/intern/team/einladen").fields()
    invite |= {"name": "Mira Vogt", "email": "mira@example.org", "roles": "desk"}
    person = vera.post("/de/intern/team/einladen", invite)

    assert status == 0
    assert home.response.request.path == "/de/intern/"
    assert person.status == 200
    assert fits(PASSWORD, "vera@example.org")
    assert [(mail.kind, mail.recipient) for mail in all_mails()] == [("staff_invited", "mira@example.org")]


def test_the_link_can_go_by_mail_instead(app, clock):
    status, told = say(app, "add", "--role", "admin", "--mail", "vera@example.org", "Vera Lind")

    assert status == 0
    assert "http" not in told
    assert [mail.recipient for mail in all_mails()] == ["vera@example.org"]


def test_whoever_lost_the_password_chooses_a_new_one_by_a_printed_link(app, clock):
    joined(clock, "admin")

    status, told = say(app, "link", "mira@example.org")
    visitor = Visitor(app)
    visitor.post(link_in(told), visitor.get(link_in(told)).fields() | {"password": "vier Schwäne am See"})

    assert status == 0
    assert "/neues-passwort/" in told
    assert fits("vier Schwäne am See")
    assert all_mails()[-1].kind == "staff_warned"


def test_the_list_says_who_there_is(app, clock):
    joined(clock, "admin", "desk")
    say(app, "add", "--role", "guide", "amina@example.org", "Amina Kaya")

    status, told = say(app, "list")

    assert status == 0
    assert [line.split() for line in told.splitlines()] == [
        ["amina@example.org", "invited", "guide", "Amina", "Kaya"],
        ["mira@example.org", "active", "admin,desk", "Mira", "Vogt"],
        ["2", "in", "all."],
    ]
    assert say(app, "list", "--role", "guide")[1].splitlines()[-1] == "1 in all."


def test_somebody_is_deactivated_and_reactivated_but_the_last_admin_stays(app, clock):
    admin, other = joined(clock, "admin"), joined(clock, "desk", email="other@example.org")

    assert say(app, "deactivate", "other@example.org")[0] == 0
    assert stored(other, clock).state == "deactivated"
    assert say(app, "link", "other@example.org")[0] == 1
    assert say(app, "reactivate", "other@example.org")[0] == 0
    assert stored(other, clock).state == "active"
    status, told = say(app, "deactivate", "mira@example.org")
    assert (status, "last person of the administration" in told) == (1, True)
    assert stored(admin, clock).state == "active"


@pytest.mark.parametrize(
    "words",
    [
        ("add", "--role", "admin", "no address", "Vera Lind"),
        ("add", "--role", "admin", "mira@example.org", "Vera Lind"),
        ("add", "--role", "emperor", "vera@example.org", "Vera Lind"),
        ("add", "vera@example.org", "Vera Lind"),
        ("add", "--role", "admin", "--house", "nowhere", "vera@example.org", "Vera Lind"),
        ("link", "nobody@example.org"),
        ("deactivate", "nobody@example.org"),
        ("link", "--house", "library", "mira@example.org"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(app, clock, words):
    joined(clock, "admin")

    status, told = say(app, *words)

    assert status in (1, 2)
    assert "Traceback" not in told
    assert "Error: " in told


def the_demo_house() -> House:
    return next(one for one in unit_of_work(houses.all_houses) if one.key == "leipzig")


def test_demo_staff_of_every_role_are_entered_once_and_sign_in_with_the_printed_password(app, clock):
    from booking.cli import demo_staff
    from tests.builders import a_host, an_offering

    an_offering(kind="consultation"), an_offering()
    for kind in ("expert", "expert", "guide", "guide"):
        a_host(kind=kind)

    for _ in range(2):
        demo_staff.fill(the_demo_house(), now=clock())

    status, told = say(app, "list")
    assert (status, told.splitlines()[-1]) == (0, "9 in all.")
    assert all(fits(demo_staff.PASSWORD, f"{one.local}@example.org") for one in demo_staff.CAST)
    assert all_mails() == []


def test_demo_staff_are_refused_in_production(app, clock, monkeypatch):
    from dataclasses import replace

    import click

    from booking.cli import demo_staff

    monkeypatch.setitem(
        app.extensions, "booking", replace(app.extensions["booking"], environment="production")
    )

    with pytest.raises(click.ClickException):
        demo_staff.fill(the_demo_house(), now=clock())
    assert say(app, "list")[1].splitlines()[-1] == "0 in all."


def test_the_second_coordinator_of_the_demo_runs_the_consultations_alone(app, clock):
    from booking.cli import demo_staff
    from tests.builders import an_offering
    from tests.staff import a_programme

    lab, advice = a_programme(), a_programme()
    an_offering(programme_id=lab)
    an_offering(kind="consultation", programme_id=advice)
    demo_staff.fill(the_demo_house(), now=clock())

    ((petra,),) = rows_of(Staff.id, where=Staff.email == "programm@example.org")
    assert rows_of(StaffProgramme.programme_id, where=StaffProgramme.staff_id == petra) == [(advice,)]
