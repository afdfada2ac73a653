"""Intervals of whole seconds, half-open: join and cut them, find what fits, read them off a wall clock.

A span is ``(start, end)``: instants in epoch seconds, or wall time counted as if the clock were UTC.
A function that asks for *merged* spans wants what ``merge`` gives: sorted, none empty, none touching.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 86_400
FOREVER = 100_000 * DAY  # the year 2243
_EPOCH = date(1970, 1, 1).toordinal()
_MONDAY = 3  # days from the Monday of its week to 1 January 1970

Span = tuple[int, int]
Load = tuple[int, int, int]
"""``(start, end, units)``: so much is taken from start until end."""
Run = tuple[int, int, int]
"""``(start, anchor, end)``: in ``[start, end)`` counting goes on from the anchor."""
Stretch = tuple[int, int, int]
"""``(start, end, offset)``: the wall clock shows start until end, and is ahead of UTC by the offset."""


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return the same instants, sorted; overlapping and touching spans joined, empty ones dropped."""
    merged: list[Span] = []
    begin, end = 0, -FOREVER
    for start, stop in sorted(spans):
        if start > end:
            if start < stop:
                merged.append((start, stop))
                begin, end = start, stop
        elif stop > end:
            merged[-1] = (begin, stop)
            end = stop
    return merged


def subtract(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """Return what is left of sorted, disjoint spans without the merged holes."""
    left: list[Span] = []
    i, count = 0, len(holes)
    for start, end in spans:
        begin = start
        while i < count and holes[i][1] <= start:
            i += 1
        j = i  # a hole may reach into the next span, so it is not spent
        while j < count and holes[j][0] < end:
            low, high = holes[j]
            if begin < low:
                left.append((begin, low))
            begin, j = high, j + 1
        if begin < end:
            left.append((begin, end))
    return left


def intersect(ones: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """Return what two lists of sorted, disjoint spans have in common."""
    common: list[Span] = []
    i, count = 0, len(others)
    for start, end in ones:
        while i < count and others[i][1] <= start:
            i += 1
        j = i  # one of the others may reach into the next span, so it is not spent
        while j < count and others[j][0] < end:
            common.append((max(start, others[j][0]), min(end, others[j][1])))
            j += 1
    return common


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans have an instant in common; an empty one has none."""
    return max(one[0], other[0]) < min(one[1], other[1])


def contains(spans: Sequence[Span], instant: int) -> bool:
    """Whether the instant lies in one of the sorted, disjoint spans."""
    at = bisect_right(spans, instant, key=lambda span: span[0])
    return at > 0 and instant < spans[at - 1][1]


def starts_within(spans: Iterable[Span], length: int) -> list[Span]:
    """Return the starts from which ``length`` fits into one of the merged spans."""
    return [(start, end - length + 1) for start, end in spans if end - start >= length]


def starts_blocked(spans: Iterable[Span], *, before: int, length: int, after: int) -> list[Span]:
    """Return the starts, merged, at which ``[start - before, start + length + after)`` overlaps a span."""
    reach = length + after - 1
    return merge([(start - reach, end + before) for start, end in spans if start < end])


def overloaded(loads: Iterable[Load], *, most: int) -> list[Span]:
    """Return the merged spans in which more than ``most`` units (at least 0) are taken at once."""
    steps: list[Span] = []
    for start, end, units in loads:
        if start < end:
            steps += (start, units), (end, -units)
    found: list[Span] = []
    total = 0
    for at, units in sorted(steps):  # at one instant what ends comes first: touching loads do not add up
        if total <= most < total + units:
            found.append((at, at))
        elif total > most >= total + units:
            found[-1] = (found[-1][0], at)
        total += units
    return merge(found)


def join_runs(runs: Iterable[Run]) -> list[Run]:
    """Return disjoint runs, sorted: one that begins inside another goes on with the other's anchor.

    One that merely touches begins anew; of those that begin together the earliest anchor counts.
    """
    joined: list[Run] = []
    for start, anchor, end in sorted(runs):
        if not joined or start >= joined[-1][2]:
            joined.append((start, anchor, end))
        elif end > joined[-1][2]:
            joined[-1] = (joined[-1][0], joined[-1][1], end)
    return joined


def on_grid(runs: Sequence[Run], spans: Sequence[Span], *, offset: int, step: int) -> list[int]:
    """Return what of the sorted, disjoint spans lies on ``anchor + offset + k * step`` of its run, k >= 0."""
    found: list[int] = []
    j, count = 0, len(spans)
    first_run = bisect_right(runs, spans[0][0], key=lambda run: run[0]) - 1 if spans else len(runs)
    for start, anchor, end in runs[max(0, first_run) :]:
        first = anchor + offset
        start = max(start, first)  # noqa: PLW2901 - nothing of the run comes before its first candidate
        while j < count and spans[j][0] < end:
            low, high = spans[j]
            if low < start:
                low = start
            if high > end:  # the span goes on in the next run
                found += range(low + (first - low) % step, end, step)
                break
            found += range(low + (first - low) % step, high, step)
            j += 1
    return found


def day_number(day: date) -> int:
    """Return the days from 1 January 1970."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """Return the date with this number."""
    return date.fromordinal(number + _EPOCH)


def full_days(used: Iterable[Span], *, most: int | None, wanted: int, days: int) -> list[Span]:
    """Return the wall time of the days (1) or weeks from Monday (7) to which ``wanted`` cannot be added.

    ``used``  pairs of a day number and an amount; ``most``  None for no limit
    """
    if most is None or wanted > most:
        return [] if most is None else [(0, FOREVER)]
    totals: Counter[int] = Counter()
    for day, amount in used:
        totals[(day + _MONDAY) // days] += amount
    full = [period * days - _MONDAY for period, total in totals.items() if total + wanted > most]
    return merge((first * DAY, (first + days) * DAY) for first in full)


def instants(walls: Iterable[Span], zone: str, *, since: int, until: int) -> list[Span]:
    """Return, merged, the instants at which the clock of ``zone`` shows what lies in ``walls``.

    Exact in ``[since, until)`` and perhaps a little around it.
    Raises KeyError (ZoneInfoNotFoundError) for an unknown zone.
    """
    clock = stretches(zone, since=since, until=until)
    return merge(span for wall in walls for span in shifted(wall, clock))


def local_day(instant: int, zone: str) -> int:
    """Return the local date of an instant as the number of days since 1 January 1970."""
    return (instant + _offset(ZoneInfo(zone), instant)) // DAY


def stretches(zone: str, *, since: int, until: int) -> list[Stretch]:
    """Return how the clock of ``zone`` runs from three days before ``since`` to three after ``until``."""
    since, until = since - 3 * DAY, until + 3 * DAY
    years = (datetime.fromtimestamp(since, UTC).year, datetime.fromtimestamp(until, UTC).year)
    return [s for s in _all_stretches(zone, *years) if s[0] - s[2] < until and since < s[1] - s[2]]


def shifted(wall: Span, clock: Iterable[Stretch]) -> list[Span]:
    """Return, merged, the instants at which the clock shows the wall time of a span that is not empty."""
    start, end = wall
    spans = [(max(start, a) - ahead, min(end, b) - ahead) for a, b, ahead in clock if start < b and a < end]
    return spans if len(spans) < 2 else merge(spans)


def daily(days: Sequence[int], wall: Span, clock: Sequence[Stretch]) -> list[Run]:
    """Return a window of wall time, counted from midnight, on each of the days; its start is the anchor.

    Where the clock changes within it, a skipped start is the instant of the change, a doubled one its first.
    """
    (start, end), odd, runs = wall, set(days), list[Run]()
    for low, high, offset in _evenly(clock):
        first, last = -((start - low) // DAY), (high - end) // DAY
        whole = [day for day in days if first <= day <= last]
        begins = [day * DAY + start - offset for day in whole]
        runs += [(begin, begin, begin + end - start) for begin in begins]
        odd.difference_update(whole)
    for day in odd:
        spans = shifted((day * DAY + start, day * DAY + end), clock)
        runs += [(begin, spans[0][0], stop) for begin, stop in spans]
    return runs


def _evenly(clock: Sequence[Stretch]) -> Iterator[Stretch]:
    """Each stretch without the wall time that is skipped or doubled at its ends."""
    ends = [0, *(high for _, high, _ in clock)]
    starts = [*(low for low, _, _ in clock), FOREVER]
    for (low, high, offset), end, start in zip(clock, ends, starts[1:], strict=False):
        yield max(low, end), min(high, start), offset


@lru_cache(maxsize=256)
def _all_stretches(zone: str, first_year: int, last_year: int) -> tuple[Stretch, ...]:
    tz = ZoneInfo(zone)
    begin, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (first_year, last_year + 1))
    found: list[Stretch] = []
    offset = _offset(tz, begin)
    for day in range(begin, end, DAY):  # no zone changes its clock there and back within a day
        after = _offset(tz, day + DAY)
        if after != offset:
            change = _change(tz, day, after)
            found.append((begin + offset, change + offset, offset))
            begin, offset = change, after
    return (*found, (begin + offset, end + offset, offset))


def _change(tz: ZoneInfo, day: int, after: int) -> int:
    seconds = range(day, day + DAY + 1)
    return seconds[bisect_left(seconds, True, key=lambda instant: _offset(tz, instant) == after)]


def _offset(tz: ZoneInfo, instant: int) -> int:
    offset = datetime.fromtimestamp(instant, tz).utcoffset()
    return int(offset.total_seconds()) if offset else 0
