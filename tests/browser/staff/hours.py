"""Views: hours of people and rooms, one's own, closures, why nothing is free; with their errors and previews."""

from datetime import date, timedelta

from tests.browser.staff.views import StaffView, first_id, page, visit
from tests.browser.surfer import Surfer

_HOST = "SELECT host_id FROM availability_rule WHERE host_id IS NOT NULL AND house_id = 1 ORDER BY id LIMIT 1"
_ROOM = "SELECT id FROM place WHERE kind = 'room' AND house_id = 1 ORDER BY id LIMIT 1"
_OFFERING = "SELECT id FROM offering WHERE booked_by = 'slot' AND house_id = 1 ORDER BY id LIMIT 1"
_CLOSURE = "SELECT id FROM closure WHERE house_id = 1 ORDER BY id LIMIT 1"


def host(surfer: Surfer) -> int:
    return first_id(surfer.demo, _HOST)


def of_host(name: str) -> StaffView:
    return StaffView(name, "coordinator", lambda surfer: visit(surfer, name, host_id=host(surfer)))


def of_room(name: str) -> StaffView:
    return StaffView(
        name, "coordinator", lambda surfer: visit(surfer, name, place_id=first_id(surfer.demo, _ROOM))
    )


def ahead(surfer: Surfer, *, days: int = 0) -> date:
    """Return a day from today on, by the clock of the demo."""
    with surfer.demo.machine.inside() as clock:
        return clock().date() + timedelta(days=days)


def pressed(surfer: Surfer, button: str, status: int = 200) -> None:
    with surfer.page.expect_navigation() as answer:
        surfer.page.locator(f"button[value='{button}']:not([aria-hidden])").first.click()
    assert answer.value.status == status


def week_preview(surfer: Surfer) -> None:
    visit(surfer, "hours_week", host_id=host(surfer))
    surfer.page.locator("[name$='-end']").first.fill("23:30")
    pressed(surfer, "preview")


def week_wrong(surfer: Surfer) -> None:
    visit(surfer, "hours_week", host_id=host(surfer))
    pressed(surfer, "add")
    surfer.page.locator("[name$='-end']").last.fill("09:00")
    pressed(surfer, "preview", 422)


def day_preview(surfer: Surfer) -> None:
    visit(surfer, "hours_day", host_id=host(surfer))
    surfer.page.locator("[name=day]").fill(str(ahead(surfer, days=3)))
    surfer.page.locator("[name=is_closed]").check()
    pressed(surfer, "preview")


def day_wrong(surfer: Surfer) -> None:
    visit(surfer, "hours_day", host_id=host(surfer))
    pressed(surfer, "preview", 422)


def absence_preview(surfer: Surfer) -> None:
    visit(surfer, "hours_absence", host_id=host(surfer))
    surfer.page.locator("[name=first_day]").fill(str(ahead(surfer, days=1)))
    surfer.page.locator("[name=last_day]").fill(str(ahead(surfer, days=20)))
    pressed(surfer, "preview")


def absence_wrong(surfer: Surfer) -> None:
    visit(surfer, "hours_absence", host_id=host(surfer))
    pressed(surfer, "preview", 422)


def person_wrong(surfer: Surfer) -> None:
    visit(surfer, "hours_host_new")
    with surfer.page.expect_navigation():
        surfer.page.locator("main button[type=submit]").first.click()


def closure_preview(surfer: Surfer) -> None:
    visit(surfer, "closure_new")
    surfer.page.locator("[name=first_day]").fill(str(ahead(surfer, days=1)))
    surfer.page.locator("[name=last_day]").fill(str(ahead(surfer, days=9)))
    surfer.page.locator("[name=reason_de]").fill("Umbau")
    pressed(surfer, "preview")


def closure_wrong(surfer: Surfer) -> None:
    visit(surfer, "closure_new")
    pressed(surfer, "preview", 422)


def closure(surfer: Surfer) -> None:
    closure_preview(surfer)
    pressed(surfer, "save")
    visit(surfer, "closure_page", closure_id=first_id(surfer.demo, _CLOSURE))


def holiday(surfer: Surfer) -> None:
    visit(surfer, "closure_day", day=f"{ahead(surfer).year + 1}-12-25")


def why(surfer: Surfer, day: str, status: int) -> None:
    visit(surfer, "hours_why", status=status, query=f"?offering={first_id(surfer.demo, _OFFERING)}&day={day}")


VIEWS = (
    page("hours_list"),
    StaffView(
        "hours_list-nobody", "coordinator", lambda surfer: visit(surfer, "hours_list", query="?q=nobody")
    ),
    page("hours_host_new"),
    StaffView("hours_host_new-wrong", "coordinator", person_wrong),
    of_host("hours_host_edit"),
    of_host("hours_page"),
    of_host("hours_week"),
    StaffView("hours_week-preview", "coordinator", week_preview),
    StaffView("hours_week-wrong", "coordinator", week_wrong),
    of_host("hours_day"),
    StaffView("hours_day-preview", "coordinator", day_preview),
    StaffView("hours_day-wrong", "coordinator", day_wrong),
    of_host("hours_absence"),
    StaffView("hours_absence-preview", "coordinator", absence_preview),
    StaffView("hours_absence-wrong", "coordinator", absence_wrong),
    of_room("hours_room"),
    of_room("hours_room_week"),
    of_room("hours_room_day"),
    of_room("hours_room_absence"),
    page("hours_own", "expert"),
    page("hours_own_week", "expert"),
    page("hours_own_day", "expert"),
    page("hours_own_absence", "expert"),
    page("closure_list"),
    page("closure_new"),
    StaffView("closure_new-preview", "coordinator", closure_preview),
    StaffView("closure_new-wrong", "coordinator", closure_wrong),
    StaffView("closure_page", "coordinator", closure),
    StaffView("closure_day", "coordinator", holiday),
    page("hours_why"),
    StaffView(
        "hours_why-answer", "coordinator", lambda surfer: why(surfer, f"{ahead(surfer).year + 1}-01-01", 200)
    ),
    StaffView("hours_why-wrong", "coordinator", lambda surfer: why(surfer, "soon", 422)),
)
