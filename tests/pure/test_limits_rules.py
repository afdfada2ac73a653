"""Limits and the pauses of the outbox: windows of time, counted from 1970."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.limits.rules import Attempt, Limit
from booking.messages.rules import GIVE_UP_AFTER, LONGEST_DELAY, delay_after, is_given_up

HOURLY = Limit("mail", 5, timedelta(hours=1))
NOON = datetime(2027, 1, 11, 12, tzinfo=UTC)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
windows = st.integers(1, 86400).map(lambda seconds: timedelta(seconds=seconds))
jitters = st.floats(0, 1, exclude_max=True)


@given(now=instants, window=windows)
def test_a_window_ends_after_now_and_began_at_or_before_it(now, window):
    end = Limit("any", 1, window).window_end(now)

    assert end - window <= now.replace(microsecond=0) < end
    assert int(end.timestamp()) % int(window.total_seconds()) == 0


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (NOON, NOON + timedelta(hours=1)),
        (NOON - timedelta(seconds=1), NOON),
        (NOON + timedelta(minutes=59, seconds=59), NOON + timedelta(hours=1)),
    ],
)
def test_the_last_second_of_a_window_belongs_to_it_and_its_end_to_the_next(now, end):
    assert HOURLY.window_end(now) == end


def test_attempts_of_two_kinds_are_counted_apart():
    one, other = Attempt(HOURLY, "abc"), Attempt(Limit("client", 5, timedelta(hours=1)), "abc")

    assert one.key == "mail:abc"
    assert one.key != other.key


@given(tries=st.integers(1, 200), jitter=jitters)
def test_pauses_double_up_to_an_hour_and_differ_by_a_quarter_at_most(tries, jitter):
    steady = min(30 * 2 ** (tries - 1), LONGEST_DELAY.total_seconds())

    assert 0.75 * steady <= delay_after(tries, jitter=jitter).total_seconds() <= 1.25 * steady


@settings(max_examples=20)
@given(st.randoms())
def test_a_mail_is_tried_for_more_than_four_hours_with_at_most_an_hour_and_a_quarter_between(lot):
    at, tries = NOON, 0
    while not is_given_up(NOON, tries=10, now=at):
        tries += 1
        at += delay_after(tries, jitter=lot.random())

    assert at - NOON >= GIVE_UP_AFTER >= timedelta(hours=4)
    assert at - NOON <= GIVE_UP_AFTER + LONGEST_DELAY * 1.25
    assert tries >= 38


def test_a_mail_is_given_up_at_the_very_end_of_the_second_day():
    assert not is_given_up(NOON, tries=10, now=NOON + GIVE_UP_AFTER - timedelta(seconds=1))
    assert not is_given_up(NOON, tries=9, now=NOON + GIVE_UP_AFTER)
    assert is_given_up(NOON, tries=10, now=NOON + GIVE_UP_AFTER)
