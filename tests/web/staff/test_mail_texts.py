"""Pages of mail texts: wording a mail, seeing it with a real booking, a test mail to oneself."""

from functools import partial

import pytest
from sqlalchemy import update

from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.messages import house_texts, text_queries
from tests.builders import a_booking, a_host, an_occurrence, an_offering, house_id
from tests.staff import a_programme
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

    page = save(
        dana, {"opening": "Moin {name},\n\nschön, dass Sie kommen.", "subject": "Bis bald: {offering}"}
    )

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
        unit_of_work(partial(execute, put))
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
        words = partial(house_texts.save, "moved", "en", {"opening": "x"}, house_id=house_id(), version=0)
        unit_of_work(partial(words, offering_id=offering_id, actor="staff:1", now=clock()))

    assert asked() == few <= 8
