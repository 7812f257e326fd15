"""Clock, trajectory and stop of one run."""

import time
from math import inf

import pytest

from routewright.data.solution import Solution
from routewright.solvers.monitor import Monitor, Progress
from routewright.solvers.stop import Stop


def test_only_better_costs_count() -> None:
    monitor = Monitor(Stop(iterations=10))
    for iteration, cost in enumerate([9.0, 9.0, 11.0, 7.0]):
        monitor.improved(cost, iteration)
    assert [(point.cost, point.iterations) for point in monitor.trajectory] == [(9.0, 0), (7.0, 3)]
    assert monitor.best == 7.0


def test_a_key_outranks_the_cost() -> None:
    monitor = Monitor(Stop(iterations=10))
    monitor.improved(50.0, 0, key=(0, 3, 50.0))
    monitor.improved(60.0, 1, key=(0, 2, 60.0))
    monitor.improved(40.0, 2, key=(0, 3, 40.0))
    assert [point.cost for point in monitor.trajectory] == [50.0, 60.0]


def test_stamps_grow_and_start_at_zero() -> None:
    monitor = Monitor(Stop(wall=1))
    monitor.improved(2.0, 0)
    sum(range(200_000))
    monitor.improved(1.0, 1)
    first, second = monitor.trajectory
    assert 0 <= first.wall < second.wall < 1
    assert 0 <= first.cpu < second.cpu < 1


def test_processor_time_does_not_pass_in_sleep() -> None:
    monitor = Monitor(Stop(cpu=0.05))
    time.sleep(0.06)
    assert monitor.wall() >= 0.06
    assert not monitor.done(0)
    assert monitor.share(0) < 1


def test_whoever_listens_hears_of_improvements() -> None:
    heard: list[Progress] = []
    monitor = Monitor(Stop(iterations=1), heard.append)
    plan = Solution.from_routes([[1, 2]])
    monitor.improved(5.0, 4, plan)
    monitor.improved(6.0, 5, plan)
    assert [(progress.cost, progress.iterations, progress.solution) for progress in heard] == [(5.0, 4, plan)]


def test_ctrl_c_in_a_callback_ends_the_run_instead_of_unwinding_it() -> None:
    def press(progress: Progress) -> None:
        raise KeyboardInterrupt

    monitor = Monitor(Stop(iterations=100), press)
    assert not monitor.done(0)
    monitor.improved(1.0, 0)
    assert monitor.done(0)


@pytest.mark.parametrize(
    ("stop", "iterations", "done"),
    [
        (Stop(iterations=3), 2, False),
        (Stop(iterations=3), 3, True),
        (Stop(iterations=0), 0, True),
        (Stop(wall=0), 0, True),
        (Stop(cpu=0), 0, True),
        (Stop(wall=inf), 10**9, False),
        (Stop(), 10**9, False),
        (Stop(target=7.0), 0, True),
        (Stop(target=6.9), 0, False),
        (Stop(no_improvement=5), 8, False),
        (Stop(no_improvement=5), 9, True),
    ],
)
def test_each_limit_ends_the_run(stop: Stop, iterations: int, done: bool) -> None:
    monitor = Monitor(stop)
    monitor.improved(7.0, 4)
    assert monitor.done(iterations) is done


def test_no_improvement_counts_from_the_start_where_nothing_was_found() -> None:
    monitor = Monitor(Stop(no_improvement=5))
    assert not monitor.done(4)
    assert monitor.done(5)


def test_share_follows_iterations_alone_where_they_are_the_only_limit() -> None:
    monitor = Monitor(Stop(iterations=200))
    assert [monitor.share(i) for i in (0, 50, 200, 500)] == [0.0, 0.25, 1.0, 1.0]
    assert Monitor(Stop(target=1.0)).share(10**6) == 0.0
    assert Monitor(Stop(iterations=0)).share(0) == 1.0


def test_share_is_that_of_the_tightest_limit() -> None:
    monitor = Monitor(Stop(wall=1000, iterations=10))
    assert monitor.share(5) == 0.5
    assert 0 < Monitor(Stop(wall=1000)).share(5) < 0.1


def test_remaining_is_the_time_left() -> None:
    assert Monitor(Stop(cpu=3)).remaining() == inf
    assert 9 < Monitor(Stop(wall=10)).remaining() < 10
    assert Monitor(Stop(wall=0)).remaining() == 0


def test_seconds_of_a_run_that_many_share_are_shares() -> None:
    alone, shared = Monitor(Stop(wall=0.1)), Monitor(Stop(wall=0.1), shared_by=4)
    time.sleep(0.15)
    assert shared.wall() == pytest.approx(alone.wall() / 4, abs=0.01)
    assert (alone.over, shared.over) == (True, False)
    assert 0 < shared.remaining() < 0.1
