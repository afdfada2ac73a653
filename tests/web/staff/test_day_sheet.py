"""The day sheet: a page and a tagged PDF with sizes and boxes, without addresses, with no more than one may see."""

import io
from datetime import timedelta

import pypdf
import pytest

from booking.bookings import attending
from booking.db import unit_of_work
from tests.builders import a_booking, a_host, a_room, an_occurrence
from tests.needs import booked_with
from tests.staff import a_programme
from tests.web.ways import said

SHEET = "/de/intern/tagesliste"


@pytest.fixture
def host_id(app):
    return a_host()


@pytest.fixture
def today(app, clock, host_id):
    room = a_room(names={"de": "Werkstatt", "en": "Workshop"})
    return an_occurrence(clock, starts_at=clock() + timedelta(hours=1), host_ids=(host_id,), place_id=room)


def read(answer):
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(answer.data))


def words(found):
    text = " ".join(page.extract_text() for page in found.pages)
    return " ".join(text.replace("\u200b", "").split())


def tags(node, depth=0):
    """Return the kinds and alternative texts of a structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if depth > 14 or not isinstance(node, dict):
        return []
    kids = node.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    kids = kids if isinstance(kids, list) else [kids]
    own = [str(node.get("/S", "")), str(node.get("/Alt", ""))]
    return own + [tag for kid in kids for tag in tags(kid, depth + 1)]


def both(visitor, query=""):
    """Return the words of the page and those of the paper."""
    page = visitor.get(SHEET + query)
    paper = read(visitor.client.get(f"{SHEET}.pdf{query}"))
    return page.text, words(paper)


def test_the_desk_prints_names_sizes_and_references_and_no_address(staff, clock, today):
    a_booking(today, clock, phone="+49 341 99887766", note="Wir kommen mit Kinderwagen.")

    for text in both(staff("desk")):
        for told in (
            "Montag, 11. Januar 2027, 11:00–12:00 Uhr",
            "Rundgang",
            "Amina Kaya",
            "Werkstatt",
            "Mira",
        ):
            assert told in text
        for secret in ("example.org", "99887766", "Kinderwagen"):
            assert secret not in text


def test_a_guide_gets_first_names_and_sizes_of_the_own_dates(staff, clock, today, host_id):
    other = an_occurrence(clock, starts_at=clock() + timedelta(hours=1))
    a_booking(today, clock)
    a_booking(other, clock, name="Bela Öz")
    guide = staff("guide", host_id=host_id)

    for query in ("", f"?date={today}", "?group=person"):
        for text in both(guide, query):
            assert "Amina" in text
            assert "Kaya" not in text
            assert "Bela" not in text
    assert guide.get(f"{SHEET}?date={other}").status == 404
    assert guide.client.get(f"{SHEET}.pdf?date={other}").status_code == 404


def test_the_auditor_and_the_administrator_have_no_sheet(staff, clock, today):
    for role in ("auditor", "admin"):
        assert staff(role).client.get(SHEET).status_code == 404
        assert staff(role).client.get(f"{SHEET}.pdf").status_code == 404


def test_access_needs_are_on_the_sheet_only_when_asked_for(staff, clock, today):
    booked_with(today, clock, "wheelchair")
    desk = staff("desk")

    assert not [text for text in both(desk) if "Rollstuhl" in text]
    assert all("Rollstuhl" in text for text in both(desk, "?needs=1"))


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_program_that_reads_the_paper_aloud_finds_language_title_headings_and_header_cells(
    staff, clock, today, language
):
    a_booking(today, clock)
    path = {"de": "/de/intern/tagesliste.pdf", "en": "/en/staff/day-list.pdf"}[language]

    found = read(staff("coordinator").client.get(path))

    root = found.trailer["/Root"]
    assert root["/Lang"] == language
    assert str(root["/MarkInfo"]["/Marked"]) == "True"
    assert str(root["/ViewerPreferences"]["/DisplayDocTitle"]) == "True"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert str(found.metadata.title).startswith(said("Day list: %(days)s", language, days=""))
    tree = tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= set(tree)


def test_the_sheet_of_one_date_bears_its_code_for_the_phone_of_the_guide(staff, clock, today):
    a_booking(today, clock)

    found = read(staff("desk").client.get(f"{SHEET}.pdf?date={today}"))

    alternative = said("QR code that leads to the check-in of this date", "de")
    assert alternative in tags(found.trailer["/Root"]["/StructTreeRoot"])


def test_who_is_here_already_is_on_the_sheet(staff, clock, today):
    booked = a_booking(today, clock)
    unit_of_work(
        lambda: attending.check_in(
            booked.booking_id, {"adults": 1}, zone="Europe/Berlin", actor="staff:1", now=clock()
        )
    )

    page, paper = both(staff("desk"))

    here = f"1 {said('of %(size)s', 'de', size=3)}"
    assert here in page
    assert here in paper


def test_an_empty_day_says_so(staff):
    page, paper = both(staff("desk"), "?day=2027-01-14")

    assert said("Nobody is expected.", "de") in paper
    assert said("Nobody is expected on these days. Choose another day above.", "de") in page


def test_what_people_typed_is_words_on_paper(staff, clock, today):
    hostile = '#import "x": y; *bold* $x^2$ <label> @ref'
    a_booking(today, clock, name=hostile)

    assert hostile in both(staff("desk"))[1]


def test_dates_of_another_programme_are_not_on_the_sheet(staff, clock, today):
    a_booking(today, clock)

    for text in both(staff("coordinator", programmes=[a_programme()])):
        assert "11:00–12:00" not in text
