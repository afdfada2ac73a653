"""One's own hours and those of others: who may change what, what another programme shows, what a page costs."""

from booking.schedule.availability_models import Absence
from booking.schedule.hours import Of
from tests.builders import a_booking, a_host, a_room, an_occurrence, an_offering, house_id
from tests.deeds.reading import rows_of
from tests.hours import a_consultation, an_expert, at, away, hours_of, on
from tests.staff import a_programme
from tests.web.staff.hours_forms import is_done, sent_by
from tests.web.ways import statements

DE = "/de/intern"


def post(visitor, address, do, **fields):
    """Open a form, type into it, and press a button; returns the answer with what it would send next."""
    page = visitor.get(address)
    return visitor.post(address, data=sent_by(page) | fields | {"do": do})


def again(visitor, address, page, **fields):
    return visitor.post(address, data=sent_by(page) | fields | {"do": "save"})


def test_an_expert_edits_the_own_hours_and_no_others(app, staff):
    host, other, room = an_expert(a_consultation(), "wed 15:00-19:00"), a_host(), a_room()
    visitor = staff("expert", host_id=host)

    text = visitor.get(f"{DE}/meine-zeiten").text
    assert "Meine Zeiten" in text
    assert "Mittwoch, 15:00–19:00" in text
    for page in ("wochenzeiten", "tag", "abwesenheit"):
        assert visitor.get(f"{DE}/meine-zeiten/{page}").status == 200
        for address in (f"{DE}/personen/{host}/{page}", f"{DE}/personen/{other}/{page}"):
            assert visitor.get(address).status == 404
    foreign = (f"{DE}/personen/{other}", f"{DE}/raumzeiten/{room}", f"{DE}/personen/{host}/angaben")
    for address in (*foreign, f"{DE}/personen", f"{DE}/schliesstage", f"{DE}/warum-nichts-frei"):
        assert visitor.get(address).status == 404
    shown = post(visitor, f"{DE}/meine-zeiten/abwesenheit", "preview", first_day="2027-01-13")
    assert is_done(again(visitor, f"{DE}/meine-zeiten/abwesenheit", shown))
    assert rows_of(Absence.host_id) == [(host,)]


def test_an_expert_takes_back_no_absence_of_another(app, staff):
    host, other = a_host(), a_host()
    absence = away(at("2027-01-14 10:00").date(), of=Of(host_id=other))
    visitor = staff("expert", host_id=host)
    token = sent_by(visitor.get(f"{DE}/meine-zeiten/tag"))["csrf_token"]

    answer = visitor.post(f"{DE}/meine-zeiten", data={"csrf_token": token, "remove": f"absence:{absence}"})

    assert answer.status == 404
    assert len(rows_of(Absence.id)) == 1


def test_an_account_that_is_no_host_learns_what_to_do(app, staff):
    a_host()
    visitor = staff("guide")

    assert "Ihr Konto ist noch mit keinem Guide" in visitor.get(f"{DE}/meine-zeiten").text
    assert visitor.get(f"{DE}/meine-zeiten/wochenzeiten").status == 404


def test_what_another_house_has_is_not_there(app, staff):
    host, room = a_host(house_id=house_id("library")), a_room(house_id=house_id("library"))
    visitor = staff("coordinator")

    for page in ("", "/wochenzeiten", "/tag", "/abwesenheit", "/angaben"):
        assert visitor.get(f"{DE}/personen/{host}{page}").status == 404
    for page in ("", "/wochenzeiten", "/tag", "/ausser-betrieb"):
        assert visitor.get(f"{DE}/raumzeiten/{room}{page}").status == 404
    token = sent_by(visitor.get(f"{DE}/personen/neu"))["csrf_token"]
    answer = visitor.post(f"{DE}/personen/{host}/wochenzeiten", data={"csrf_token": token, "do": "save"})
    assert answer.status == 404


def test_of_another_programme_a_coordinator_sees_that_it_is_there_and_no_more(app, staff, clock):
    mine, theirs = a_programme(), a_programme()
    host = a_host()
    hours_of(host, "mon 08:00-09:00")
    references = []
    for day, programme in ((12, mine), (13, theirs)):
        offering = an_offering(programme_id=programme)
        occurrence = an_occurrence(
            clock, offering_id=offering, host_ids=(host,), starts_at=at(f"2027-01-{day} 10:00")
        )
        references.append((occurrence, a_booking(occurrence, clock, email=f"a{day}@example.org")))

    page = staff("coordinator", programmes=[mine]).get(f"{DE}/personen/{host}")

    (own, _), (foreign, _) = references
    assert "13. Januar 2027" in page.text
    assert any(link.endswith(f"/termine/{own}") for link in page.links())
    assert not any(f"/termine/{foreign}" in link for link in page.links())
    assert "amina" not in page.text.lower()


def test_the_page_costs_the_same_for_little_and_for_much(app, staff, clock):
    offering = a_consultation(media=("on_site", "video", "phone"))
    host, visitor = an_expert(offering, "wed 15:00-19:00"), staff("coordinator")
    address = f"{DE}/personen/{host}"
    an_occurrence(clock, host_ids=(host,), starts_at=at("2027-01-12 10:00"))
    on(at("2027-02-01 10:00").date(), of=Of(host_id=host))
    away(at("2027-02-01 10:00").date(), of=Of(host_id=host))
    visitor.get(address)
    with statements() as few:
        visitor.get(address)
    hours_of(host, *(f"mon {hour:02}:00-{hour:02}:30" for hour in range(8, 20)))
    for day in range(2, 12):
        on(at(f"2027-02-{day:02} 10:00").date(), "10:00-12:00", of=Of(host_id=host))
        away(at(f"2027-03-{day:02} 10:00").date(), of=Of(host_id=host))
        occurrence = an_occurrence(clock, host_ids=(host,), starts_at=at(f"2027-04-{day:02} 10:00"))
        a_booking(occurrence, clock, email=f"a{day}@example.org")
    with statements() as many:
        visitor.get(address)

    assert len(many) == len(few)
