"""What search engines may find: every public page in its languages, no page of a person, nothing that is over."""

from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree.ElementTree import fromstring

import pytest

from booking.bookings import calling_off
from booking.db import unit_of_work
from tests.builders import a_topic, an_occurrence, an_offering
from tests.hours import a_consultation, a_taken_slot, an_expert, at
from tests.visitors import Visitor
from tests.web.every_address import Places, filled
from tests.web.ways import LIBRARY, path, statements

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
BASE = "http://localhost"


def entries(visitor, base=BASE):
    answer = visitor.client.get("/sitemap.xml", base_url=base)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    tree = fromstring(answer.data)  # noqa: S314 - ours
    return {one.findtext(MAP + "loc"): one for one in tree.iter(MAP + "url")}


def test_the_map_names_pages_that_answer_and_want_to_be_found(app, visitor, clock):
    an_occurrence(clock, offering_id=an_offering(key="tour"))
    a_topic(key="ai")
    an_expert(a_consultation(key="ki"), "wed 15:00-19:00", key="mira")

    found = entries(visitor)

    for address in found:
        page = visitor.get(address.removeprefix(BASE))
        assert page.status == 200, address
        assert [one.get("href") for one in page.all("link") if one.get("rel") == "canonical"] == [address]
    names = ("start", "programme", "subscribe", "imprint", "consultations")
    wanted = [path(app, name, language) for name in names for language in ("de", "en", "ls")]
    wanted += [
        path(app, "offering", key="tour"),
        path(app, "topic", key="ai"),
        path(app, "expert", key="mira"),
    ]
    assert {BASE + one for one in wanted} <= found.keys()


def test_every_page_that_tells_its_address_stands_in_the_map(visitor, clock):
    places = Places(visitor, clock)
    found = entries(visitor)

    for rule, address in filled(places):
        page = visitor.get(address) if rule.endpoint.startswith("public.") else None
        if page is None or page.response.mimetype != "text/html" or page.status != 200:
            continue
        canonical = [one.get("href") for one in page.all("link") if one.get("rel") == "canonical"]
        if canonical and rule.endpoint not in (
            "public.now_serving",
            "public.erased",
            "public.resend_sent",
            "public.voice_erased",
        ):
            assert canonical[0] in found, rule


def test_an_entry_names_its_languages_and_only_a_date_when_it_changed(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    found = entries(visitor)

    for name, values, changed in (
        ("start", {}, None),
        ("occurrence", {"occurrence_id": occurrence_id}, "2027-01-11T09:00:00Z"),
    ):
        paths = {tag: BASE + path(app, name, tag, **values) for tag in ("de", "en", "ls")}
        for tag, address in paths.items():
            entry = found[address]
            links = {one.get("hreflang"): one.get("href") for one in entry.iter(XHTML + "link")}
            assert links == ({} if tag == "ls" else {"de": paths["de"], "en": paths["en"]})
            assert entry.findtext(MAP + "lastmod") == changed


def test_what_is_over_cancelled_or_somebodys_stands_in_no_map(app, visitor, clock):
    over = an_occurrence(clock, starts_at=clock() + timedelta(hours=1))
    off = an_occurrence(clock)
    ki = a_consultation(key="ki")
    slot = a_taken_slot(
        ki, (an_expert(ki, "wed 15:00-19:00"),), at("2027-01-13 17:30"), at("2027-01-13 18:00")
    )
    unit_of_work(
        lambda: calling_off.cancel_occurrence(off, reasons={"de": "Krank"}, actor="staff:1", now=clock())
    )
    clock.forward(hours=3)

    found = entries(visitor)

    for occurrence_id in (over, off, slot.occurrence_id):
        assert BASE + path(app, "occurrence", occurrence_id=occurrence_id) not in found


def test_each_house_has_a_map_of_its_own(app, visitor, clock):
    an_occurrence(clock, offering_id=an_offering(key="tour"))

    theirs = entries(Visitor(app, host=LIBRARY), f"http://{LIBRARY}")

    assert {urlsplit(one).hostname for one in theirs} == {LIBRARY}
    assert not [one for one in theirs if "/termine/" in one or "/angebote/" in one]


def test_the_map_asks_as_often_for_a_hundred_dates_as_for_one(visitor, clock):
    offering_id = an_offering(key="tour")

    def asked():
        visitor.client.get("/sitemap.xml")
        with statements() as seen:
            size = len(entries(visitor))
        return len([one for one in seen if one.startswith("SELECT")]), size

    an_occurrence(clock, offering_id=offering_id)
    few = asked()
    for step in range(99):
        starts_at = clock() + timedelta(days=2, minutes=15 * step)
        an_occurrence(clock, offering_id=offering_id, starts_at=starts_at)
    many = asked()

    assert few[0] == many[0] <= 12
    assert many[1] == few[1] + 99 * 3


@pytest.mark.parametrize("address", ["/sitemap.xml", "/robots.txt"])
def test_an_unchanged_map_is_not_sent_again(visitor, address):
    etag = visitor.client.get(address).headers["ETag"]

    assert visitor.client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_robots_may_look_everywhere_and_find_the_map(visitor):
    """What they shall forget says so itself; a page that they may not open could not."""
    lines = visitor.client.get("/robots.txt").get_data(as_text=True).splitlines()

    assert lines[0] == "User-agent: *"
    assert f"Sitemap: {BASE}/sitemap.xml" in lines
    assert not [line for line in lines if line.startswith("Disallow")]
