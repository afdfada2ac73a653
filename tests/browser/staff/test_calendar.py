"""The calendar of staff: dropping a date opens its form filled in and changes nothing; links work by keyboard."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from tests.browser.staff.views import path, sit_down
from tests.builders import a_host, an_occurrence
from tests.hours import at

DAY = "2027-06-15"


def a_date(demo):
    """A date far ahead, at ten in the morning, given by somebody who gives nothing else; and the host."""
    with demo.machine.inside() as clock:
        host = a_host(first_name="Dragan", last_name="Zug")
        begin = at(f"{DAY} 10:00")
        date = an_occurrence(clock, starts_at=begin, ends_at=begin + timedelta(hours=1), host_ids=(host,))
    return date, host


def starts(demo, occurrence_id):
    return demo.machine.rows("SELECT starts_at FROM occurrence WHERE id = :id", id=occurrence_id)


def test_a_dropped_date_opens_its_form_and_nothing_has_changed(surf):
    surfer = surf("de")
    sit_down(surfer, "coordinator")
    date, host = a_date(surfer.demo)
    before = starts(surfer.demo, date)
    surfer.page.set_viewport_size({"width": 1280, "height": 1400})
    surfer.go(f"{path('de', 'day_calendar')}?day={DAY}&person={host}")
    event = surfer.page.locator(".ec-event.calendar__movable").first
    event.wait_for()
    box = event.bounding_box()
    mouse = surfer.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 4)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] + 20, steps=5)
    with surfer.page.expect_navigation():
        mouse.move(box["x"] + box["width"] / 2, box["y"] + 3 * box["height"] - 4, steps=10)
        mouse.up()
    surfer.arrived(200)

    asked = parse_qs(urlsplit(surfer.page.url).query)
    assert (asked["day"], asked["at"]) == ([DAY], ["12:00"])
    assert surfer.page.input_value("[name=at]") == "12:00"
    assert starts(surfer.demo, date) == before


def test_the_desk_can_drag_nothing(surf):
    surfer = surf("de")
    sit_down(surfer, "desk")
    _date, host = a_date(surfer.demo)
    surfer.go(f"{path('de', 'day_calendar')}?day={DAY}&person={host}")
    surfer.page.wait_for_selector(".ec-event")

    assert surfer.page.locator(".calendar__movable").count() == 0
