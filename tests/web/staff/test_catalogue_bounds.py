"""The catalogue stays with those who run it: foreign programmes and houses are not there; many rows cost no more."""

import re
from datetime import timedelta
from itertools import count

import pytest

from booking.catalogue.models import Need, Offering
from booking.db import unit_of_work
from booking.schedule import repairing
from booking.schedule.repairing import WantedRepair
from tests.builders import a_need, a_pool, a_room, a_topic, an_occurrence, an_offering, house_id
from tests.deeds.reading import rows_of
from tests.staff import a_programme, a_staff
from tests.web.staff.catalogue_ways import CATALOGUE, GERMAN, form_of
from tests.web.ways import statements

EXAMPLES = {"kind": "room", "of": "de", "number": "0"}
_PLACE = re.compile(r"<(?:[^>]*:)?(\w+)>")


def path(address, ids):
    """Return the path of an address with these ids in it."""
    return GERMAN + _PLACE.sub(lambda match: str((EXAMPLES | ids)[match[1]]), address.german)


def posted(visitor, where):
    token = form_of(visitor.get(f"{GERMAN}/programme"))["csrf_token"]
    return visitor.post(where, {"csrf_token": token, "version": "1"}).status


def meets_nothing(coordinator, ids, addresses):
    """Open each page, and send each form, of what is not there."""
    for address in addresses:
        where = path(address, ids)
        assert coordinator.get(where).status == 404, where
        if address.takes_form:
            assert posted(coordinator, where) == 404, where


def test_what_belongs_to_another_programme_is_not_there(staff):
    other = a_programme()
    offering_id = an_offering(programme_id=other, needs=(a_need(kind="host"),))
    ids = {"offering_id": offering_id, "programme_id": other, "need_id": rows_of(Need.id)[0][0]}
    before = rows_of(Offering.version, Offering.state)
    coordinator = staff("coordinator", programmes=[a_programme()])

    mine = [one for one in CATALOGUE if ":offering_id" in one.german or ":programme_id" in one.german]

    assert len(mine) > 10
    meets_nothing(coordinator, ids, mine)
    assert rows_of(Offering.version, Offering.state) == before


def test_what_belongs_to_another_house_is_not_there(staff, clock):
    library = house_id("library")
    pool = a_pool(4, house_id=library)
    wanted = WantedRepair(1, clock(), clock().replace(hour=20))
    stranger = a_staff("coordinator", house_id=library)
    ids = {
        "offering_id": an_offering(house_id=library, needs=(a_need(kind="host"),)),
        "programme_id": a_programme(house_id=library),
        "topic_id": a_topic(house_id=library),
        "place_id": a_room(house_id=library),
        "pool_id": pool,
        "repair_id": unit_of_work(lambda: repairing.begin(pool, wanted, editor=stranger, now=clock())),
    }
    ids["need_id"] = rows_of(Need.id)[0][0]

    named = [one for one in CATALOGUE if "_id>" in one.german]

    assert len(named) > 15
    meets_nothing(staff("coordinator"), ids, named)


@pytest.mark.parametrize("role", ["guide", "expert", "desk", "admin", "auditor"])
def test_other_roles_meet_no_page_of_the_catalogue(staff, role):
    visitor = staff(role)

    for address in CATALOGUE:
        ids = dict.fromkeys(
            ("offering_id", "programme_id", "topic_id", "place_id", "pool_id", "repair_id"), 1
        )
        assert visitor.get(path(address, ids | {"need_id": 1})).status == 404, address.view.__name__


def asked(visitor, where):
    """Return how many questions a page asks the database."""
    visitor.get(where)
    with statements() as seen:
        assert visitor.get(where).status == 200
    return len([one for one in seen if one.startswith("SELECT")])


PAGES = (
    "/angebote",
    "/angebote?missing=en&sort=missing",
    "/angebote/{offering}",
    "/angebote/{offering}/bedarf",
    "/raeume-und-geraete",
    "/orte/{room}",
    "/geraete/{pool}",
    "/reparaturen",
    "/themen",
    "/programme",
    "/programme/{programme}",
)


def test_many_rows_cost_as_many_statements_as_few(staff, clock):
    coordinator = staff("coordinator")
    room, pool, programme = a_room(), a_pool(200), a_programme()
    needs = (a_need(kind="host"), a_need(kind="room", place_id=room), a_need(kind="pool", pool_id=pool))
    offering = an_offering(programme_id=programme, needs=needs, topic_ids=(a_topic(),))
    ids = {"room": room, "pool": pool, "programme": programme, "offering": offering}

    numbers = count()

    def grow(number):
        for _ in range(number):
            an_offering(programme_id=programme, needs=needs[1:], topic_ids=(a_topic(),))
            start = clock() + timedelta(days=1, hours=2 * next(numbers))
            an_occurrence(clock, offering_id=offering, starts_at=start)
            wanted = WantedRepair(1, start, start + timedelta(hours=1))
            editor = a_staff("coordinator")
            unit_of_work(
                lambda: repairing.begin(pool, wanted, editor=editor, now=clock())  # noqa: B023 - called at once
            )
            a_programme()
            a_pool(3)
            a_room()

    grow(1)
    few = {page: asked(coordinator, GERMAN + page.format(**ids)) for page in PAGES}
    grow(20)
    many = {page: asked(coordinator, GERMAN + page.format(**ids)) for page in PAGES}

    assert many == few
    assert max(few.values()) <= 16
