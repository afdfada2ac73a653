"""A web process that costs too much ends; one that is young or light goes on."""

from collections import deque
from types import SimpleNamespace

import pytest

from booking.web import weight
from booking.web.patience import PatientWorker
from booking.web.weight import Scales

ROLLED_UP = """55ce2698d000-7ffda1b0f000 ---p 00000000 00:00 0                          [rollup]
Rss:              138244 kB
Pss:               92160 kB
Pss_Dirty:        105849 kB
"""


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_the_share_of_this_process_is_read(tmp_path):
    (tmp_path / "rollup").write_text(ROLLED_UP)

    assert weight.megabytes(tmp_path / "rollup") == 90.0


def test_a_machine_that_does_not_tell_never_ends_a_process(tmp_path, clock):
    scales = Scales(weigh=lambda: weight.megabytes(tmp_path / "missing"), clock=clock)
    clock.now += 3600

    assert scales.too_heavy() == 0


def test_only_what_has_lived_for_a_while_is_weighed_and_not_at_every_turn(clock):
    looks: list[float] = []

    def weigh() -> float:
        looks.append(clock.now)
        return 200.0 if len(looks) > 1 else 30.0

    scales = Scales(weigh=weigh, clock=clock)
    clock.now += weight.LEAST_SECONDS - 0.1
    assert scales.too_heavy() == 0
    clock.now += 0.2

    assert [scales.too_heavy(), scales.too_heavy()] == [200.0, 0]
    assert len(looks) == 2


def test_a_process_that_shares_nothing_is_never_replaced(clock):
    weights = iter([95.0, 150.0, 150.0])
    scales = Scales(weigh=lambda: next(weights), clock=clock)
    assert scales.too_heavy() == 0
    clock.now += 3600

    assert scales.too_heavy() == 0


@pytest.mark.parametrize(
    ("megabytes", "ends"), [(weight.MOST_MEGABYTES - weight.MARGIN, False), (weight.MOST_MEGABYTES, True)]
)
def test_it_ends_below_its_bound(clock, megabytes, ends):
    weights = iter([32.0, megabytes])
    scales = Scales(weigh=lambda: next(weights), clock=clock)
    assert scales.too_heavy() == 0
    clock.now += weight.LEAST_SECONDS

    assert bool(scales.too_heavy()) is ends


@pytest.mark.parametrize(
    ("said", "meant"), [("150", 150), ("0", weight.MOST_MEGABYTES), ("much", weight.MOST_MEGABYTES)]
)
def test_an_operator_may_set_the_bound(monkeypatch, said, meant):
    monkeypatch.setenv(weight.VARIABLE, said)

    assert weight.bound() == meant


@pytest.mark.parametrize(("megabytes", "goes_on"), [(0.0, True), (91.0, False)])
def test_a_process_that_is_too_heavy_takes_no_more_connections(megabytes, goes_on):
    told: list[str] = []
    worker = object.__new__(PatientWorker)
    worker.alive, worker._arriving, worker.pending_conns = True, {}, deque()
    worker.log = SimpleNamespace(info=lambda *words: told.append(words[0]))
    worker._scales = SimpleNamespace(too_heavy=lambda: megabytes)  # type: ignore[assignment]

    worker.murder_pending()

    assert worker.alive is goes_on
    assert len(told) == (not goes_on)
