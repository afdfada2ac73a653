"""Signing in: alike for everybody who may not, bounded, and it leads only to pages of staff."""

import hashlib

import pytest
from sqlalchemy import update

from booking.db import execute, unit_of_work
from booking.people import passwords
from booking.people.models import SignIn, Staff
from tests.conftest import settings_for
from tests.crew import PASSWORD, deactivate, invited, joined
from tests.deeds.reading import rows_of
from tests.staff import a_staff, signed_in
from tests.visitors import Visitor
from tests.web.ways import LIBRARY

PAGE, HOME = "/de/intern/anmelden", "/de/intern/"
MIRA = {"email": "mira@example.org", "password": PASSWORD}
WRONG = {"email": "mira@example.org", "password": "ein anderes Wort"}


def sign_in(visitor, *, page=PAGE, **typed):
    return visitor.post(page.partition("?")[0], visitor.get(page).fields() | typed)


def where(page):
    return page.response.request.path


def test_who_has_joined_signs_in_and_is_at_home(visitor, clock):
    joined(clock, "desk")

    assert where(sign_in(visitor, **MIRA)) == HOME
    assert where(visitor.get(PAGE)) == HOME


@pytest.mark.parametrize("email", ["MIRA@Example.org", " mira@example.org "])
def test_an_address_is_known_however_it_is_typed(visitor, clock, email):
    joined(clock, "desk")

    assert where(sign_in(visitor, email=email, password=PASSWORD)) == HOME


def test_nobody_learns_which_part_was_wrong_or_who_is_on_the_list(visitor, clock):
    joined(clock, "desk")
    invited(clock, "desk", email="invited@example.org")
    deactivate(joined(clock, "desk", email="left@example.org"), clock)
    tried = ("mira@example.org", "nobody@example.org", "invited@example.org", "left@example.org")

    pages = [sign_in(visitor, email=email, password="ein anderes Wort") for email in tried]

    assert {page.status for page in pages} == {422}
    assert len({page.text.rpartition(" ")[0] for page in pages}) == 1  # but for the number of the request
    assert rows_of(SignIn.id) == []


def test_the_password_of_somebody_deactivated_opens_nothing(visitor, clock):
    deactivate(joined(clock, "desk"), clock)

    assert sign_in(visitor, **MIRA).status == 422


def test_the_work_of_checking_is_the_same_for_every_address(visitor, clock, monkeypatch):
    joined(clock, "desk")
    checked = []
    fits = passwords.fits

    def noted(password, kept):
        checked.append(bool(kept))
        return fits(password, kept)

    monkeypatch.setattr(passwords, "fits", noted)

    for email in ("mira@example.org", "nobody@example.org"):
        sign_in(visitor, email=email, password="ein anderes Wort")

    assert checked == [True, False]


def test_a_sign_in_of_one_house_opens_nothing_of_another(app, clock):
    joined(clock, "desk")
    visitor, other = Visitor(app), Visitor(app, host=LIBRARY)
    sign_in(visitor, **MIRA)

    assert sign_in(other, **MIRA).status == 422
    cookie = visitor.client.get_cookie("staff")
    assert cookie is not None
    other.client.set_cookie("staff", cookie.value, domain=LIBRARY)
    assert where(other.get(HOME)) == PAGE


def test_signing_in_changes_the_cookie_and_ends_the_former_sign_in(app, visitor, clock):
    joined(clock, "desk")
    sign_in(visitor, **MIRA)
    former = visitor.client.get_cookie("staff").value
    form_cookie = visitor.client.get_cookie("booking")
    visitor.client.delete_cookie("staff")
    page = visitor.get(PAGE)
    visitor.client.set_cookie("staff", former)

    visitor.post(PAGE, page.fields() | MIRA)

    now = visitor.client.get_cookie("staff").value
    assert now != former
    assert visitor.client.get_cookie("booking") != form_cookie
    stranger = Visitor(app)
    stranger.client.set_cookie("staff", former)
    assert where(stranger.get(HOME)) == PAGE
    assert [row[0] for row in rows_of(SignIn.id)] == [hashlib.sha256(now.encode()).hexdigest()]


def test_the_cookie_is_for_this_site_and_no_script(visitor, clock):
    joined(clock, "desk")
    page = visitor.get(PAGE)
    answer = visitor.client.post(PAGE, data=page.fields() | MIRA)

    (told,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("staff=")]
    assert {part.strip() for part in told.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=Lax"}


def test_under_https_the_cookie_is_bound_to_this_host(database_url, tmp_path, clock):
    from booking.app import create_app

    made = create_app(settings_for(database_url, tmp_path, PUBLIC_URL="https://localhost"), clock=clock)
    with made.app_context():
        joined(clock, "desk")
        visitor = Visitor(made)
        fields = visitor.client.get(PAGE, base_url="https://localhost").get_data(as_text=True)
        token = fields.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
        answer = visitor.client.post(PAGE, data=MIRA | {"csrf_token": token}, base_url="https://localhost")

    (told,) = [one for one in answer.headers.getlist("Set-Cookie") if "staff=" in one]
    assert told.startswith("__Host-staff=")
    assert "Secure" in told
    assert "Domain" not in told


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/de/intern/",
        "/\\evil.example",
        "/de/programm",
        "/de/intern\\@evil.example/",
        "http://[",
        "javascript:alert(1)",
        "/de/intern/\r\nX: y",
        "/de/intern/abmelden",
        "/de/intern/anmelden",
        "",
    ],
)
def test_signing_in_leads_to_no_page_but_those_of_staff(visitor, clock, wanted):
    joined(clock, "desk")
    page = visitor.get(PAGE)

    answer = visitor.client.post(PAGE, data=page.fields() | MIRA | {"next": wanted})

    assert (answer.status_code, answer.headers["Location"]) == (303, HOME)


def test_signing_in_leads_back_to_the_page_that_was_asked_for(visitor, clock):
    joined(clock, "admin")
    asked = visitor.get("/de/intern/team?role=desk&q=mira")
    assert where(asked) == PAGE

    page = visitor.post(PAGE, asked.fields() | MIRA)

    assert page.response.request.full_path == "/de/intern/team?role=desk&q=mira"


def test_a_form_without_its_token_signs_nobody_in_and_says_so(visitor, clock):
    joined(clock, "desk")

    page = visitor.post(PAGE, MIRA)

    assert page.status == 400
    assert rows_of(SignIn.id) == []
    assert where(visitor.post(PAGE, page.fields() | MIRA)) == HOME


def test_a_password_kept_by_older_parameters_is_kept_by_todays_after_signing_in(visitor, clock):
    from argon2 import PasswordHasher

    joined(clock, "desk")
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    unit_of_work(lambda: execute(update(Staff).values(password_hash=old)))

    assert where(sign_in(visitor, **MIRA)) == HOME

    ((kept,),) = rows_of(Staff.password_hash)
    assert kept != old
    assert passwords.fits(PASSWORD, kept)
    assert not passwords.is_outdated(kept)


@pytest.mark.parametrize(
    "wanted",
    [
        "/de/intern/../de/",
        "/de/intern//example.org",
        "/de/intern/%2e%2e/",
        "/en/staff/sign-out",
        "https://example.org/de/intern/",
        "//example.org/de/intern/",
    ],
)
def test_nobody_is_led_out_of_the_house_by_signing_in(visitor, clock, wanted):
    joined(clock, "desk")

    assert where(sign_in(visitor, next=wanted, **MIRA)) == HOME


def test_signing_out_needs_the_form_and_a_link_does_nothing(app, clock, staff):
    visitor = staff("desk")

    visitor.get("/de/intern/abmelden")
    visitor.post("/de/intern/abmelden", {})

    assert where(visitor.get(HOME)) == HOME


def test_sign_ins_of_somebody_who_was_erased_or_of_nobody_open_nothing(app, clock):
    person = a_staff("desk")
    visitor = signed_in(app, person, clock)
    unit_of_work(lambda: execute(update(Staff).where(Staff.id == person.staff_id).values(is_active=False)))

    assert where(visitor.get(HOME)) == PAGE
