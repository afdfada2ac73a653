"""Pages of mail texts: wording a mail, seeing it with a real booking, a test mail to oneself."""

import pytest
from sqlalchemy import select, update

from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.messages import house_texts, text_queries
from booking.messages.models import OutgoingMail
from booking.messages.testing import REFERENCE
from booking.web.staff.messages.bounds import MOST
from booking.web.writing import Letters
from tests.builders import a_booking, a_host, an_occurrence, an_offering, house_id
from tests.deeds.post import Carrier, deliver
from tests.staff import a_programme, a_staff, signed_in
from tests.web.ways import statements

LIST = "/de/intern/mailtexte"
EDIT = f"{LIST}/confirmation/de"


@pytest.fixture
def dana(staff):
    return staff("coordinator")


def save(visitor, texts, path=EDIT, **more):
    fields = visitor.get(path).fields() | texts
    return visitor.post(path, fields | more)


def stored(kind="confirmation", language="de", offering_id=None):
    return text_queries.texts(kind, language, house_id=house_id(), offering_id=offering_id)


def test_a_coordinator_words_a_mail_and_sees_it(dana, clock):
    a_booking(an_occurrence(clock), clock, name="Amina Kaya")

    page = save(dana, {"opening": "Moin {name},\n\nschön, dass Sie kommen.", "subject": "Bis bald: {offering}"})

    assert page.status == 200
    assert "Gespeichert" in page.text or "Saved" in page.text
    assert "Moin Amina Kaya," in page.text
    assert "Bis bald: Rundgang" in page.text
    assert stored().texts["opening"] == "Moin {name},\n\nschön, dass Sie kommen."


def test_the_form_shows_what_the_mail_says_without_own_words(dana):
    text = dana.get(EDIT).text

    assert "Wir freuen uns auf Sie, {name}." in text
    assert "{offering}, {date}, {time}" in text
    assert "{phone}" in text


def test_for_an_offering_the_words_of_the_house_stand_where_it_has_none(dana, clock):
    offering_id = an_offering()
    save(dana, {"opening": "Das Haus grüßt."})
    save(dana, {"signature": "Ihr Haus"}, path=f"{LIST}/every/de")

    text = dana.get(f"{EDIT}?offering={offering_id}").text

    assert "Das Haus grüßt." in text
    assert "Ihr Haus" in text


@pytest.mark.parametrize(
    ("typed", "told"), [("Hallo {nmae}", "{name}"), ("Hallo {name", "{name}"), ("x" * 601, "601")]
)
def test_what_no_mail_could_carry_is_told_at_its_field_and_kept(dana, typed, told):
    page = save(dana, {"opening": typed, "extra": "stays"})

    assert page.status == 422
    error = next(one for one in page.all("p") if one.get("id") == "opening-error")
    assert told in "".join(error.itertext())
    assert page.fields()["opening"].strip() == typed
    assert page.fields()["extra"].strip() == "stays"
    assert stored().version == 0


def test_two_who_edit_the_same_words_see_both_versions(dana, staff):
    first = dana.get(EDIT).fields() | {"opening": "first"}
    second = staff("coordinator")
    save(second, {"opening": "second"})

    page = dana.post(EDIT, first)

    assert page.status == 409
    assert "first" in page.text
    assert "second" in page.text
    assert stored().texts["opening"] == "second"
    assert dana.post(EDIT, page.fields()).status == 200
    assert stored().texts["opening"] == "first"


def test_a_preview_of_what_is_typed_saves_nothing(dana):
    page = save(dana, {"opening": "Only tried, {name}"}, preview="1")

    assert "Only tried, Amina Kaya" in page.text
    assert page.fields()["opening"].strip() == "Only tried, {name}"
    assert stored().version == 0


def test_a_stale_token_loses_nothing(dana):
    fields = dana.get(EDIT).fields() | {"opening": "typed", "csrf_token": "stale"}
    dana.client.delete_cookie("session")

    page = dana.post(EDIT, fields)

    assert page.status == 400
    assert page.fields()["opening"].strip() == "typed"


@pytest.mark.parametrize("path", ["task/de", "unheard/de", "confirmation/fr", "confirmation/de/extra"])
def test_a_mail_without_own_words_has_no_page(dana, path):
    assert dana.get(f"{LIST}/{path}").status == 404


def test_every_mail_in_every_language_has_its_pages(dana, clock):
    page = dana.get(LIST)
    own = [href for href in page.links() if "/mailtexte/" in href]

    assert len(own) == 3 * 11
    for href in own:
        assert dana.get(href).status == 200
        assert dana.get(f"{href}/ansehen").status == 200


# --- whose words -------------------------------------------------------------


def test_a_coordinator_of_a_programme_words_its_offerings_alone(app, staff, clock):
    programme, other = a_programme(), a_programme()
    mine, foreign = an_offering(), an_offering()
    for offering_id, programme_id in ((mine, programme), (foreign, other)):
        put = update(Offering).where(Offering.id == offering_id).values(programme_id=programme_id)
        unit_of_work(lambda put=put: execute(put))
    ona = staff("coordinator", programmes=[programme])

    for view in ("", "/ansehen", "/ansehen/html"):
        assert ona.client.get(f"{EDIT}{view}?offering={mine}").status_code == 200
        for path in (f"{EDIT}{view}", f"{EDIT}{view}?offering={foreign}"):
            assert ona.client.get(path).status_code == 404
    assert ona.get(f"{LIST}?offering={foreign}").status == 404
    fields = ona.get(f"{EDIT}?offering={mine}").fields()
    for path in (EDIT, f"{EDIT}?offering={foreign}"):
        assert ona.post(path, fields | {"opening": "x"}).status == 404
    assert stored().version == stored(offering_id=foreign).version == 0
    assert f'value="{foreign}"' not in ona.client.get(LIST).get_data(as_text=True)
    assert save(ona, {"opening": "mine"}, path=f"{EDIT}?offering={mine}").status == 200


def test_an_offering_of_another_house_is_not_found(dana):
    theirs = an_offering(house_id=house_id("library"))

    for view in ("", "/ansehen", "/ansehen/html"):
        assert dana.get(f"{EDIT}{view}?offering={theirs}").status == 404
    assert dana.get(f"{LIST}?offering={theirs}").status == 404


@pytest.mark.parametrize("asked", ["0", "-1", "99999999999999999999", "x", "１", "1 OR 1"])
def test_a_strange_offering_is_not_found(dana, asked):
    assert dana.get(EDIT, query_string={"offering": asked}).status == 404


@pytest.mark.parametrize("role", ["guide", "expert", "desk", "admin", "auditor"])
def test_nobody_else_words_mails(staff, role):
    host = {"host_id": a_host()} if role in ("guide", "expert") else {}
    other = staff(role, **host)

    for path in (LIST, EDIT, f"{EDIT}/ansehen", f"{EDIT}/ansehen/html"):
        assert other.get(path).status == 404


# --- looking at it -----------------------------------------------------------


def test_the_booking_to_look_at_is_chosen_by_its_reference(dana, clock):
    a_booking(an_occurrence(clock), clock, name="Erste Person")
    a_booking(an_occurrence(clock), clock, name="Zweite Person", email="b@example.org")
    references = [row.reference for row in execute(select_references()).all()]

    newest = dana.get(f"{EDIT}/ansehen").text
    first = dana.get(f"{EDIT}/ansehen", query_string={"reference": f" {references[0].lower()} "}).text

    assert "Zweite Person" in newest
    assert "Erste Person" in first
    assert "Zweite Person" not in first


def select_references():
    from booking.bookings.models import Booking

    return select(Booking.reference).order_by(Booking.id)


def test_the_booking_of_another_programme_or_house_is_not_looked_at(staff, clock):
    programme = a_programme()
    mine = an_offering(programme_id=programme) if False else an_offering()
    unit_of_work(
        lambda: execute(update(Offering).where(Offering.id == mine).values(programme_id=programme))
    )
    a_booking(an_occurrence(clock), clock, name="Fremde Person")
    theirs = an_occurrence(clock, house_id=house_id("library"), offering_id=an_offering(house_id=house_id("library")))
    a_booking(theirs, clock, house_id=house_id("library"), name="Andere Person", email="c@example.org")
    ona = staff("coordinator", programmes=[programme])

    for reference in [row.reference for row in execute(select_references()).all()]:
        page = ona.get(f"{EDIT}/ansehen", query_string={"offering": mine, "reference": reference})
        assert reference in page.text
        assert "Amina Kaya" in page.text
        assert "Fremde Person" not in page.text
        assert "Andere Person" not in page.text


def test_the_links_of_a_preview_open_nothing(dana, visitor, clock):
    a_booking(an_occurrence(clock), clock)
    html = dana.client.get(f"{EDIT}/ansehen/html")

    path = html.get_data(as_text=True).split('href="http://localhost')[1].split('"')[0]

    assert path.startswith("/de/buchung/")
    assert visitor.get(path).status in (404, 410)


def test_the_frame_runs_nothing_and_asks_nobody(dana, clock):
    answer = dana.client.get(f"{EDIT}/ansehen/html")

    policy = answer.headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
    assert answer.headers["Cache-Control"].startswith("no-store") or "no-store" in answer.headers["Cache-Control"]


def test_own_words_are_escaped_in_page_and_mail(dana, clock):
    nasty = '<script>alert(1)</script> "&amp; {name}'
    a_booking(an_occurrence(clock), clock, name='<b>Amina</b> {phone} "x"')

    page = save(dana, {"opening": nasty, "subject": "a\r\nBcc: evil@example.org {name}"})

    html = dana.client.get(f"{EDIT}/ansehen/html").get_data(as_text=True)
    assert "<script>alert" not in html
    assert "<b>Amina" not in html
    assert '<script>alert(1)</script> "&amp; <b>Amina</b> {phone} "x"' in page.text
    assert stored().texts["subject"] == "a Bcc: evil@example.org {name}"


# --- test mails --------------------------------------------------------------


def press(visitor, path=f"{EDIT}/ansehen"):
    return visitor.post(path, visitor.get(path).fields())


def test_a_test_mail_goes_to_whoever_presses_and_names_no_booker(app, clock):
    person = a_staff("coordinator", name="Dana Test")
    dana = signed_in(app, person, clock)
    a_booking(an_occurrence(clock), clock, name="Amina Kaya", phone="0341 987654")
    carrier = Carrier()
    deliver(carrier, clock)

    page = press(dana)
    deliver(carrier, clock, writer=Letters())

    assert page.status == 200
    letter = carrier.carried[-1]
    assert letter.recipient.email.startswith("staff")
    assert letter.subject.startswith("Test: ")
    assert letter.calendar is None
    assert letter.method is None
    assert "Wir freuen uns auf Sie, Dana Test." in " ".join(letter.text.split())
    assert REFERENCE in letter.text
    assert "Amina" not in letter.text + letter.html + letter.recipient.name
    mail = execute(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    assert (mail.recipient, mail.facts, mail.state) == ("", {}, "sent")


def test_test_mails_are_bounded(dana, clock):
    answers = [press(dana).status for _ in range(MOST + 2)]

    assert answers == [200] * MOST + [429] * 2
    assert len(execute(select(OutgoingMail.id)).all()) == MOST


def test_looking_sends_nothing(dana):
    dana.get(f"{EDIT}/ansehen")

    assert execute(select(OutgoingMail.id)).all() == []


def test_the_list_asks_as_often_for_many_offerings_as_for_few(dana, clock):
    def asked():
        with statements() as seen:
            assert dana.client.get(LIST).status_code == 200
        return len([one for one in seen if one.startswith("SELECT")])

    an_offering()
    asked()
    few = asked()
    for _ in range(12):
        offering_id = an_offering()
        unit_of_work(
            lambda offering_id=offering_id: house_texts.save(
                "moved",
                "en",
                {"opening": "x"},
                house_id=house_id(),
                offering_id=offering_id,
                version=0,
                actor="staff:1",
                now=clock(),
            )
        )

    assert asked() == few <= 8
