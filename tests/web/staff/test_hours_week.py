"""Weekly hours on the page: typed in rows, looked at, saved as one; what is wrong stands at its field, all is kept."""

from booking.db import unit_of_work
from booking.schedule import weekly
from booking.schedule.availability_models import AvailabilityRule
from booking.schedule.hours import Of, Rule
from booking.schedule.models import Occurrence
from tests.builders import a_host, a_room, house_id
from tests.deeds.reading import events, rows_of
from tests.holds import a_slot_booking
from tests.hours import a_consultation, an_expert, at, hours_of, rules
from tests.web.staff.hours_forms import is_done, sent_by

ROW = {"weekday": "2", "start": "15:00", "end": "19:00", "weeks": "", "ordinal": "", "valid_from": ""}
ROW |= {"valid_until": "", "school": "any", "offering": "", "medium": ""}


def path(host_id):
    return f"/de/intern/personen/{host_id}/wochenzeiten"


def row(number, **more):
    """What a browser sends of one row."""
    return {f"r{number}-{name}": value for name, value in (ROW | more).items()}


def known(of):
    house = house_id()
    return unit_of_work(lambda: weekly.rules_of(of, house_id=house))


def page_of(visitor, host_id, *fields, do="preview"):
    """Open the form, and send rows instead of those that it has."""
    page = visitor.get(path(host_id))
    base = {name: value for name, value in page.fields().items() if name in ("csrf_token", "version", "seen")}
    for more in fields:
        base |= more
    return visitor.post(path(host_id), data=base | {"do": do})


def test_hours_are_looked_at_and_then_saved(app, staff, clock):
    offering = a_consultation()
    host, visitor = an_expert(offering, "wed 15:00-19:00"), staff("coordinator")
    a_slot_booking(offering, at("2027-01-13 18:00"), clock)
    before = rows_of(Occurrence.id, Occurrence.starts_at, Occurrence.version)

    shown = page_of(visitor, host, row(1, end="16:00"))
    assert shown.status == 200
    assert "Vorschau: Noch ist nichts gespeichert" in shown.text
    assert "15:00–16:00" in shown.text
    assert "fallen weg: 16:00, 16:30, 17:00, 17:30, 18:30" in shown.text
    assert "Mittwoch, 13. Januar 2027, 18:00–18:30 Uhr" in shown.text
    assert known(Of(host_id=host)) == list(rules("wed 15:00-19:00"))

    saved = visitor.post(path(host), data=sent_by(shown) | {"do": "save"})
    assert is_done(saved)
    assert known(Of(host_id=host)) == list(rules("wed 15:00-16:00"))
    assert rows_of(Occurrence.id, Occurrence.starts_at, Occurrence.version) == before
    assert "Die Wochenzeiten sind gespeichert." in saved.text
    assert "18:00–18:30 Uhr" in saved.text  # what lies outside is listed after saving, too


def test_nothing_is_saved_that_was_not_looked_at(app, staff):
    host, visitor = a_host(), staff("coordinator")

    shown = page_of(visitor, host, row(1), do="save")
    assert shown.status == 200
    assert "Vorschau" in shown.text
    changed = visitor.post(path(host), data=sent_by(shown) | {"r1-end": "18:00", "do": "save"})

    assert changed.status == 200
    assert "seit der Vorschau geändert" in changed.text
    assert known(Of(host_id=host)) == []


def test_rows_come_and_go_without_a_script_and_without_a_loss(app, staff):
    host, visitor = a_host(), staff("coordinator")

    more = page_of(visitor, host, row(1), row(2, weekday="4", end="banana"), do="add")
    sent = sent_by(more)
    assert {name for name in sent if name.endswith("-weekday")} == {f"r{n}-weekday" for n in (1, 2, 3)}
    assert (sent["r2-weekday"], sent["r3-weekday"]) == ("4", "5")
    less = visitor.post(path(host), data=sent | {"do": "remove-1"})

    left = sent_by(less)
    assert "r1-weekday" not in left
    assert left["r2-start"] == "15:00"
    assert known(Of(host_id=host)) == []


def test_every_kind_of_row_is_kept(app, staff):
    offering, host = a_consultation(), a_host()
    visitor = staff("coordinator")
    rows = row(1, weeks="1", valid_from="2027-02-01", valid_until="2027-12-31", school="never")
    rows |= row(2, weekday="3", ordinal="-1", offering=str(offering), medium="video")
    rows |= row(3, weekday="4", start="22:00", end="02:00") | {"r3-overnight": "y"}
    rows |= row(4, weekday="5", start="20:00", end="00:00")

    shown = page_of(visitor, host, rows)
    saved = visitor.post(path(host), data=sent_by(shown) | {"do": "save"})

    assert is_done(saved)
    found = known(Of(host_id=host))
    assert [(one.weekday, one.parity, one.ordinal, one.medium) for one in found] == [
        (2, 1, None, None),
        (3, None, -1, "video"),
        (4, None, None, None),
        (5, None, None, None),
    ]
    assert [(one.start_minute, one.end_minute) for one in found[2:]] == [(1320, 120), (1200, 1440)]
    text = visitor.get(f"/de/intern/personen/{host}").text
    assert "letzter Donnerstag im Monat" in text
    assert "jede zweite Woche, in ungeraden Kalenderwochen" in text
    assert "22:00–02:00 (bis zum nächsten Tag)" in text
    assert "nächste Termine" in text
    assert sent_by(visitor.get(path(host)))["r3-overnight"]


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(app, staff):
    host, visitor = a_host(), staff("coordinator")
    wrong = {
        1: ({"end": "14:00"}, "Das Ende liegt vor dem Anfang"),
        2: ({"start": ""}, "ab wann"),
        3: ({"end": ""}, "bis wann"),
        4: ({"start": "25:00"}, "zum Beispiel 15:30"),
        5: ({"start": "24:00"}, "Ein Tag endet um 24:00 Uhr"),
        6: ({"valid_from": "2027-03-01", "valid_until": "2027-02-01"}, "vor dem ersten"),
        7: ({"valid_from": "0001-01-01"}, "in den Jahren"),
        8: ({"valid_until": "9999-12-31"}, "in den Jahren"),
        9: ({"valid_until": "soon"}, "24.12.2026"),
        10: ({"weekday": "9"}, "Wählen Sie eines davon"),
        11: ({"offering": "99999"}, "Wählen Sie eines davon"),
        12: ({"overnight": "y"}, "am selben Tag"),
        13: ({"start": "15:00", "end": "15:00"}, "Das Ende liegt vor dem Anfang"),
    }
    rows = [row(number, **more) for number, (more, _) in wrong.items()]

    page = page_of(visitor, host, *rows, do="save")

    assert page.status == 422
    for number, (_, words) in wrong.items():
        assert words in page.text, number
    summary = [one for one in page.links() if one.startswith("#r")]
    assert {one.split("-")[0] for one in summary} == {f"#r{number}" for number in wrong}
    assert sent_by(page)["r1-end"] == "14:00"
    assert sent_by(page)["r4-start"] == "25:00"
    types = {one.get("name"): one.get("type") for one in page.all("input")}
    assert types["r4-start"] == types["r9-valid_until"] == "text"  # the control of a clock would show nothing
    assert types["r1-start"] == "time"
    assert known(Of(host_id=host)) == []


def test_two_hundred_rows_are_refused_and_kept(app, staff):
    host, visitor = a_host(), staff("coordinator")

    page = page_of(visitor, host, *(row(number) for number in range(1, 201)), do="save")

    assert page.status == 422
    assert "mehr als 100 Zeilen" in page.text
    assert len([name for name in sent_by(page) if name.endswith("-start")]) == 200
    assert rows_of(AvailabilityRule.id) == []


def test_rows_that_overlap_or_never_come_are_told(app, staff):
    host, visitor = a_host(), staff("coordinator")

    page = page_of(
        visitor, host, row(1), row(2, start="18:00", end="20:00"), row(3, valid_until="2026-12-01")
    )

    assert "Die Zeilen 1 und 2 überschneiden sich" in page.text
    assert "Die Zeile 3 kommt in den nächsten 400 Tagen nie vor" in page.text


def test_each_row_tells_its_next_dates(app, staff):
    host, visitor = a_host(), staff("coordinator")

    page = page_of(visitor, host, row(1, weeks="0"), row(2, weekday="5", ordinal="1"))

    assert "nächste Termine: Mi., 13. Januar; Mi., 27. Januar; Mi., 10. Februar" in page.text
    assert "nächste Termine: Sa., 6. Februar; Sa., 6. März; Sa., 3. April" in page.text


def test_of_two_the_second_sees_both_versions_and_may_then_save(app, staff):
    host = a_host()
    one, two = staff("coordinator"), staff("coordinator")
    first, second = (page_of(visitor, host, row(1, weekday=day)) for visitor, day in ((one, "0"), (two, "4")))
    assert is_done(one.post(path(host), data=sent_by(first) | {"do": "save"}))

    page = two.post(path(host), data=sent_by(second) | {"do": "save"})

    assert page.status == 409
    assert "Montag, 15:00–19:00" in page.text
    assert "Freitag, 15:00–19:00" in page.text
    assert known(Of(host_id=host)) == list(rules("mon 15:00-19:00"))
    assert is_done(two.post(path(host), data=sent_by(page) | {"do": "save"}))
    assert known(Of(host_id=host)) == list(rules("fri 15:00-19:00"))


def test_a_form_without_its_token_is_asked_for_once_more(app, staff):
    host, visitor = a_host(), staff("coordinator")

    page = page_of(visitor, host, row(1), {"csrf_token": "stale"})

    assert page.status == 400
    assert sent_by(page)["r1-end"] == "19:00"


def test_hours_of_a_room_are_edited_alike(app, staff):
    room, visitor = a_room(), staff("coordinator")
    address = f"/de/intern/raumzeiten/{room}/wochenzeiten"
    base = visitor.get(address)

    shown = visitor.post(address, data=sent_by(base) | row(1) | {"do": "preview"})
    saved = visitor.post(address, data=sent_by(shown) | {"do": "save"})

    assert is_done(saved)
    assert known(Of(place_id=room)) == list(rules("wed 15:00-19:00"))
    assert "Mittwoch, 15:00–19:00" in visitor.get(f"/de/intern/raumzeiten/{room}").text


def test_no_row_at_all_takes_every_hour(app, staff):
    host, visitor = a_host(), staff("coordinator")
    hours_of(host, "mon 09:00-10:00", "tue 09:00-10:00")

    shown = page_of(visitor, host)
    saved = visitor.post(path(host), data=sent_by(shown) | {"do": "save"})

    assert is_done(saved)
    assert known(Of(host_id=host)) == []
    assert events()[-1] == "hours.changed"


def test_a_rule_for_a_while_is_shown_as_it_was_entered(app, staff):
    host, visitor = a_host(), staff("coordinator")
    hours_of(host, "mon 09:00-10:00", parity=0, ordinal=1, school_holidays="only")

    sent = sent_by(visitor.get(path(host)))

    assert (sent["r1-weeks"], sent["r1-ordinal"], sent["r1-school"]) == ("0", "1", "only")
    assert Rule(0, 540, 600, parity=0, ordinal=1, school_holidays="only") in known(Of(host_id=host))
