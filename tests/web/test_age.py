"""From which age an offering is for people: told wherever a parent decides."""

import pytest
from flask import Flask

from booking.messages.facts import CONFIRMATION
from tests.builders import an_occurrence, an_offering
from tests.web.sample_letters import seen, the_letter
from tests.web.test_slip_pdf import the_slip, words
from tests.web.ways import a_secret, hold, path, said

AGE = "from %(age)s years"
every_variant = pytest.mark.parametrize("language", ["de", "en", "ls"])


@pytest.fixture
def date_id(app, clock):
    return an_occurrence(clock, offering_id=an_offering(key="vr", age_min=13, audiences=("families",)))


@every_variant
def test_lists_and_pages_of_a_date_say_from_which_age_it_is(app: Flask, visitor, clock, date_id, language):
    told = said(AGE, language, age=13)
    an_occurrence(clock, offering_id=an_offering(key="for-all"))

    for name in ("start", "programme"):
        page = visitor.get(path(app, name, language))
        facts = [" ".join(one.itertext()) for one in page.all("li") if "date" in one.get("class", "").split()]
        assert [told in " ".join(one.split()) for one in facts] == [True, False], name
    families = visitor.get(path(app, "programme", language) + "?audience=families")
    assert told in families.text
    assert told in visitor.get(path(app, "embed", language)).text
    assert told in visitor.get(path(app, "occurrence", language, occurrence_id=date_id)).text


@every_variant
def test_who_books_is_told_beside_the_number_of_children_and_in_what_is_kept(app, visitor, date_id, language):
    told = said(AGE, language, age=13)
    hint = said("The offering is for people from %(age)s years of age.", language, age=13)

    form = visitor.get(path(app, "book", language, occurrence_id=date_id))
    (children,) = [one for one in form.all("input") if one.get("name") == "children"]
    assert [one.text for one in form.all("p") if one.get("id") == children.get("aria-describedby")] == [hint]
    assert told in hold(visitor, date_id, language).text

    secret = a_secret(visitor, date_id, language)
    for name in ("done", "manage"):
        assert told in visitor.get(path(app, name, language, secret=secret)).text, name
    slip = words(the_slip(app, visitor, secret, language).data)
    assert told in slip
    assert {"en": "German"}.get(language, "Deutsch") in slip


@every_variant
def test_a_mail_says_it_in_both_parts_and_only_where_there_is_a_limit(app: Flask, language):
    told = said(AGE, language, age=13)
    letter, plain = the_letter(CONFIRMATION, language, age_min=13), the_letter(CONFIRMATION, language)

    assert told in letter.text
    assert told in seen(letter.html)
    assert said("Age", language) not in seen(plain.html).split()
