"""Views: dates and series, each page with its errors."""

from datetime import timedelta

from tests.browser.staff.views import StaffView, first_id, path, visit
from tests.browser.surfer import Surfer

_AHEAD = (
    "SELECT o.id FROM occurrence o JOIN offering f ON f.id = o.offering_id"
    " WHERE o.state = 'published' AND NOT o.is_slot AND f.house_id = 1 ORDER BY o.starts_at DESC LIMIT 1"
)
_BOOKED = (
    "SELECT b.occurrence_id FROM booking b JOIN occurrence o ON o.id = b.occurrence_id"
    " WHERE b.state = 'confirmed' AND o.state = 'published' AND NOT o.is_slot AND b.house_id = 1"
    " ORDER BY b.starts_at DESC LIMIT 1"
)
_OFFERING = "SELECT id FROM offering WHERE booked_by = 'date' AND house_id = 1 ORDER BY id"
_SERIES = "SELECT id FROM series ORDER BY id DESC LIMIT 1"
_DRAFT = "SELECT id FROM occurrence WHERE state = 'draft' ORDER BY id DESC LIMIT 1"


def offering(surfer: Surfer) -> int:
    """Return an offering that has dates."""
    return first_id(surfer.demo, _OFFERING)


def day(surfer: Surfer, *, later: int = 70) -> str:
    """Return a day that many days after the demo's own."""
    with surfer.demo.machine.inside() as clock:
        return (clock().date() + timedelta(days=later)).isoformat()


def press(surfer: Surfer, value: str, status: int = 200, *, name: str = "do") -> None:
    """Press the button of a form that says what to do."""
    with surfer.page.expect_navigation():
        surfer.page.click(f"main button[name={name}][value={value}]")
    surfer.arrived(status)


def show_list(surfer: Surfer) -> None:
    visit(surfer, "date_list", query="?unstaffed=1&order=last")


def choose(surfer: Surfer) -> None:
    visit(surfer, "date_new")


def new(surfer: Surfer) -> None:
    visit(surfer, "date_new", query=f"?offering={offering(surfer)}")


def new_wrong(surfer: Surfer) -> None:
    new(surfer)
    surfer.type(day="", seats="0")
    press(surfer, "publish", 422)


def new_blocked(surfer: Surfer) -> None:
    """A day on which something is in the way or missing, with what to do instead."""
    new(surfer)
    surfer.type(day=day(surfer), at="03:00")
    surfer.page.check("main [name=hosts] >> nth=0")
    surfer.page.check("main [name=hosts] >> nth=-1")
    press(surfer, "publish", 409)


def a_draft(surfer: Surfer) -> int:
    new(surfer)
    surfer.type(day=day(surfer), at="14:00")
    press(surfer, "draft")
    return first_id(surfer.demo, _DRAFT)


def page(surfer: Surfer) -> None:
    visit(surfer, "date_page", occurrence_id=first_id(surfer.demo, _BOOKED))


def page_draft(surfer: Surfer) -> None:
    a_draft(surfer)


def publish(surfer: Surfer) -> None:
    visit(surfer, "date_publish", occurrence_id=a_draft(surfer))


def drop(surfer: Surfer) -> None:
    visit(surfer, "date_drop", occurrence_id=a_draft(surfer))


def change(surfer: Surfer) -> None:
    visit(surfer, "date_change", occurrence_id=first_id(surfer.demo, _BOOKED))


def change_asked(surfer: Surfer) -> None:
    """What a change means, with the mail that leaves."""
    change(surfer)
    surfer.type(at="03:30")
    press(surfer, "save")


def cancel(surfer: Surfer) -> None:
    visit(surfer, "date_cancel", occurrence_id=first_id(surfer.demo, _BOOKED))


def cancel_wrong(surfer: Surfer) -> None:
    cancel(surfer)
    press(surfer, "save", 422)


def cancel_several(surfer: Surfer) -> None:
    ids = [first_id(surfer.demo, one) for one in (_BOOKED, _AHEAD)]
    visit(surfer, "dates_cancel", query="?" + "&".join(f"id={one}" for one in ids))


def several(surfer: Surfer) -> None:
    """Drafts that cannot be published say why."""
    a_draft(surfer)
    visit(surfer, "date_list", query="?state=draft&order=last")
    surfer.page.check("main tbody [name=id] >> nth=0")
    press(surfer, "publish", 409)


def series_new(surfer: Surfer) -> None:
    visit(surfer, "series_new", query=f"?offering={offering(surfer)}")


def series_days(surfer: Surfer) -> None:
    series_new(surfer)
    surfer.type(day=day(surfer), at="14:00", times="6")
    surfer.page.check("main [name=weekdays] >> nth=1")
    surfer.page.check("main [name=ends][value=times]")
    surfer.page.check("main [name=state][value=draft]")
    press(surfer, "preview")


def series_wrong(surfer: Surfer) -> None:
    series_new(surfer)
    surfer.type(day=day(surfer), at="14:00", times="10000")
    surfer.page.check("main [name=weekdays] >> nth=1")
    surfer.page.check("main [name=ends][value=times]")
    press(surfer, "preview", 422)


def series(surfer: Surfer) -> None:
    series_days(surfer)
    press(surfer, "save")


def a_series(surfer: Surfer) -> int:
    series(surfer)
    return first_id(surfer.demo, _SERIES)


def extend(surfer: Surfer) -> None:
    series_id = a_series(surfer)
    visit(surfer, "series_extend", series_id=series_id)
    surfer.type(last_day=day(surfer, later=170))
    surfer.page.check("main [name=state][value=draft]")
    press(surfer, "preview")


def end(surfer: Surfer) -> None:
    visit(surfer, "series_end", series_id=a_series(surfer), query=f"?from={day(surfer)}")


def change_in_series(surfer: Surfer) -> None:
    series_id = a_series(surfer)
    surfer.go(path(surfer.language, "series_page", series_id=series_id))
    draft = first_id(surfer.demo, _DRAFT)
    visit(surfer, "date_change", occurrence_id=draft)
    surfer.page.check("main [name=reach][value=all]")
    surfer.type(at="03:00", seats="3")
    press(surfer, "save")


VIEWS = tuple(
    StaffView(name, "coordinator", open_it)
    for name, open_it in (
        ("date_list", show_list),
        ("date_new", choose),
        ("date_new-form", new),
        ("date_new-wrong", new_wrong),
        ("date_new-blocked", new_blocked),
        ("date_page", page),
        ("date_page-draft", page_draft),
        ("date_publish", publish),
        ("date_drop", drop),
        ("date_change", change),
        ("date_change-asked", change_asked),
        ("date_change-series", change_in_series),
        ("date_cancel", cancel),
        ("date_cancel-wrong", cancel_wrong),
        ("dates_cancel", cancel_several),
        ("date_several", several),
        ("series_new", series_new),
        ("series_new-days", series_days),
        ("series_new-wrong", series_wrong),
        ("series_page", series),
        ("series_extend", extend),
        ("series_end", end),
    )
)
