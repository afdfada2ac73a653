"""Views: passwords, my account, and who works here."""

from collections.abc import Callable

from booking.crew import inviting
from booking.crew.rules import Details
from booking.db import unit_of_work
from booking.houses import queries as houses
from booking.web.staff.people.links import secret_of
from tests.browser.staff.views import StaffView, page, path, visit
from tests.browser.surfer import Surfer

ADMIN = "admin"
UNKNOWN = "A" * 44


def invited(surfer: Surfer) -> str:
    """Invite somebody into the demo, once for each look, and return the token of the link."""
    with surfer.demo.machine.inside() as clock:
        details = Details("Amina Kaya", "de", frozenset({"desk", "guide"}))
        house = next(one for one in unit_of_work(houses.all_houses) if one.key == "leipzig")
        number = len(_links)
        one = unit_of_work(
            lambda: inviting.enter(
                details, email=f"invited{number}@example.org", house_id=house.id, actor="system", now=clock()
            )
        )
        _links.append(one.staff_id)
        return secret_of(one.link_id, purpose="invite")


_links: list[int] = []


def invitation(surfer: Surfer) -> None:
    visit(surfer, "invitation", secret=invited(surfer))


def invitation_with_a_short_password(surfer: Surfer) -> None:
    invitation(surfer)
    surfer.type(password="kurz")
    surfer.send(422)


def invitation_over(surfer: Surfer) -> None:
    secret = invited(surfer)
    with surfer.demo.machine.inside() as clock:
        house = next(one for one in unit_of_work(houses.all_houses) if one.key == "leipzig")
        unit_of_work(
            lambda: inviting.accept(_links[-1], "drei Enten im Teich", house_id=house.id, now=clock())
        )
    visit(surfer, "invitation", status=410, secret=secret)


def unknown_link(surfer: Surfer) -> None:
    visit(surfer, "password_reset", status=404, secret=UNKNOWN)


def sent(view: str, /, **typed: str) -> Callable[[Surfer], None]:
    """Open a form and send it with what cannot be."""

    def open_it(surfer: Surfer) -> None:
        visit(surfer, view)
        if typed:
            surfer.type(**typed)
        surfer.send(422)

    return open_it


def somebody(surfer: Surfer) -> int:
    """Return an id of somebody on the list, who is not the one in front of it."""
    invited(surfer)
    return _links[-1]


def person(name: str) -> Callable[[Surfer], None]:
    """Open a page of somebody."""
    return lambda surfer: visit(surfer, name, person_id=somebody(surfer))


def person_without_a_role(surfer: Surfer) -> None:
    staff_id = somebody(surfer)
    visit(surfer, "person", person_id=staff_id)
    surfer.page.uncheck("#roles-0")
    surfer.page.uncheck("#roles-2")
    save(surfer, 422)


def person_changed_by_two(surfer: Surfer) -> None:
    staff_id = somebody(surfer)
    visit(surfer, "person", person_id=staff_id)
    second = surfer.page.context.new_page()
    second.goto(surfer.demo.url + path(surfer.language, "person", person_id=staff_id))
    second.fill("#name", "Amina B.")
    second.click("main form.form button[type=submit]")
    second.close()
    surfer.type(name="Amina A.")
    save(surfer, 409)


def save(surfer: Surfer, status: int) -> None:
    """Press the button of the form that edits somebody; the page has others."""
    with surfer.page.expect_navigation():
        surfer.page.click("main form.form button[type=submit]")
    surfer.arrived(status)


def person_gone(surfer: Surfer) -> None:
    staff_id = somebody(surfer)
    visit(surfer, "person_deactivate", person_id=staff_id)
    surfer.send()
    visit(surfer, "person_reactivate", person_id=staff_id)


VIEWS = (
    page("password_forgotten", ""),
    StaffView("password_forgotten-wrong", "", sent("password_forgotten", email="no address")),
    page("password_asked", ""),
    StaffView("invitation", "", invitation),
    StaffView("invitation-wrong", "", invitation_with_a_short_password),
    StaffView("invitation-over", "", invitation_over),
    StaffView("password_reset-unknown", "", unknown_link),
    page("account", "expert"),
    StaffView("account-wrong", "desk", sent("account", name="")),
    page("account_password", "desk"),
    StaffView("account_password-wrong", "desk", sent("account_password", password="kurz")),
    page("people_list", ADMIN),
    StaffView(
        "people_list-nobody",
        ADMIN,
        lambda surfer: visit(surfer, "people_list", query="?q=nobody&role=auditor"),
    ),
    page("people_invite", ADMIN),
    StaffView("people_invite-wrong", ADMIN, sent("people_invite")),
    StaffView("person", ADMIN, person("person")),
    StaffView("person-wrong", ADMIN, person_without_a_role),
    StaffView("person-conflict", ADMIN, person_changed_by_two),
    StaffView("person_deactivate", ADMIN, person("person_deactivate")),
    StaffView("person_reactivate", ADMIN, person_gone),
)
