"""Telling the house an idea: the form, the receipt, the mail to the house, and what bounds it."""

from functools import partial

import pytest

from booking.catalogue import service as catalogue
from booking.db import unit_of_work
from booking.voices.rules import WHO
from tests.builders import house_id
from tests.web.told import BARRIER, IDEA, a_topic, secret_in, send, voices
from tests.web.ways import LANGUAGES, contents, error_at, path, post, said, summary

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@both_languages
def test_an_idea_gets_a_reference_a_page_and_a_receipt(app, visitor, clock, language):
    page = send(visitor, "idea", IDEA, language)

    assert page.status == 200
    assert said("Thank you for your idea", language) in page.text
    ((reference,),) = [row[3:4] for row in voices(app)]
    assert reference in page.text
    own = visitor.get(path(app, "voice", language, secret=secret_in(page)))
    assert IDEA["words"] in own.text
    assert said("Arrived; nobody has read it yet", language) in own.text
    mails = {mail["To"].addresses[0].addr_spec: mail for mail in post(app)}
    receipt = mails["amina@example.org"].get_body(("plain",)).get_content()
    assert secret_in(page) in receipt
    assert reference in receipt


def test_the_receipt_repeats_nothing_that_was_typed(app, visitor, clock):
    send(visitor, "idea", IDEA | {"words": "Kaufen Sie bei evil example", "name": "Gewinn"})
    receipt = next(mail for mail in post(app) if mail["To"].addresses[0].addr_spec == "amina@example.org")

    for part in ("plain", "html"):
        text = receipt.get_body((part,)).get_content()
        assert "Kaufen" not in text
        assert "Gewinn" not in text


def test_the_receipt_goes_to_an_address_without_the_name_that_was_typed(app, visitor, clock):
    send(visitor, "idea", IDEA | {"name": "Gewinn abholen"})
    heads = {mail["To"].addresses[0].addr_spec: mail["To"] for mail in post(app)}

    assert heads["amina@example.org"].addresses[0].display_name == ""
    assert heads["lab@leipzig.example"].addresses[0].display_name != ""


def test_a_name_hides_the_secret_of_a_link(app, visitor, clock):
    send(visitor, "idea", IDEA | {"name": "Amina /de/buchung/abcdefgh"})

    assert [row[8] for row in voices(app)] == ["Amina /de/buchung/…"]


@pytest.mark.parametrize("name", ["Evil.Example", "evil。example", "ｅｖｉｌ．com"])
def test_a_name_is_no_web_address_however_it_is_written(app, visitor, clock, name):
    page = send(visitor, "idea", IDEA | {"name": name})

    assert page.status == 422
    assert error_at(page, "name") == said("Enter a name, without a web address.", "de")


def test_the_house_gets_a_mail_and_answers_the_person_directly(app, visitor, clock):
    send(visitor, "idea", IDEA | {"words": "<b>Bänke</b>\n\nund Schatten"})
    told = next(mail for mail in post(app) if mail["To"].addresses[0].addr_spec == "lab@leipzig.example")

    assert told["Reply-To"].addresses[0].addr_spec == "amina@example.org"
    assert "> <b>Bänke</b>" in told.get_body(("plain",)).get_content()
    assert "&lt;b&gt;Bänke&lt;/b&gt;" in told.get_body(("html",)).get_content()
    assert "/rueckmeldung/" not in told.get_body(("plain",)).get_content(), "the link is the person's"


def test_a_topic_is_chosen_by_the_address_of_the_page(app, visitor, clock):
    a_topic()
    address = path(app, "idea")

    def chosen(page):
        return [one.get("value") for one in page.all("option") if one.get("selected") is not None]

    assert chosen(visitor.get(f"{address}?topic=ai")) == ["ai"]
    assert chosen(visitor.get(f"{address}?topic=unheard-of")) in ([], [""])
    page = send(visitor, "idea", IDEA | {"topic": "ai"})
    assert "KI" in visitor.get(path(app, "voice", secret=secret_in(page))).text


def test_topics_stand_by_their_shown_names_and_cooperations_after_them(app, visitor):
    house = house_id()
    for key, names, kind in (
        ("a", {"de": "Zukunft", "en": "future"}, "topic"),
        ("b", {"de": "KI", "en": "AI"}, "topic"),
        ("c", {"de": "energie", "en": "Zero waste"}, "topic"),
        ("d", {"de": "Amt", "en": "Bureau"}, "cooperation"),
    ):
        details = catalogue.TopicDetails(key, names, kind=kind)
        unit_of_work(partial(catalogue.enter_topic_page, details, house_id=house))

    def keys(language):
        return [one.get("value") for one in visitor.get(path(app, "idea", language)).all("option")]

    assert keys("de") == ["", "c", "b", "a", "d"]
    assert keys("en") == ["", "b", "a", "c", "d"]


@pytest.mark.parametrize("typed", ["unheard-of", "'; DROP TABLE voice", "x" * 5000])
def test_a_topic_that_is_not_offered_is_told_at_its_field(app, visitor, clock, typed):
    a_topic()

    page = send(visitor, "idea", IDEA | {"topic": typed})

    assert page.status == 422
    assert error_at(page, "topic") == said("Choose a topic from the list, or none.", "de")
    assert page.fields()["words"] == IDEA["words"]


@both_languages
def test_what_is_missing_is_told_at_its_field_and_what_was_typed_is_kept(app, visitor, clock, language):
    page = send(visitor, "idea", {"words": "", "name": "Amina", "email": "amina"}, language)

    assert page.status == 422
    _text, links = summary(page)
    assert links == ["#words", "#who-0", "#email"]
    assert error_at(page, "words") == said("Write a few words.", language)
    assert (page.fields()["name"], page.fields()["email"]) == ("Amina", "amina")
    assert voices(app) == []


def test_an_email_is_not_needed_and_then_the_page_is_the_way_to_the_answer(app, visitor, clock):
    page = send(visitor, "idea", IDEA | {"email": "", "name": ""})

    assert said("You gave us no address. Keep this link: our answer will stand there.", "de") in page.text
    assert [mail["To"].addresses[0].addr_spec for mail in post(app)] == ["lab@leipzig.example"]


def test_sent_twice_it_is_told_once(app, visitor, clock):
    address = path(app, "idea")
    form = visitor.get(address).fields() | IDEA

    first, second = visitor.post(address, form), visitor.post(address, form)

    assert secret_in(first) == secret_in(second)
    assert len(voices(app)) == 1
    other = visitor.post(address, form | {"words": "Etwas ganz anderes."})
    assert other.status == 409
    assert other.fields()["words"] == "Etwas ganz anderes."
    again = visitor.post(address, other.fields() | {"who": "citizen"})
    assert again.status == 200
    assert len(voices(app)) == 2


@pytest.mark.parametrize("name", ["idea", "report_barrier"])
def test_a_stranger_s_mailbox_gets_a_handful_of_receipts_whoever_types_it(app, visitor, clock, name):
    typed = {"idea": IDEA, "report_barrier": BARRIER}[name]
    statuses = [
        send(
            visitor, name, typed | {"email": f"Amina+{number}@example.org", "words": f"Nummer {number}"}
        ).status
        for number in range(7)
    ]

    assert statuses == [200] * 5 + [429] * 2
    assert len([row for row in contents(app)["outgoing_mail"] if "voice_received" in row]) == 5
    clock.forward(days=1)
    assert send(visitor, name, typed | {"email": "amina@example.org"}).status == 200


def test_a_client_that_tells_without_end_is_stopped(app, visitor, clock):
    statuses = {send(visitor, "report_barrier", BARRIER | {"words": str(n)}).status for n in range(65)}

    assert statuses == {200, 429}
    assert len(voices(app)) < 65


def test_only_what_is_kept_uses_up_the_mails_of_the_house(app, visitor, clock):
    address = path(app, "idea")
    form = visitor.get(address).fields() | IDEA

    for words in (IDEA["words"], IDEA["words"], "Etwas anderes.", ""):
        visitor.post(address, form | {"words": words})

    assert [row[-1] for row in contents(app)["attempt_count"] if "voices-house-day" in str(row)] == [1]


def test_a_program_that_fills_in_everything_is_stopped(app, visitor, clock):
    page = send(visitor, "idea", IDEA | {"trap": "x"})

    assert (page.status, page.fields()["trap"]) == (422, "")
    assert voices(app) == []


def test_a_stale_form_says_so_and_loses_nothing(app, visitor, clock):
    page = send(visitor, "idea", IDEA | {"csrf_token": "stale"})

    assert (page.status, page.fields()["words"]) == (400, IDEA["words"])
    assert voices(app) == []


def test_everybody_finds_what_fits(app, visitor, clock):
    values = {
        one.get("value") for one in visitor.get(path(app, "idea")).all("input") if one.get("name") == "who"
    }

    assert values == set(WHO)
