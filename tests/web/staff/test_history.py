"""The log of the house and the history of an object: in words, with names, within what the reader may see."""

import pytest
from sqlalchemy import delete, update

from booking.bookings.models import Booking
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.journal import service as journal
from booking.people.models import Staff
from booking.schedule.models import Occurrence
from tests.builders import a_booking, a_host, a_room, a_topic, an_occurrence, an_offering, house_id
from tests.staff import a_programme, a_staff
from tests.voices import tell
from tests.web.ways import statements

LOG = "/en/staff/history"


def record(clock, deed="occurrence.published", *, of=("occurrence", 1), actor="system", house=None, **more):
    """Write one event."""
    house = house or house_id()
    about = {"object_kind": of[0], "object_id": of[1]}
    unit_of_work(lambda: journal.record(deed, house_id=house, actor=actor, now=clock(), **about, **more))


def shown(page):
    """Return the events of the log, newest first."""
    return [
        " ".join("".join(one.itertext()).split())
        for one in page.all("li")
        if "history__row" in (one.get("class") or "")
    ]


def changed(clock, staff, **changes):
    """Return how the log tells of one event with these changes."""
    record(clock, of=("offering", an_offering()), changes=changes)
    return shown(staff("auditor").get(LOG))[0]


@pytest.fixture
def two_programmes(clock):
    """A booked date of the school programme, and one of the tours, each with an event of every kind it has."""
    found = {}
    for name in ("school", "tours"):
        programme_id, offering_id = a_programme(), an_offering()
        unit_of_work(
            lambda o=offering_id, p=programme_id: execute(
                update(Offering).where(Offering.id == o).values(programme_id=p)
            )
        )
        occurrence_id = an_occurrence(clock, offering_id=offering_id)
        booking_id = a_booking(occurrence_id, clock, email=f"{name}@example.org").booking_id
        record(clock, "offering.changed", of=("offering", offering_id))
        found[name] = (programme_id, offering_id, occurrence_id, booking_id)
    return found


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

    for words in (
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
    ):
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


def test_the_log_is_filtered_by_who_what_which_and_when(clock, staff):
    dana = a_staff("coordinator", name="Dana Roth")
    record(clock, of=("offering", 3), actor=dana.actor)
    clock.forward(days=1)
    record(clock, of=("offering", 4), actor="visitor")
    record(clock, of=("place", 3), actor="desk:1")
    visitor = staff("auditor")

    def count(query):
        return len(shown(visitor.get(f"{LOG}?{query}")))

    assert count("") == 3
    assert count(f"who={dana.actor}") == count("who=staff") == 1
    assert count("who=visitor") == count("who=desk") == 1
    assert count("kind=offering") == 2
    assert count("kind=offering&id=4") == 1
    assert count("from=2027-01-12") == 2
    assert count("until=2027-01-11") == 1
    assert count("from=2027-01-11&until=2027-01-12") == 3
    assert "Nothing was found." in visitor.get(f"{LOG}?who=system").text


@pytest.mark.parametrize(
    "query",
    [
        "who=%27%20OR%201",
        "who=staff%3Ax",
        "kind=nothing",
        "id=1",
        "kind=offering&id=-1",
        "kind=offering&id=99999999999",
        "from=2027-13-01",
        "until=yesterday",
        "before=x",
        "before=99999999999999999-1",
        "from=0001-01-01",
    ],
)
def test_a_filter_that_is_not_known_is_passed_over_with_a_note(clock, staff, query):
    record(clock, of=("offering", 1))

    page = staff("auditor").get(f"{LOG}?{query}")

    assert page.status == 200
    assert "A filter in the address is not known here and was passed over." in page.text
    assert len(shown(page)) == 1


def test_the_pages_of_the_log_show_each_event_once_also_those_of_one_second(clock, staff):
    for number in range(120):
        record(clock, of=("offering", number + 1))
        if number % 50 == 0:
            clock.forward(seconds=1)
    visitor, found, href = staff("auditor"), [], LOG

    while href:
        page = visitor.get(href)
        found += [one.rpartition("Offering ")[2] for one in shown(page)]
        older = [one.get("href") for one in page.all("a") if "".join(one.itertext()).strip() == "Older"]
        href = older[0] if older else ""

    assert found == [str(number) for number in range(120, 0, -1)]


def test_a_coordinator_reads_of_own_programmes_and_of_the_house(clock, staff, two_programmes):
    programme_id, _offering_id, _occurrence_id, _booking_id = two_programmes["school"]
    record(clock, "place.changed", of=("place", a_room()))
    record(clock, "staff.invited", of=("staff", 1))
    tell(clock)

    own = staff("coordinator", programmes=[programme_id]).get(LOG)
    everything = staff("coordinator").get(LOG)

    assert len(shown(own)) == 5  # offering, date, booking, room, idea
    assert len(shown(everything)) == 8
    assert "You see what belongs to your own programmes" in own.text
    assert "invited a member of staff" not in own.text + everything.text
    assert "invited a member of staff" in staff("admin").get(LOG).text
    assert "invited a member of staff" in staff("auditor").get(LOG).text


def test_no_filter_opens_what_another_programme_did(clock, staff, two_programmes):
    _programme, offering_id, occurrence_id, booking_id = two_programmes["tours"]
    visitor = staff("coordinator", programmes=[two_programmes["school"][0]])

    for query in (f"kind=offering&id={offering_id}", f"kind=occurrence&id={occurrence_id}"):
        assert shown(visitor.get(f"{LOG}?{query}")) == []
    assert shown(visitor.get(f"{LOG}?kind=booking&id={booking_id}")) == []
    assert shown(staff("coordinator", programmes=[]).get(f"{LOG}?kind=booking")) == []


def test_bookings_are_numbers_for_those_who_meet_no_visitors(clock, staff):
    booked = a_booking(an_occurrence(clock), clock)
    ((reference,),) = unit_of_work(
        lambda: execute(Booking.__table__.select().with_only_columns(Booking.reference)).all()
    )

    assert reference in staff("coordinator").get(LOG).text
    for role in ("auditor", "admin"):
        page = staff(role).get(LOG)
        assert reference not in page.response.get_data(as_text=True)
        assert f"Booking {booked.booking_id}" in page.text
        assert "Amina" not in page.text


@pytest.mark.parametrize("role", ["guide", "expert", "desk"])
def test_nobody_else_opens_the_log(staff, role):
    assert staff(role).client.get(LOG).status_code == 404


def test_another_house_is_not_in_the_log(clock, staff):
    record(clock, house=house_id("library"), of=("offering", 7))

    assert "Nothing has happened yet." in staff("coordinator").get(LOG).text


def test_the_log_asks_as_often_for_three_hundred_events_as_for_ten(clock, staff, two_programmes):
    visitor = staff("coordinator")

    def asked():
        visitor.get(LOG)
        with statements() as seen:
            visitor.get(LOG)
        return len([one for one in seen if one.startswith("SELECT")])

    few = asked()
    host, room = a_host(), a_room()
    for number in range(300):
        occurrence = two_programmes["tours" if number % 2 else "school"][2]
        of = [("occurrence", occurrence), ("booking", two_programmes["school"][3]), ("offering", number)]
        record(clock, of=of[number % 3], changes={"host_ids": [[], [host]], "place_id": [None, room]})

    assert asked() <= few + 2, "two more kinds are named: persons and rooms"
    assert asked() <= 12


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
