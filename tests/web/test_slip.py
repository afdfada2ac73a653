"""The slip: a number for somebody without a phone, printed at the desk."""

import pytest

from booking.web import qr
from booking.web.public.secrets import secret_of
from tests.walk_ins import a_walk_in, draw
from tests.web.desks import a_secret, page_of, press
from tests.web.ways import contents, path, said


@pytest.fixture
def offering_id(app):
    return a_walk_in("mon-fri 09:00-12:00", key="help")


@pytest.fixture
def secret(offering_id, clock):
    return a_secret(offering_id, clock)


def test_a_number_for_somebody_without_a_phone_is_on_a_slip_to_print(
    app, visitor, offering_id, secret, clock
):
    draw(offering_id, clock)
    page = page_of(visitor, secret)

    slip = press(visitor, page, "draw")
    again = press(visitor, page, "draw")

    assert slip.response.request.path == again.response.request.path
    assert len(contents(app)["ticket"]) == 2
    assert said("Number %(number)s", "de", number=2) in slip.text
    assert said("Smart City Lab Leipzig", "de") in slip.text
    assert slip.link(ending=secret) == path(app, "queue_desk", secret=secret)


def test_the_code_on_the_slip_leads_to_the_page_of_the_number(app, visitor, offering_id, secret, clock):
    slip = press(visitor, page_of(visitor, secret), "draw")
    link_id = next(row[0] for row in contents(app)["link"] if row[2] == "ticket")
    address = path(app, "ticket", secret=secret_of(link_id, purpose="ticket"))

    (code,) = [one for one in slip.tree.iter() if one.get("class") == "qr__code"]

    lines = [one.get("d", "") for one in code.iter() if one.get("stroke")]
    assert len(lines) == 1
    assert lines[0] in qr.inline("http://localhost" + address, title="")
    assert lines[0] not in qr.inline("http://localhost" + address + "x", title="")
    assert visitor.get(address).status == 200
    assert "http://localhost" + address in slip.text, "to be read by whoever has no camera"


def test_the_slip_of_another_queue_or_another_day_is_not_there(app, visitor, offering_id, secret, clock):
    own, foreign = draw(offering_id, clock), draw(a_walk_in("daily 00:00-24:00"), clock)

    def slip(ticket_id):
        return visitor.get(path(app, "slip", secret=secret, ticket_id=ticket_id)).status

    assert [slip(one) for one in (own.ticket_id, foreign.ticket_id, 99_999)] == [200, 404, 404]
    clock.forward(days=1)
    assert slip(own.ticket_id) == 404


def test_pages_of_a_desk_are_kept_by_nobody(app, visitor, offering_id, secret, clock):
    slip = press(visitor, page_of(visitor, secret), "draw")

    for page in (page_of(visitor, secret), slip):
        assert page.response.headers["Cache-Control"] == "no-store"
        assert page.response.headers["Referrer-Policy"] == "no-referrer"
