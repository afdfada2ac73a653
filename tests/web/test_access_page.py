"""What somebody needs to take part, on the pages of a booking: how it stands, taken along, changed and withdrawn."""

import json
from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import access_tasks
from booking.bookings.access_models import AccessNeed
from booking.bookings.personal import PERSONAL
from booking.db import unit_of_work
from tests.builders import an_occurrence, an_offering, house_id
from tests.deeds.reading import rows_of
from tests.hours import at
from tests.needs import a_signer, states
from tests.web.ways import (
    LANGUAGES,
    a_secret,
    book,
    error_at,
    path,
    post,
    said,
)

both_languages = pytest.mark.parametrize("language", LANGUAGES)
FAR = at("2027-02-02 10:00")
WORDS = "Ich lese von den Lippen ab."
AGREED = {"needs_consent": "y"}


@pytest.fixture
def far(app, clock) -> int:
    """A date that is far enough ahead for everything."""
    return an_occurrence(clock, starts_at=FAR)


def hint(page, kind):
    """Return what is said of a need, which is tied to its box if it has one."""
    said_of = next(one for one in page.tree.iter() if one.get("id") == f"need_{kind}-hint")
    box = [one for one in page.all("input") if one.get("name") == f"need_{kind}"]
    assert all(f"need_{kind}-hint" in one.get("aria-describedby") for one in box)
    return " ".join("".join(said_of.itertext()).split()), bool(box)


def needing(visitor, occurrence_id, *kinds, language="de", **typed):
    ticked = {f"need_{kind}": "y" for kind in kinds} | AGREED | typed
    return book(visitor, occurrence_id, language, **{k: v for k, v in ticked.items() if v is not None})


def secret_with(visitor, occurrence_id, *kinds, **typed):
    page = needing(visitor, occurrence_id, *kinds, **typed)
    assert page.status == 200, page.text
    return page.response.request.path.split("/")[3]


def save(visitor, secret, *kinds, **typed):
    """Send the page of needs with exactly these ticked."""
    address = path(visitor.app, "access_needs", secret=secret)
    fields = visitor.get(address).fields()
    kept = {name: value for name, value in fields.items() if not name.startswith("need_")}
    return visitor.post(address, kept | {f"need_{kind}": "y" for kind in kinds} | AGREED | typed)


@both_languages
def test_the_done_page_and_the_page_of_the_booking_say_how_it_stands(app, visitor, far, language):
    a_signer()
    page = needing(visitor, far, "dgs", "quiet", language=language, needs_words=WORDS)

    day = {"de": "Montag, 18. Januar 2027", "en": "Monday, 18 January 2027"}[language]
    waits = said("We are looking after it. You hear from us by %(day)s.", language, day=day)
    assert said("Arranged", language) in page.text
    assert waits in page.text
    shown = visitor.get(page.response.request.path.rpartition("/")[0])
    assert said("An interpreter for German Sign Language (DGS)", language) in shown.text
    assert waits in shown.text
    assert WORDS in shown.text
    for column in ("access_need.kind", "access_need.words", "access_need.consent_at"):
        assert said(PERSONAL[column].purpose, language) in shown.text
        assert said(PERSONAL[column].until.text, language, **PERSONAL[column].until.facts) in shown.text
    assert {"de": "3. Februar 2027", "en": "3 February 2027"}[language] in shown.text


def test_the_export_has_needs_words_and_consent(app, visitor, far):
    secret = secret_with(visitor, far, "quiet", needs_words=WORDS)

    exported = json.loads(visitor.client.get(path(app, "export", secret=secret)).data)["personal_data"]

    assert (
        said("A quiet time or place, with little noise and light", "de") in exported["access_kind"]["value"]
    )
    assert exported["access_words"]["value"] == WORDS
    assert "11. Januar 2027" in exported["access_consent_at"]["value"]
    assert all(item["why"] and item["until"] for item in exported.values())


def test_needs_are_told_later_changed_and_withdrawn_on_their_own_page(app, visitor, far):
    secret = a_secret(visitor, far)
    address = path(app, "access_needs", secret=secret)
    assert address in visitor.get(path(app, "manage", secret=secret)).links()

    page = save(visitor, secret, "quiet", needs_words=WORDS)
    assert (page.status, page.response.request.path) == (200, path(app, "manage", secret=secret))
    assert said("We have noted what you need.", "de") in page.text
    assert states() == [("quiet", "open")]
    again = visitor.get(address).fields()
    assert (again["need_quiet"], again["needs_words"]) == ("y", WORDS)
    assert "needs_consent" not in again, "consent is given anew each time"

    page = save(visitor, secret)
    assert said("What you had told us is deleted.", "de") in page.text
    assert states() == []


def test_withdrawing_needs_no_consent_and_no_time(app, visitor, clock, far):
    secret = secret_with(visitor, far, "quiet")
    clock.forward(days=21, hours=22)  # an hour before
    address = path(app, "access_needs", secret=secret)
    page = visitor.get(address)
    assert hint(page, "quiet")[1]
    assert not hint(page, "dgs")[1]

    fields = {name: value for name, value in page.fields().items() if name == "csrf_token"}
    assert visitor.post(address, fields).status == 200

    assert states() == []


@pytest.mark.parametrize("left", [(), ("quiet",)])
def test_who_only_withdraws_is_not_asked_for_consent(app, visitor, far, left):
    a_signer()
    secret = secret_with(visitor, far, "dgs", "quiet", needs_words=WORDS)
    address = path(app, "access_needs", secret=secret)
    names = {"need_dgs", "need_quiet", "needs_consent"}
    kept = {name: value for name, value in visitor.get(address).fields().items() if name not in names}

    page = visitor.post(address, kept | {f"need_{kind}": "y" for kind in left})

    assert page.status == 200, page.text
    assert [kind for kind, _ in states()] == [*left]
    more = visitor.post(address, kept | {f"need_{kind}": "y" for kind in (*left, "companion")})
    assert more.status == 422, "who tells more is asked"


def test_changing_without_consent_changes_nothing(app, visitor, far):
    secret = secret_with(visitor, far, "quiet")
    address = path(app, "access_needs", secret=secret)
    fields = visitor.get(address).fields()

    page = visitor.post(address, fields | {"need_dgs": "y"})

    assert page.status == 422
    assert error_at(page, "needs_consent")
    assert states() == [("quiet", "open")]


def test_what_is_added_too_late_is_refused_at_its_field(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock, starts_at=at("2027-01-19 10:00")))

    page = save(visitor, secret, "dgs")

    assert page.status == 422
    assert error_at(page, "need_dgs")
    assert states() == []


@pytest.mark.parametrize("end", ["cancelled", "begun"])
def test_there_is_no_page_of_needs_once_the_visit_has_begun_or_is_cancelled(app, visitor, clock, far, end):
    secret = a_secret(visitor, far)
    address, manage = path(app, "access_needs", secret=secret), path(app, "manage", secret=secret)
    form = visitor.get(address).fields() | {"need_quiet": "y"} | AGREED
    if end == "cancelled":
        cancel = path(app, "cancel", secret=secret)
        visitor.post(cancel, visitor.get(cancel).fields())
    else:
        clock.forward(seconds=(FAR - clock()).total_seconds())

    assert address not in visitor.get(manage).links()
    assert visitor.get(address).response.request.path == manage
    answer = visitor.post(address, form)
    assert answer.status in (409, 422)
    assert states() == []


def test_a_move_that_needs_more_time_is_refused_with_a_sentence(app, visitor, clock):
    offering_id = an_offering()
    far, soon, further = (
        an_occurrence(clock, offering_id=offering_id, starts_at=FAR + timedelta(days=days))
        for days in (0, -14, 7)
    )
    a_signer()
    secret = secret_with(visitor, far, "dgs")
    move = path(app, "move", secret=secret)

    page = visitor.get(f"{move}?to={soon}")
    assert page.status == 422
    sentence = said(
        "There is not enough time left to arrange what you need for this date. "
        "Please choose a later one, or call us: perhaps we find a way.",
        "de",
    )
    assert sentence in page.text

    question = visitor.get(f"{move}?to={further}")
    note = (
        "What you need to take part we arrange anew for the new time. "
        "The page of your booking tells you how it stands."
    )
    assert said(note, "de") in question.text
    moved = visitor.post(f"{move}?to={further}", question.fields())
    assert (moved.status, states()) == (200, [("dgs", "arranged")])
    assert said("Arranged", "de") in moved.text


def test_the_mail_that_something_is_arranged_leads_to_the_page_that_says_what(app, visitor, clock, far):
    secret = secret_with(visitor, far, "quiet", needs_words=WORDS)
    post(app)
    ((need_id,),) = rows_of(AccessNeed.id)
    done = partial(access_tasks.done, need_id, house_id=house_id(), actor="system", now=clock())
    unit_of_work(done)

    mail = post(app)[0]

    assert mail["To"].addresses[0].addr_spec == "amina@example.org"
    assert secret in mail.get_body(("plain",)).get_content()
    assert said("Arranged", "de") in visitor.get(path(app, "manage", secret=secret)).text
