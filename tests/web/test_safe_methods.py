"""No GET or HEAD changes anything: every address, with real ids and links, before and after."""

import pytest

from booking.houses.facts import LANGUAGES
from booking.web.variants import locale_of
from tests.web.every_address import Places, filled
from tests.web.ways import contents


@pytest.fixture
def all_addresses(visitor, clock):
    return list(filled(Places(visitor, clock)))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_asking_changes_nothing(app, visitor, all_addresses, method):
    before = contents(app)

    for _, address in all_addresses * 2:
        for query in ("", "?done=cancelled&_method=POST&email=amina@example.org"):
            answer = visitor.client.open(address + query, method=method)
            assert answer.status_code in (200, 302), address

    assert contents(app) == before


def test_every_page_is_valid_in_every_variant(visitor, all_addresses):
    seen = set()
    for rule, address in all_addresses:
        page = visitor.get(address)
        if page.response.mimetype == "text/html" and rule.defaults:
            assert page.tree.get("lang") == locale_of(rule.defaults["language"])
            seen.add(rule.defaults["language"])
    assert seen == set(LANGUAGES)


def test_head_answers_as_get_does_without_a_body(visitor, all_addresses):
    for _, address in all_addresses:
        for query in ("", "?x=1"):
            got, head = visitor.client.get(address + query), visitor.client.head(address + query)
            assert (head.status_code, head.data) == (got.status_code, b""), address
            assert head.headers.get("ETag") == got.headers.get("ETag"), address
            assert head.headers["Content-Type"] == got.headers["Content-Type"], address


def test_what_is_no_method_of_a_page_is_refused_and_changes_nothing(app, visitor, all_addresses):
    before = contents(app)

    for rule, address in all_addresses:
        for method in {"POST", "PUT", "PATCH", "DELETE", "TRACE"} - rule.methods:
            answer = visitor.client.open(address, method=method)
            assert answer.status_code == 405, (method, address)
            assert "GET" in answer.headers["Allow"]

    assert contents(app) == before
