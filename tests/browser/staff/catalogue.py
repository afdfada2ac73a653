"""Views: offerings, rooms, equipment, repairs, topics and programmes, with what goes wrong at each of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from booking.catalogue.models import Need
from booking.db import execute, unit_of_work
from booking.schedule import repairing
from booking.schedule.repairing import WantedRepair
from tests.browser.staff.views import StaffView, page, path, visit
from tests.browser.surfer import Surfer
from tests.builders import a_need, a_pool, a_room, a_topic, an_occurrence, an_offering
from tests.staff import a_programme, a_staff

ROLE = "coordinator"
PRESS = "main form[method=post] button[type=submit] >> nth=0"
LONG = "Elektrizitätsmuseum"
Made = Callable[[Surfer], dict[str, Any]]


def offering(surfer: Surfer, **wanted: Any) -> dict[str, Any]:
    """Write an offering with a long title, an English text that lacks words, and needs of each kind."""
    with surfer.demo.machine.inside():
        texts = {"de": {"title": LONG, "summary": "Kurz.", "description": "Lang."}, "en": {"title": "Short"}}
        needs = (
            a_need(kind="host", before_minutes=10),
            a_need(kind="room", place_id=a_room(), choice=1),
            a_need(kind="room", place_id=a_room(), choice=1),
            a_need(kind="pool", pool_id=a_pool(4), people_per_unit=2),
        )
        return {"offering_id": an_offering(**({"texts": texts, "needs": needs} | wanted))}


def draft(surfer: Surfer) -> dict[str, Any]:
    return offering(surfer, state="draft")


def empty_draft(surfer: Surfer) -> dict[str, Any]:
    """Write a draft that lacks everything."""
    return offering(surfer, state="draft", texts={"de": {"title": LONG}}, needs=(), audiences=(), media=())


def in_german(surfer: Surfer) -> dict[str, Any]:
    return offering(surfer) | {"of": "de"}


def in_easy_language(surfer: Surfer) -> dict[str, Any]:
    return offering(surfer) | {"of": "ls"}


def with_a_need(surfer: Surfer) -> dict[str, Any]:
    made = draft(surfer)
    with surfer.demo.machine.inside():
        wanted = select(Need.id).where(Need.offering_id == made["offering_id"], Need.kind == "pool")
        need = unit_of_work(lambda: execute(wanted).scalar_one())
    return made | {"need_id": need}


def with_dates(surfer: Surfer) -> dict[str, Any]:
    """Write an offering with a date ahead that takes a room and equipment, and return all three."""
    with surfer.demo.machine.inside() as now:
        room, pool = a_room(people_limit=20), a_pool(8)
        needs = (a_need(kind="room", place_id=room), a_need(kind="pool", pool_id=pool, quantity=6))
        made = an_offering(needs=needs)
        an_occurrence(now, offering_id=made, place_id=room, starts_at=now() + timedelta(days=1))
    return {"offering_id": made, "place_id": room, "pool_id": pool}


def pool(surfer: Surfer) -> dict[str, Any]:
    return {"pool_id": with_dates(surfer)["pool_id"]}


def place(surfer: Surfer) -> dict[str, Any]:
    return {"place_id": with_dates(surfer)["place_id"]}


def repair(surfer: Surfer) -> dict[str, Any]:
    with surfer.demo.machine.inside() as now:
        wanted = WantedRepair(1, now(), now() + timedelta(days=40), "Der Bügel ist gebrochen.")
        editor, broken = a_staff(ROLE), a_pool(8)
        made = unit_of_work(lambda: repairing.begin(broken, wanted, editor=editor, now=now()))
    return {"repair_id": made}


def topic(surfer: Surfer) -> dict[str, Any]:
    with surfer.demo.machine.inside():
        partners = [{"names": {"de": "Stadtwerke"}, "part": {"de": "Daten"}}]
        links = [{"url": "https://example.org/", "labels": {"de": "Der Atlas"}}]
        return {"topic_id": a_topic(kind="cooperation", partners=partners, links=links)}


def topic_in_german(surfer: Surfer) -> dict[str, Any]:
    return topic(surfer) | {"of": "en"}


def topic_entry(surfer: Surfer) -> dict[str, Any]:
    return topic(surfer) | {"number": 0}


def programme(surfer: Surfer) -> dict[str, Any]:
    with surfer.demo.machine.inside():
        made = a_programme()
        an_offering(programme_id=made)
        return {"programme_id": made}


def unused_programme(surfer: Surfer) -> dict[str, Any]:
    with surfer.demo.machine.inside():
        return {"programme_id": a_programme()}


def asked(name: str, query: str) -> StaffView:
    """A list with filters."""
    return StaffView(name, ROLE, lambda surfer: visit(surfer, name.partition("-")[0], query=query))


def of(name: str, made: Made) -> StaffView:
    """A page of something that is made for it."""
    return StaffView(name, ROLE, lambda surfer: visit(surfer, name.partition("-")[0], **made(surfer)))


def sent(name: str, made: Made, *, status: int = 422, press: str = PRESS, **typed: str) -> StaffView:
    """A form that was sent with what cannot be."""

    def opened(surfer: Surfer) -> None:
        visit(surfer, name.partition("-")[0], **made(surfer))
        surfer.type(**typed)
        with surfer.page.expect_navigation():
            surfer.page.click(press)
        surfer.arrived(status)

    return StaffView(name, ROLE, opened)


def conflict(name: str, made: Made, field: str) -> StaffView:
    """A form that somebody else has sent meanwhile."""

    def opened(surfer: Surfer) -> None:
        view, ids = name.partition("-")[0], made(surfer)
        visit(surfer, view, **ids)
        second = surfer.page.context.new_page()
        second.goto(surfer.demo.url + path(surfer.language, view, **ids))
        second.fill(f"main [name={field}]", "77")
        second.click(PRESS)
        second.close()
        surfer.type(**{field: "78"})
        with surfer.page.expect_navigation():
            surfer.page.click(PRESS)
        surfer.arrived(409)

    return StaffView(name, ROLE, opened)


def kind(name: str, value: str) -> Made:
    """What a page of a kind needs in its address."""
    return lambda surfer: (draft(surfer) if name == "need" else {}) | {"kind": value}


def nothing(_surfer: Surfer) -> dict[str, Any]:
    return {}


VIEWS: tuple[StaffView, ...] = (
    page("offering_list"),
    asked("offering_list-filtered", "?missing=en&sort=missing"),
    asked("offering_list-nothing", "?q=nirgends"),
    page("offering_new"),
    sent("offering_new-wrong", nothing, title="", minutes="-1"),
    of("offering_page", offering),
    of("offering_page-draft", empty_draft),
    of("offering_facts", draft),
    sent("offering_facts-wrong", draft, minutes="viele", key="So nicht"),
    conflict("offering_facts-conflict", offering, "seats"),
    of("offering_policy", offering),
    sent("offering_policy-wrong", offering, notice="9999", horizon_days="0"),
    of("offering_needs", offering),
    of("offering_needs-none", empty_draft),
    of("offering_need_new", kind("need", "room")),
    of("offering_need_new-pool", kind("need", "pool")),
    sent("offering_need_new-wrong", kind("need", "room"), before="-3"),
    of("offering_need", with_a_need),
    of("offering_need_drop", with_a_need),
    of("offering_text", in_easy_language),
    sent("offering_text-wrong", in_german, status=409, summary=""),
    of("offering_preview", in_easy_language),
    of("offering_publish", empty_draft),
    of("offering_publish-ready", draft),
    of("offering_archive", with_dates),
    of("offering_archive-free", offering),
    of("offering_copy", offering),
    sent("offering_copy-wrong", offering, title=""),
    page("thing_list"),
    of("place_new", kind("place", "room")),
    sent("place_new-wrong", kind("place", "meeting_point"), latitude="Norden"),
    of("place_page", place),
    sent("place_page-small", place, people_limit="3"),
    page("pool_new"),
    of("pool_page", pool),
    sent("pool_page-few", pool, units="2"),
    page("repair_list"),
    of("repair_new", pool),
    sent("repair_new-wrong", pool, units="0"),
    of("repair_end", repair),
    page("topic_list"),
    page("topic_new"),
    of("topic_page", topic),
    sent("topic_page-wrong", topic, name_de=""),
    of("topic_text", topic_in_german),
    of("topic_partner", topic_entry),
    of("topic_link", topic_entry),
    sent("topic_link-wrong", topic_entry, url="http://example.org"),
    of("topic_delete", topic),
    page("programme_list"),
    page("programme_new"),
    of("programme_page", programme),
    of("programme_delete", unused_programme),
)
