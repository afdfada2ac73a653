"""Pages of free times for machines: caches, cookies, statements; and each house shows its own alone."""

from datetime import timedelta

import pytest

from booking.catalogue import service as catalogue
from booking.db import unit_of_work
from booking.people import service as people
from booking.people.service import HostDetails
from booking.schedule import hours, service
from booking.schedule.hours import Of
from tests.builders import house_id
from tests.conftest import MONDAY
from tests.hours import a_consultation, a_taken_slot, an_expert, at, rules
from tests.visitors import Visitor
from tests.web.slots import starts
from tests.web.ways import LIBRARY, path, statements

PAGES = {  # address: the most statements
    "/de/sprechstunden": 5 + 3 * 11,
    "/en/experts/mira": 5 + 3 * 11,
    "/de/angebote/ki": 3 + 5 + 3 * 11,
    "/en/offerings/ki/times": 5 + 11,
    "/de/angebote/ki/zeiten?medium=video&language=uk&host=mira&part=evening&day=2027-01-14&at=10:00": 5 + 11,
}
MEDIA = ("on_site", "video", "phone")


@pytest.fixture
def offering_id(app):
    return a_consultation(key="ki", media=MEDIA)


@pytest.fixture
def mira(offering_id):
    return an_expert(offering_id, "wed 15:00-19:00", key="mira", languages=("de", "uk"))


def tag(visitor, address):
    answer = visitor.client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    return answer.headers["ETag"]


@pytest.mark.parametrize("address", PAGES)
def test_an_unchanged_page_is_not_sent_again_and_sets_no_cookie(visitor, mira, address):
    etag = tag(visitor, address)

    again = visitor.client.get(address, headers={"If-None-Match": etag})
    page = visitor.get(address)

    assert (again.status_code, again.data) == (304, b"")
    assert "Set-Cookie" not in page.response.headers
    assert "csrf_token" not in page.response.text


@pytest.mark.parametrize("address", [one for one in PAGES if "?" not in one])
def test_a_new_booking_changes_the_tag_and_giving_back_restores_it(
    visitor, clock, offering_id, mira, address
):
    before = tag(visitor, address)

    until = clock() + timedelta(minutes=15)
    a_taken_slot(offering_id, (mira,), at("2027-01-13 15:00"), at("2027-01-13 15:30"), until=until)

    assert tag(visitor, address) != before
    clock.forward(minutes=15)  # the hold is over, and nothing was written
    assert tag(visitor, address) == before


def test_filters_and_languages_have_tags_of_their_own(visitor, mira):
    addresses = [f"/de/angebote/ki/zeiten{query}" for query in ("", "?medium=video", "?part=evening")]
    addresses += ["/en/offerings/ki/times", "/en/offerings/ki/times?from=2027-01-12"]

    assert len({tag(visitor, address) for address in addresses}) == len(addresses)


def selects(visitor, address):
    visitor.get(address)  # the house is remembered from here on
    with statements() as seen:
        visitor.get(address)
    return len([one for one in seen if one.startswith("SELECT")])


def test_a_page_asks_as_often_for_many_hosts_bookings_and_consultations_as_for_one(
    visitor, offering_id, mira
):
    few = {address: selects(visitor, address) for address in PAGES}
    for number in range(10):
        other = a_consultation(key=f"other-{number}", media=MEDIA)
        host = an_expert(offering_id, "daily 10:00-12:00", first_name=f"Expert {number}")
        unit_of_work(lambda: service.teach(host, other))  # noqa: B023 - called at once
        begin = at("2027-01-13 10:00") + timedelta(days=number)
        a_taken_slot(offering_id, (host,), begin, begin + timedelta(minutes=30))

    many = {address: selects(visitor, address) for address in PAGES}

    assert few == many
    assert {address: number for address, number in many.items() if number > PAGES[address]} == {}


@pytest.fixture
def library(app):
    return Visitor(app, host=LIBRARY)


def a_consultation_of_the_library():
    """Write a consultation with the same key, and its expert with the same key as Leipzig's."""
    house = house_id("library")
    titles = {"de": "Gespräch der Bibliothek", "en": "Talk of the library"}
    texts = {code: {"title": title, "summary": "", "description": ""} for code, title in titles.items()}
    theirs = a_consultation(key="ki", house_id=house, texts=texts)

    def deed():
        details = HostDetails("mira", "expert", "Berta", "Buch", ("en",))
        topic = catalogue.enter_topic("books", {"de": "Bücher", "en": "Books"}, house_id=house)
        host = people.enter_host(details, house_id=house)
        service.add_resource(house_id=house, capacity=1, host_id=host)
        service.teach(host, theirs)
        return host, topic

    host, _topic = unit_of_work(deed)
    for rule in rules("tue 09:00-10:00"):
        unit_of_work(lambda: hours.add_rule(rule, of=Of(host_id=host), house_id=house, now=MONDAY))  # noqa: B023


def test_each_house_shows_its_own_consultations_experts_and_times(app, visitor, library, mira):
    a_consultation_of_the_library()
    names = {
        "consultations": {},
        "expert": {"key": "mira"},
        "times": {"key": "ki"},
        "offering": {"key": "ki"},
    }
    for name, values in names.items():
        ours, theirs = (who.get(path(app, name, "en", **values)) for who in (visitor, library))
        assert "Consultation" in ours.text, name
        for word in ("Talk of the library", "Berta", "Books"):
            assert word not in ours.text, (name, word)
        assert "Talk of the library" in theirs.text, name
        assert "Mira" not in theirs.text, name

    assert starts(visitor.get(path(app, "times", key="ki")))[0] == "2027-01-13T14:00Z"
    assert starts(library.get(path(app, "times", key="ki")))[0] == "2027-01-12T08:00Z"


def test_no_house_knows_the_consultations_and_experts_of_the_other(app, visitor, library, mira):
    for name, key in (("expert", "mira"), ("times", "ki"), ("offering", "ki")):
        assert visitor.get(path(app, name, key=key)).status == 200
        assert library.get(path(app, name, key=key)).status == 404
    assert "Sprechstunde" not in [one.text for one in library.get(path(app, "consultations")).all("h3")]
