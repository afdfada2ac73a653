"""Whatever somebody writes into an address: a page that helps, never a fault of ours; for every address there is."""

from urllib.parse import quote

import pytest

from tests.web.every_address import Places, filled
from tests.web.ways import LIBRARY, contents

EMOJI = quote("👩‍👩‍👧😀")
QUERIES = {
    "numbers too large, no day": "page=1000000000&from=0000-00-00&number=1e9&people=99999999999999999999"
    "&to=99999999999"
    "&lang=xx&language=xx&weekday=9&part=never&free=maybe&view=cube&access=wings&host=..%2F..%2Fetc&topic=__class__",
    "the last day there is": "from=9999-12-31&day=9999-12-31&at=23:59&start=9999-12-31T23:59Z&medium=phone&screen=2",
    "the first day there is": "from=0001-01-01&day=0001-01-01&at=00:00&start=0001-01-01T00:00Z&medium=video",
    "no number, no time, all twice": "from=2027-13-45&day=x&at=99:99&people=-1&start=never&medium=fax&zone=Mars/Phobos"
    "&kind=tour&kind=tour&kind=x&from=2027-01-12&from=2027-01-13&people=2&people=3&offering=a&offering=b&to=x",
    "bytes that are no text": "q=%ED%A0%80&kind=%FF%FE&topic=%C3%28&from=%80&offering=%F8%88%80&people=%ED%B0%80"
    "&medium=%FF",
    "nothing but zeros": "q=%00&kind=%00&topic=a%00b&from=2027-01-12%00&offering=%00&host=%00"
    "&zone=%00&start=%00&press=%00",
    "signs that people like": f"q={EMOJI}&kind={EMOJI}&from={EMOJI}&people={EMOJI}&topic={EMOJI}"
    f"&zone={EMOJI}&host={EMOJI}",
    "code and brackets": "q=%3Cscript%3Ealert(1)%3C%2Fscript%3E&kind='%20OR%201=1--&page={{7*7}}&from=%0d%0aX-Evil:1"
    "&=&&&=&[]=1&q[]=1&from[]=2027-01-12&kind[$ne]=1&a=b=c;d=e&%=%&%zz=%zz&?&#",
    "ten thousand signs": "from=" + "9" * 5_000 + "&people=" + "9" * 5_000 + "&q=" + "a" * 10_000,
    "a thousand parameters": "&".join(f"x{number}=1&kind=tour" for number in range(1_000)),
}


@pytest.fixture
def places(visitor, clock):
    return Places(visitor, clock)


def one_variant_of_each(places, kind):
    """Return an address of every endpoint, in one variant: another one for each kind of question."""
    by_endpoint: dict[str, list[str]] = {}
    for rule, address in filled(places):
        by_endpoint.setdefault(rule.endpoint, []).append(address)
    turn = [*QUERIES, *odd("/de/x")].index(kind)
    return [found[turn % len(found)] for found in by_endpoint.values()]


def helps(page, address):
    """Assert that an answer is no fault, shows nothing of how we work, and leads on where it is a page."""
    said = page.response.get_data().decode(errors="replace")
    assert page.status < 500, address
    assert "Traceback" not in said, address
    assert "sqlalchemy" not in said.lower(), address
    assert "X-Evil" not in page.response.headers, address
    if page.status >= 400 and page.response.mimetype == "text/html":
        assert len(page.all("h1")) == 1, address
        assert len(page.links()) > 2, address
    return page


@pytest.mark.parametrize("kind", QUERIES)
def test_whatever_is_asked_of_an_address_the_answer_helps(app, visitor, places, kind):
    before, checked = contents(app, without=("attempt_count",)), 0

    for address in one_variant_of_each(places, kind):
        helps(visitor.get(f"{address}?{QUERIES[kind]}"), f"{address}?{QUERIES[kind][:80]}")
        checked += 1

    assert checked > 60
    assert contents(app, without=("attempt_count",)) == before


def odd(address):
    """Return forms of an address that nobody wrote so, but for what differs in nothing but its query."""
    first, _, rest = address.lstrip("/").partition("/")
    return {
        "a slash too many": f"{address}/",
        "two slashes": f"//{address.lstrip('/')}".replace("//", "/./", 1),
        "capitals": address.upper(),
        "an unknown language": f"/fr/{rest}",
        "a language that is none": f"/de-DE/{rest}",
        "no text": f"/{first}/%ED%A0%80/{rest}",
        "a zero": f"{address}%00",
        "an emoji": f"{address}{EMOJI}",
        "far too long": f"{address}{'a' * 10_000}",
        "up the tree": f"{address.rstrip('/')}/..%2f..%2f{rest}",
        "encoded twice": address.replace("/", "%252F"),
        "a dot": f"{address}.",
        "a number too large": f"{address.rpartition('/')[0]}/{'9' * 30}",
        "a number below zero": f"{address.rpartition('/')[0]}/-1",
    }


@pytest.mark.parametrize("kind", odd("/de/x"))
def test_an_address_that_is_written_oddly_leads_to_a_page_that_helps(visitor, places, kind):
    for number, address in enumerate(one_variant_of_each(places, kind)):
        wrong = odd(address)[kind]
        answer = visitor.client.get(wrong, follow_redirects=True)
        assert answer.status_code < 500, wrong
        assert b"Traceback" not in answer.data, wrong
        if number % 3 == list(odd("")).index(kind) % 3:  # to read each page takes longer than to answer it
            helps(visitor.get(wrong), wrong)


@pytest.mark.parametrize(
    "address",
    ["/fr/", "/fr/programme", "/xx/programm", "/DE/programm", "/de/Programm", "/de/programm/", "/index.php"],
)
def test_a_page_that_is_not_there_says_so_and_leads_on(visitor, address):
    page = visitor.get(address)

    assert page.status == 404
    assert any(link.endswith(("/programm", "/programme")) for link in page.links())


def test_what_one_house_has_is_not_found_in_another_whatever_is_asked(app, visitor, places):
    for rule, address in filled(places):
        if {"occurrence_id", "key", "secret"} & rule.arguments:
            answer = visitor.client.get(
                f"{address}?{QUERIES['no number, no time, all twice']}", base_url=f"http://{LIBRARY}"
            )
            assert answer.status_code < 500, address
            assert "Rundgang" not in answer.get_data(as_text=True), address


def test_a_fault_of_ours_would_be_seen(app, visitor, places):
    """The control: one view that trips over what it is asked makes the sweep fail."""
    shown = app.view_functions["public.imprint"]

    def trips():
        from flask import request

        int(request.args.get("people", "0"))
        return shown()

    app.view_functions["public.imprint"] = trips
    assert helps(visitor.get("/de/impressum?people=3"), "").status == 200
    with pytest.raises(AssertionError, match="/de/impressum"):
        helps(visitor.get("/de/impressum?people=x"), "/de/impressum")
