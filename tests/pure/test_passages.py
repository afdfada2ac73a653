"""Own words of a house in its mails: placeholders are strings, put in once, and whoever mistypes one is told."""

import re
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.messages import passages
from booking.messages.passages import CLOSING, EVERY, EXTRA, LENGTHS, OPENING, PASSAGES, SUBJECT
from booking.messages.plain import one_line
from booking.messages.staff_refusals import (
    LooseBrace,
    NoPlaceholders,
    TooLong,
    TooManyPlaceholders,
    UnfitText,
    UnknownPlaceholder,
)

ALLOWED = passages.placeholders("confirmation")
anything = st.text(max_size=60)
values_of_people = st.fixed_dictionaries(dict.fromkeys(ALLOWED, anything))


def refusal(text: str, *, passage: str = EXTRA, kind: str = "confirmation") -> UnfitText:
    with pytest.raises(UnfitText) as caught:
        passages.check(text, passage=passage, kind=kind)
    return caught.value


@given(values=values_of_people, name=st.sampled_from(ALLOWED))
def test_what_a_value_holds_is_never_looked_at_again(values, name):
    """Braces, marks of lists, line ends: a value stays a value on its line."""
    (block,) = passages.blocks(f"Before {{{name}}} after", values)

    (line,) = block.lines
    assert not block.is_list
    assert line == f"Before {one_line(values[name])} after"
    assert len(line.splitlines()) == 1


@given(
    value=st.sampled_from(
        ["{phone}", "{{name}}", "{name.__class__}", "{0}", "- one\n- two", "\n\n{", "{name!r:>9}"]
    )
)
def test_hostile_values_stay_as_they_were_typed(value):
    values = dict.fromkeys(ALLOWED, "") | {"name": value, "phone": "SECRET"}

    (block,) = passages.blocks("{name}", values)

    assert block == passages.Block((one_line(value),))
    assert passages.subject("{name}", values) == one_line(value)


@given(text=st.text(alphabet="{}ab .!:[]_\n-" + ascii_lowercase, max_size=40))
def test_a_text_is_refused_or_can_be_written_and_holds_no_placeholder_any_more(text):
    try:
        passages.check(text, passage=EXTRA, kind="confirmation")
    except UnfitText:
        return

    told = "\n".join(
        line for block in passages.blocks(text, dict.fromkeys(ALLOWED, "x")) for line in block.lines
    )

    assert not re.search("[{}]", told)


@pytest.mark.parametrize(
    "text",
    ["{name.__class__}", "{name!r}", "{name:>9}", "{name[0]}", "{ name }", "{Name}", "{0}", "{house_id}"],
)
def test_nothing_but_the_plain_name_is_a_placeholder(text):
    assert isinstance(refusal(text), UnknownPlaceholder)


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("nmae", "{name}"),
        ("Name", "{name}"),
        ("datum", "{date}"),
        ("ofering", "{offering}"),
        ("telefon", "{phone}"),
    ],
)
def test_a_mistyped_placeholder_is_answered_with_the_nearest(typed, near):
    told = refusal(f"Hello {{{typed}}}")

    assert told.facts["typed"] == f"{{{typed}}}"
    assert str(told.facts["near"]).split(", ")[0] == near


def test_a_placeholder_like_no_other_is_answered_with_all():
    assert str(refusal("{zzzzqq}").facts["near"]).count("{") == len(ALLOWED)


@pytest.mark.parametrize("text", ["{", "}", "{name", "name}", "{{name}", "{name}}", "{{name}}", "a } b { c"])
def test_a_loose_brace_is_refused(text):
    assert isinstance(refusal(text), LooseBrace)


def test_an_empty_placeholder_is_told_what_could_stand_there():
    assert isinstance(refusal("{}"), NoPlaceholders)


def test_texts_have_a_length_and_a_number_of_placeholders():
    assert isinstance(refusal("x" * (LENGTHS[SUBJECT] + 1), passage=SUBJECT), TooLong)
    assert isinstance(refusal("{name} " * 21), TooManyPlaceholders)
    passages.check("{name} " * 20, passage=EXTRA, kind="confirmation")
    passages.check("x" * LENGTHS[SUBJECT], passage=SUBJECT, kind="confirmation")


def test_words_for_every_mail_know_the_house_alone():
    """They go with ideas and reports, too, which are no bookings."""
    passages.check("{house} {phone} {email}", passage=CLOSING, kind=EVERY)
    assert isinstance(refusal("{name}", passage=CLOSING, kind=EVERY), UnknownPlaceholder)


def test_who_has_not_confirmed_an_address_is_greeted_by_no_name():
    """The address may be a stranger's, and the name an advertisement."""
    assert isinstance(refusal("{name}", passage=OPENING, kind="confirm_address"), UnknownPlaceholder)


@given(text=st.text(max_size=200), values=values_of_people)
def test_a_subject_is_one_line_and_not_endless(text, values):
    try:
        told = passages.subject(text, values)
    except UnfitText:
        return

    assert len(told.splitlines()) <= 1
    assert not re.search(r"[\x00-\x1f\x7f]", told)
    assert len(told) <= passages.SUBJECT_LIMIT


def test_paragraphs_lists_and_lines_are_kept():
    found = passages.blocks("One\ntwo\n\n- {name}\n* four\nfive", {"name": "A\n- B"})

    assert found == (
        passages.Block(("One", "two")),
        passages.Block(("A - B", "four"), is_list=True),
        passages.Block(("five",)),
    )


def test_every_mail_that_can_be_worded_knows_its_passages():
    assert all(set(known) <= set(LENGTHS) for known in PASSAGES.values())
    assert all(passages.placeholders(kind) for kind in PASSAGES)
