"""Text from people never executes, re-expands or breaks out: pages, mails, downloads."""

import json

import pytest

from tests.builders import TEXTS, an_occurrence, an_offering
from tests.web.ways import CONTACT, LANGUAGES, a_secret, details, form_of, path, post

EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "{{7*7}}",
    "{% raw %}${7*7}#{7*7}<%= 7*7 %>",
    "=1+1",
    "@SUM(A1)",
    "%(email)s %s {0} {name}",
    "</textarea></title><script>1</script>",
    "[link](javascript:alert(1)) **bold**",
    "&lt;b&gt; &amp;",
    "=?utf-8?q?=0D=0ABcc:_x=40example?=",
]
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def test_signs_that_nobody_sees_are_left_out(app, visitor, clock):
    hidden = "\u202eAm\u200bina\u202c \u061c\u034f\u3164\U000e0041\U000e007f\uffff\U0001fffe\ufeffKaya"
    secret = a_secret(visitor, an_occurrence(clock), name=hidden, note=hidden)

    data = json.loads(visitor.get(path(app, "export", secret=secret)).response.text)

    assert {data["personal_data"][name]["value"] for name in ("name", "note")} == {"Amina Kaya"}


@both_languages
def test_what_people_write_is_shown_as_they_wrote_it(app, visitor, clock, language):
    occurrence_id = an_occurrence(clock, seats=100)
    for number, evil in enumerate(EVIL):
        email = f"a{number}@example.org"
        secret = a_secret(visitor, occurrence_id, language, name=evil, note=evil, email=email)

        done = visitor.get(path(app, "done", language, secret=secret))
        manage = visitor.get(path(app, "manage", language, secret=secret))
        data = json.loads(visitor.get(path(app, "export", language, secret=secret)).response.text)

        shown = " ".join(evil.split())
        assert shown in done.text, evil
        assert manage.text.count(shown) == 2, evil
        assert {data["personal_data"][name]["value"] for name in ("name", "note")} == {shown}
        for page in (done, manage):
            assert only_ours(page)
            assert not page.all("b")
            assert not [one for one in page.all("img") if one.get("src") == "x"]


@both_languages
def test_forms_that_are_refused_show_what_people_wrote_as_they_wrote_it(visitor, clock, language):
    occurrence_id = an_occurrence(clock)
    address = path(visitor.app, "book", language, occurrence_id=occurrence_id)
    form, (action, filled) = (
        form_of(visitor, occurrence_id, language),
        details(visitor, occurrence_id, language),
    )
    for evil in EVIL:
        counts = visitor.post(address, form | {"adults": evil, "once": evil})
        rest = visitor.post(action, filled | dict.fromkeys(CONTACT, evil))

        assert (counts.status, rest.status) == (422, 422)
        kept = {rest.fields()[name].casefold() for name in CONTACT} | {counts.fields()["adults"].casefold()}
        assert kept == {" ".join(evil.split()).casefold()}
        assert counts.fields()["once"] != evil
        assert only_ours(counts)
        assert only_ours(rest)


def only_ours(page):
    """Return whether every script is one of our files, or data that no browser runs."""
    scripts = [one for one in page.all("script") if one.get("type") != "application/ld+json"]
    return all(one.get("src", "").startswith("/static/") for one in scripts)


@pytest.mark.parametrize("evil", EVIL)
def test_a_mail_says_what_people_wrote_and_nothing_more(app, visitor, clock, evil):
    a_secret(visitor, an_occurrence(clock), name=evil, note=evil)

    (mail,) = post(app)

    assert [address.addr_spec for address in mail["To"].addresses] == ["amina@example.org"]
    assert {"Bcc", "Cc"}.isdisjoint(mail.keys())
    html = mail.get_body(("html",)).get_content()
    for tag in ("<script", "<img", "<svg", "<b>"):
        assert tag not in html
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            lines = part.get_content().replace("\r\n ", "").splitlines()
            assert sum(line.startswith("ATTENDEE") for line in lines) == 1
            assert all(line.split(":")[0].split(";")[0].replace("-", "").isupper() for line in lines if line)


@both_languages
def test_the_calendar_download_has_no_lines_that_somebody_smuggled_in(app, visitor, clock, language):
    smuggled = (
        "x\r\nATTENDEE:mailto:b@localhost\r\nX-EVIL:1\nEND:VEVENT\u2029X-EVIL:2\u2028X-EVIL:3\\nX-EVIL:4;,:"
    )
    texts = {spoken: TEXTS[spoken] | {"title": f"Tour {smuggled}"} for spoken in LANGUAGES}
    offering_id = an_offering(texts=texts)
    secret = a_secret(
        visitor, an_occurrence(clock, offering_id=offering_id), language, name=smuggled, note=smuggled
    )

    answer = visitor.client.get(path(app, "calendar", language, secret=secret))

    lines = answer.data.decode().replace("\r\n ", "").split("\r\n")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="')
    assert not [line for line in lines if line.startswith(("X-EVIL", "ATTENDEE"))]
    assert [line for line in lines if line.startswith("END")] == [
        line.replace("BEGIN", "END") for line in _nested(lines)
    ]
    assert "\n" not in "".join(lines)
    assert not [character for character in "".join(lines) if ord(character) < 32]


def _nested(lines):
    """Return the BEGIN lines in the order in which their ends must come."""
    open_ones, closed = [], []
    for line in lines:
        if line.startswith("BEGIN:"):
            open_ones.append(line)
        if line.startswith("END:"):
            closed.append(open_ones.pop())
    return closed


def test_texts_of_the_house_cannot_carry_html(app, visitor, clock):
    evil = "<script>alert(1)</script> <img src=x> [x](javascript:alert(1)) [y](https://example.org)"
    texts = {
        spoken: {"title": evil, "summary": evil, "description": evil, "bring": evil} for spoken in LANGUAGES
    }
    occurrence_id = an_occurrence(clock, offering_id=an_offering(key="evil", texts=texts))
    secret = a_secret(visitor, occurrence_id)

    pages = ["/de/", "/de/programm", "/de/angebote/evil", f"/de/termine/{occurrence_id}"]
    pages += [f"/de/termine/{occurrence_id}/buchen", path(app, "done", secret=secret)]
    pages.append(details(visitor, occurrence_id)[0])
    for address in pages:
        page = visitor.get(address)
        assert only_ours(page), address
        assert not [one for one in page.all("img") if not one.get("src", "").startswith("/picture/")]
        assert not [link for link in page.links() if link.startswith("javascript")]
        assert "<script>alert(1)</script>" in page.text
