"""The log of the house tells in words and with names what was done."""

from sqlalchemy import delete, update

from booking.db import execute, unit_of_work
from booking.people.models import Staff
from booking.schedule.models import Occurrence
from tests.builders import a_host, a_room, a_topic, an_occurrence, an_offering
from tests.staff import a_staff
from tests.web.staff.history_ways import LOG, record, shown


def changed(clock, staff, **changes):
    """Return how the log tells of one event with these changes."""
    record(clock, of=("offering", an_offering()), changes=changes)
    return shown(staff("auditor").get(LOG))[0]


def test_somebody_reads_who_changed_the_seats_of_which_date(app, clock, staff):
    occurrence_id, dana = an_occurrence(clock), a_staff("coordinator", name="Dana Roth")
    clock.forward(minutes=5)
    record(
        clock,
        "occurrence.changed",
        of=("occurrence", occurrence_id),
        actor=dana.actor,
        changes={"seats": [15, 12]},
    )

    newest = shown(staff("coordinator").get(LOG))[0]

    assert "Dana Roth changed the date." in newest
    assert "Date: Guided tour, Tuesday, 12 January 2027, 10:00" in newest
    assert "Seats: before 15 → now 12" in newest
    assert "Monday, 11 January 2027, 10:05" in newest


def test_who_did_it_is_a_visitor_the_platform_a_desk_or_somebody_by_name(clock, staff):
    gone = a_staff("coordinator", name="Gone Person")
    unit_of_work(
        lambda: execute(
            update(Staff)
            .where(Staff.id == gone.staff_id)
            .values(name="", password_hash="", erased_at=clock(), is_active=False)
        )
    )
    for actor in ("visitor", "system", "desk:77", gone.actor, "staff:99999", "host:5"):
        record(clock, of=("occurrence", 1), actor=actor)

    told = " ".join(shown(staff("auditor").get(LOG)))

    assert "A visitor published" in told
    assert "The platform published" in told
    assert "A desk published" in told
    assert told.count("A former member of staff published") == 2
    assert "A guide or an expert published" in told


SAID = (
    "Step-free: before yes → now no",
    "Lead time: before 1 hour 30 minutes → now 1 day",
    "Begins: before Monday, 11 January 2027, 10:00 → now Monday, 11 January 2027, 11:00",
    "First day: before – → now Tuesday, 12 January 2027",
    "People: before Mira Vogt, no. 99999 → now –",
    "Room: before – → now Foyer",
    "Topics: before – → now Artificial intelligence",
    "Hours: before 09:00–17:00 → now –",
    "Language: before German → now German Sign Language",
    "State: before Draft → now Published",
    "Weekday: before Monday → now Wednesday",
    "Weeks: before even weeks → now odd weeks",
    "Roles: before Guide → now Guide, Desk",
    "Name: before German: Alt; English: Old → now German: Neu",
    "Title (English): before Tour → now Guided tour",
    "Wednesday 15:00-19:00 in odd weeks from Wednesday, 13 January 2027",
    "2 × VR-Brillen, Buffer before: 15 minutes",
)


def test_values_are_said_as_people_say_them(clock, staff):
    host, room, topic = a_host(), a_room(), a_topic()

    told = changed(
        clock,
        staff,
        is_step_free=[True, False],
        notice_minutes=[90, 1440],
        starts_at=[int(clock().timestamp()), int(clock().timestamp()) + 3600],
        first_day=[None, "2027-01-12"],
        host_ids=[[host, 99999], []],
        place_id=[None, room],
        topic_ids=[[], [topic]],
        windows=[[[540, 1020]], []],
        language=["de", "dgs"],
        state=["draft", "published"],
        weekday=[0, 2],
        parity=[0, 1],
        roles=[["guide"], ["guide", "desk"]],
        names=[{"de": "Alt", "en": "Old"}, {"de": "Neu"}],
        **{"en.title": ["Tour", "Guided tour"]},
        rules=[[], ["wed 15:00-19:00 odd from 2027-01-13"]],
        need=[None, {"kind": "pool", "things": ["VR-Brillen"], "quantity": 2, "before": 15, "medium": None}],
    )

    for words in SAID:
        assert words in told


def test_values_of_another_shape_break_nothing(clock, staff):
    told = changed(
        clock,
        staff,
        starts_at=["soon", 10**30],
        weekday=[99, "x"],
        windows=[7, [["a", "b"]]],
        names=["x", 3],
        party=[None, "x"],
        need=["x", {}],
        rules=[None, [1, {}]],
        something_new=[1, {"a": [1]}],
        host_ids=["x", [None, True]],
        seats=12,
        summary=["", "x" * 400],
    )

    assert "Something new: before 1 → now" in told
    assert "Seats: before – → now 12" in told
    assert "x" * 150 in told
    assert "x" * 200 not in told


def test_words_of_people_stay_text(clock, staff):
    record(
        clock, of=("offering", an_offering()), changes={"summary": ["", "<script>alert(1)</script>{{ 7*7 }}"]}
    )

    body = staff("auditor").get(LOG).response.get_data(as_text=True)

    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in body


def test_what_is_deleted_keeps_its_number_and_loses_its_link(clock, staff):
    occurrence_id = an_occurrence(clock)
    unit_of_work(lambda: execute(delete(Occurrence).where(Occurrence.id == occurrence_id)))

    page = staff("coordinator").get(LOG)

    assert f"Date {occurrence_id}" in shown(page)[0]
    assert not [href for href in page.links() if href.endswith(f"/dates/{occurrence_id}")]


def test_it_reads_in_german_too(clock, staff):
    record(
        clock,
        of=("occurrence", an_occurrence(clock)),
        actor="visitor",
        changes={"is_step_free": [True, False]},
    )

    page = staff("coordinator").get("/de/intern/verlauf")

    assert "Montag, 11. Januar 2027, 10:00\N{NO-BREAK SPACE}Uhr" in page.response.get_data(as_text=True)
    assert "Ein Gast hat den Termin veröffentlicht." in shown(page)[0]
    assert "Stufenlos: vorher ja → jetzt nein" in shown(page)[0]
