"""Texts and needs of offerings, page by page: both versions of two who write, previews, retired rooms."""

import pytest

from booking.catalogue.models import Need, OfferingText
from tests.builders import a_need, a_room, an_offering
from tests.deeds.reading import rows_of
from tests.web.staff.catalogue_ways import GERMAN, errors_of, form_of, sent

HOST = a_need(kind="host")


@pytest.fixture
def coordinator(staff):
    """Somebody who runs every programme, in front of a browser."""
    return staff("coordinator")


def page(offering_id, part=""):
    return f"{GERMAN}/angebote/{offering_id}{part}"


def test_texts_that_were_changed_meanwhile_are_shown_beside_mine(coordinator, staff):
    offering_id, other = an_offering(), staff("coordinator")
    mine = form_of(coordinator.get(page(offering_id, "/texte/de")))
    sent(other, page(offering_id, "/texte/de"), title="Ihr Titel")

    answer = coordinator.post(page(offering_id, "/texte/de"), mine | {"title": "Mein Titel"})

    assert answer.status == 409
    assert "Ihr Titel" in answer.text
    assert form_of(answer)["title"] == "Mein Titel"


def test_a_language_with_words_needs_a_title(coordinator):
    offering_id = an_offering()

    answer = sent(coordinator, page(offering_id, "/texte/ls"), summary="Nur das.")
    long = sent(coordinator, page(offering_id, "/texte/ls"), title="x" * 151)

    assert (answer.status, set(errors_of(answer))) == (422, {"title"})
    assert (long.status, set(errors_of(long))) == (422, {"title"})
    assert len(rows_of(OfferingText.language)) == 2


def test_a_public_offering_cannot_lose_what_visitors_need(coordinator):
    offering_id = an_offering(needs=(HOST,))
    ((need,),) = rows_of(Need.id)

    text = sent(coordinator, page(offering_id, "/texte/de"), summary="")
    drop = sent(coordinator, page(offering_id, f"/bedarf/{need}/entfernen"))

    assert (text.status, drop.status) == (409, 409)
    assert text.link(ending="/texte/de")
    assert len(rows_of(Need.id)) == 1


def test_the_preview_shows_a_draft_as_visitors_would_read_it(coordinator):
    words = {"title": "Titel", "summary": "Kurz.", "description": "Zwei\nZeilen <script>"}
    texts = {
        "de": words | {"bring": "Brille"},
        "ls": {"title": "Leicht", "summary": "Kurz.", "description": ""},
    }
    offering_id = an_offering(state="draft", texts=texts)

    german = coordinator.get(page(offering_id, "/vorschau/de"))
    easy = coordinator.get(page(offering_id, "/vorschau/ls"))
    english = coordinator.get(f"/en/staff/offerings/{offering_id}/preview/en")

    assert "Zwei Zeilen <script>" in german.text
    assert "Brille" in german.text
    assert "Leicht" in easy.text
    assert "Brille" in easy.text
    assert "What to expect" in english.text
    assert "Titel" in english.text


def test_words_that_a_language_lacks_are_read_in_german(visitor):
    words = {"title": "Titel", "summary": "Kurz.", "description": "Lang und breit."}
    an_offering(key="x", texts={"de": words, "en": {"title": "Title", "summary": "Short."}})

    assert "Lang und breit." in visitor.get("/en/offerings/x").text


def test_a_room_that_was_retired_in_another_tab_is_told_at_the_field(coordinator):
    offering_id, room = an_offering(state="draft"), a_room(names={"de": "Turmzimmer"})
    fields = form_of(coordinator.get(page(offering_id, "/bedarf/neu/room")))
    place = f"{GERMAN}/orte/{room}"
    assert sent(coordinator, place, is_active=None).status == 200

    answer = coordinator.post(page(offering_id, "/bedarf/neu/room"), fields | {"things": [str(room)]})

    assert (answer.status, set(errors_of(answer))) == (422, {"things"})
    assert rows_of(Need.id) == []


def test_needs_are_changed_and_taken_away_page_by_page(coordinator):
    offering_id, one, other = an_offering(state="draft"), a_room(), a_room()
    sent(coordinator, page(offering_id, "/bedarf/neu/room"), things=[str(one), str(other)], medium="on_site")
    need = rows_of(Need.id)[0][0]

    nothing = sent(coordinator, page(offering_id, f"/bedarf/{need}"), things=[])
    far = sent(coordinator, page(offering_id, f"/bedarf/{need}"), before="1441")
    assert (set(errors_of(nothing)), set(errors_of(far))) == ({"things"}, {"before"})
    sent(coordinator, page(offering_id, f"/bedarf/{need}"), things=[str(other)], after="15")
    assert rows_of(Need.place_id, Need.after_minutes, Need.choice) == [(other, 15, None)]
    left = rows_of(Need.id)[0][0]
    assert sent(coordinator, page(offering_id, f"/bedarf/{left}/entfernen")).status == 200
    assert rows_of(Need.id) == []
    assert coordinator.get(page(offering_id, f"/bedarf/{left}")).status == 404


def test_what_staff_save_is_seen_by_visitors_at_once(coordinator, visitor):
    offering_id = an_offering(key="x", needs=(HOST,))
    before = visitor.get("/de/angebote/x").response
    again = visitor.client.get("/de/angebote/x", headers={"If-None-Match": before.headers["ETag"]})
    assert again.status_code == 304

    sent(coordinator, page(offering_id, "/texte/de"), title="Neuer Titel")

    after = visitor.client.get("/de/angebote/x", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Neuer Titel" in after.get_data(as_text=True)
