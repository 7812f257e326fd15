"""When a run anneals and when it combines."""

import pytest

from routewright.solvers.monitor import Monitor
from routewright.solvers.search.phases import CHILD, CHILDREN, Habit, Phase, Phases, Task
from routewright.solvers.stop import Stop

HABIT = Habit(worthwhile=1, most=8, annealing=0.6)


def phases(iterations: int | None, worth: int, threads: int = 1) -> Phases:
    return Phases(Monitor(Stop(iterations=iterations)), HABIT, worth, threads)


def test_a_small_budget_is_one_annealing_from_its_begin_to_its_end() -> None:
    run = phases(1000, worth=1000)
    assert [run.at(done) for done in (0, 500, 1000)] == [Phase(Task.ANNEAL, 0, share) for share in (0.0, 0.5, 1.0)]


def test_a_large_budget_is_several_annealings_of_equal_length_and_then_combines() -> None:
    run = phases(50_000, worth=10_000)
    seen = [run.at(done) for done in range(0, 50_000, 1000)]
    assert [phase.number for phase in seen[:30]] == [0] * 10 + [1] * 10 + [2] * 10
    assert [phase.share for phase in seen[10:20]] == pytest.approx([step / 10 for step in range(10)])
    assert {phase.task for phase in seen[30:]} == {Task.COMBINE}
    assert {phase.task for phase in seen[:30]} == {Task.ANNEAL}


def test_a_huge_budget_is_a_limited_number_of_slower_annealings() -> None:
    run = phases(10_000_000, worth=100)
    run.at(1_000_000)
    assert run.at(int(10_000_000 * HABIT.annealing) - 1).number == HABIT.most - 1


class Clock(Monitor):
    """A monitor whose elapsed share is set by hand."""

    now = 0.0

    def share(self, iterations: int) -> float:
        return self.now


def test_the_time_that_a_start_took_does_not_count() -> None:
    clock = Clock(Stop(wall=10.0))
    clock.now = 0.8
    run = Phases(clock, HABIT, 1000, threads=2)
    assert run.at(0) == Phase(Task.ANNEAL, 0, 0.0)
    clock.now = 0.82
    assert run.at(500).share == pytest.approx(0.1 * 3 / HABIT.annealing)  # 5,000 to come are worth three annealings
    clock.now = 0.96
    assert run.at(4000).task is Task.COMBINE


def test_threads_combine_even_where_each_anneals_once() -> None:
    run = phases(1000, worth=1000, threads=2)
    assert [run.at(done).task for done in (0, 690, 710)] == [Task.ANNEAL, Task.ANNEAL, Task.COMBINE]


def test_without_a_limit_both_take_turns_for_ever() -> None:
    run = phases(None, worth=600)
    seen = [run.at(done) for done in range(0, 3000, 250)]
    assert [phase.task for phase in seen] == [Task.ANNEAL, Task.ANNEAL, Task.ANNEAL, Task.COMBINE] * 3
    assert [phase.number for phase in seen] == [0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3]


BREEDING = Habit(worthwhile=1, most=2, annealing=0.4, breeding=0.2)


def test_breeding_stands_between_annealing_and_combining_where_there_is_time() -> None:
    enough = 5 * CHILDREN * CHILD * 10  # for ten clients
    for iterations, breeds, task in (
        (enough, True, Task.BREED),
        (enough - 10, True, Task.COMBINE),
        (enough, False, Task.COMBINE),
    ):
        run = Phases(Monitor(Stop(iterations=iterations)), BREEDING, 10, threads=2, breeds=breeds)
        seen = [run.at(int(iterations * share)).task for share in (0.1, 0.39, 0.41, 0.59, 0.61, 0.9)]
        assert seen == [Task.ANNEAL, Task.ANNEAL, task, task, Task.COMBINE, Task.COMBINE]


def test_an_endless_run_breeds_in_turn() -> None:
    slow = BREEDING._replace(worthwhile=CHILDREN * CHILD)
    run = Phases(Monitor(Stop(no_improvement=10**9)), slow, 10, breeds=True)
    tasks = [run.at(done).task for done in range(0, 2 * 35 * CHILDREN * CHILD, CHILDREN * CHILD)]
    assert tasks == 2 * [*[Task.ANNEAL] * 10, *[Task.COMBINE] * 15, *[Task.BREED] * 10]
