"""The page of what was told: what became of it, the data to take along, deleting it, and when it is gone."""

import json
from datetime import timedelta

import pytest

from booking.web.public.voice_links import secret_of_voice
from tests.builders import an_occurrence, an_offering
from tests.voices import a_voice_secret, answer, shown, tell
from tests.web.told import a_topic, voices
from tests.web.ways import LANGUAGES, a_secret, path, post, said

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@both_languages
def test_the_page_tells_what_became_of_it_and_where_to_talk_about_it(app, visitor, clock, language):
    topic_id = a_topic()
    an_offering(key="talk-ai", kind="consultation", topic_ids=(topic_id,), booked_by="slot", step_minutes=30)
    told = tell(clock, topic="ai", language=language)
    answer(told.voice_id, "invited", clock, "Kommen Sie vorbei.\n<script>alert(1)</script>")

    page = visitor.get(path(app, "voice", language, secret=_secret(told)))

    assert "Kommen Sie vorbei. <script>alert(1)</script>" in page.text
    assert said("You are invited to talk about it", language) in page.text
    assert path(app, "offering", language, key="talk-ai") in page.links()
    mail = next(one for one in post(app) if one["To"].addresses[0].addr_spec == "amina@example.org")
    assert path(app, "offering", language, key="talk-ai") in mail.get_body(("plain",)).get_content()


def test_the_data_can_be_taken_along(app, visitor, clock):
    told = tell(clock)
    found = visitor.client.get(path(app, "voice_data", secret=_secret(told)))

    data = json.loads(found.data)
    assert data["reference"] == shown(told.voice_id).reference
    assert set(data["personal_data"]) == {"words", "name", "email", "who"}
    assert all(item[key] for item in data["personal_data"].values() for key in ("value", "why", "until"))
    assert data["personal_data"]["words"]["why"] == said("to understand your idea", "de")


@both_languages
def test_the_person_deletes_it_and_the_link_says_so_afterwards(app, visitor, clock, language):
    secret = a_voice_secret(clock)
    address = path(app, "voice_erase", language, secret=secret)
    form = visitor.get(address).fields()
    assert len(voices(app)) == 1, "GET changes nothing"

    page = visitor.post(address, form)

    assert page.response.request.path == path(app, "voice_erased", language)
    assert voices(app) == []
    gone = visitor.get(path(app, "voice", language, secret=secret))
    assert (gone.status, said("This is deleted", language) in gone.text) == (410, True)
    assert visitor.post(address, form).status == 200, "pressed twice: it is done"


@pytest.mark.parametrize("name", ["voice", "voice_told", "voice_data", "voice_erase"])
def test_the_link_of_something_else_opens_nothing_here(app, visitor, clock, name):
    booking = a_secret(visitor, an_occurrence(clock))
    voice = a_voice_secret(clock)

    assert visitor.get(path(app, name, secret=booking)).status == 404
    assert visitor.get(path(app, name, secret=voice[:-1])).status == 404
    assert visitor.get(path(app, "manage", secret=voice)).status == 404
    answered = visitor.get(path(app, name, secret=voice))
    assert answered.response.headers["Cache-Control"] == "no-store"
    assert answered.response.headers["Referrer-Policy"] == "no-referrer"


def test_a_year_later_it_is_gone_by_itself(app, visitor, clock):
    secret = a_voice_secret(clock, kind="barrier")
    late = (clock() + timedelta(days=366)).isoformat()

    done = app.test_cli_runner().invoke(args=["privacy", "run", "--now", late])

    assert "1 ideas and barrier reports" in done.output
    assert voices(app) == []
    clock.forward(days=366)
    assert visitor.get(path(app, "voice", secret=secret)).status == 410


def _secret(told):

    return secret_of_voice(told.link_id)
