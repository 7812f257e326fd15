from pathlib import Path

import pytest

from routewright.compare import summarise
from routewright.compare.journal import Journal
from routewright.compare.table import gap, rows, write_csv
from routewright.compare.yardstick import measured, yardsticks
from tests.compare import made


@pytest.mark.parametrize(
    ("cost", "reference", "percent"),
    [
        (27591.0, 27591.0, 0.0),
        (1100.0, 1000.0, 10.0),
        (990.0, 1000.0, -1.0),
        (-80.0, -100.0, 20.0),  # a profit of 80 where 100 is known is 20 % worse
        (None, 1000.0, None),
        (1000.0, None, None),
        (5.0, 0.0, None),
    ],
)
def test_a_gap_is_percent_above_the_reference(cost: float, reference: float, percent: float | None) -> None:
    assert gap(cost, reference) == (None if percent is None else pytest.approx(percent))


def test_an_anytime_run_gives_a_row_for_each_budget_and_others_one() -> None:
    steady = made.record(
        solver="steady", anytime=True, budget=10.0, read_at=(1.0, 3.0, 10.0), trajectory=((0.5, 130.0), (2.0, 120.0))
    )
    planner = made.record(solver="planner", budget=3.0, cost=105.0)
    found = [(row.solver, row.budget, row.cost, row.gap) for row in rows([steady, planner])]
    assert found == [
        ("planner", 3.0, 105.0, 5.0),
        ("steady", 1.0, 130.0, 30.0),
        ("steady", 3.0, 120.0, 20.0),
        ("steady", 10.0, 120.0, 20.0),
    ]


def test_a_clean_attempt_counts_before_a_disturbed_one_whatever_their_order() -> None:
    clean = made.record(cost=120.0)
    disturbed = made.record(cost=101.0, wall=2.0)
    assert [row.cost for row in rows([clean, disturbed])] == [120.0]
    assert [row.cost for row in rows([disturbed, clean])] == [120.0]


def test_among_disturbed_attempts_the_least_disturbed_counts_and_says_so() -> None:
    attempts = [made.record(cost=cost, wall=wall) for cost, wall in ((130.0, 2.0), (120.0, 1.25), (110.0, 4.0))]
    (row,) = rows(attempts)
    assert row.cost == 120.0
    assert row.note == "CPU share 0.80"


def test_the_longest_anytime_run_answers_for_all_budgets() -> None:
    short = made.record(anytime=True, budget=1.0, trajectory=((0.5, 130.0),))
    long = made.record(anytime=True, budget=10.0, trajectory=((0.6, 125.0), (5.0, 115.0)))
    assert [(row.budget, row.cost) for row in rows([long, short])] == [(10.0, 115.0)]
    assert [(row.budget, row.cost) for row in rows([long, made.record(solver="planner", budget=1.0)])] == [
        (1.0, 110.0),
        (1.0, 125.0),
        (10.0, 115.0),
    ]


def test_missing_answers_say_why() -> None:
    found = rows(
        [
            made.record(instance="A", error="MemoryError", cost=None, feasible=False),
            made.record(instance="B", cost=None, feasible=False, unsupported=("time windows",)),
            made.record(instance="C", feasible=False, violations=("route 1 is late", "another")),
            made.record(instance="D", anytime=True, trajectory=((1.5, 100.0),)),
        ]
    )
    assert [(row.instance, row.cost, row.note) for row in found] == [
        ("A", None, "crashed: MemoryError"),
        ("B", None, "does not know time windows"),
        ("C", None, "infeasible: route 1 is late"),
        ("D", None, "no answer in time"),
    ]


def test_a_crash_is_forgotten_once_the_job_has_run() -> None:
    crash = made.record(error="MemoryError", cost=None, feasible=False, wall=0.0, cpu=0.0)
    later = made.record(cost=120.0, wall=2.0)
    for order in ([crash, later], [later, crash]):
        assert [row.cost for row in rows(order)] == [120.0]


def test_the_file_of_a_table_has_one_line_per_number(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "runs.jsonl")
    journal.append(
        made.record(instance="X-n101-k25", cost=27700.0, reference=27591.0, reference_source="X-n101-k25.sol")
    )
    journal.append(made.record(instance="B", feasible=False, reference=None, reference_source=""))
    write_csv(summarise(tmp_path / "runs.jsonl"), tmp_path / "runs.csv")
    assert (tmp_path / "runs.csv").read_text().splitlines() == [
        "instance,solver,budget,seed,cost,best_known,gap,rounding,reference,note,vehicles",
        "X-n101-k25,search,1,1,27700.0,27591.0,0.3951,round,X-n101-k25.sol,,0",  # 109 / 27591
        "B,search,1,1,,,,round,,infeasible,",
    ]


def test_where_nothing_is_published_the_best_here_is_the_reference() -> None:
    records = [
        made.record(solver=solver, cost=cost, reference=None) for solver, cost in (("one", 110.0), ("two", 100.0))
    ]
    table = rows(records)
    found = measured(table, yardsticks(table, (), {}, "", {}))
    assert [(row.solver, row.best_known, row.gap) for row in found] == [("one", 100.0, 10.0), ("two", 100.0, 0.0)]
    assert {row.reference for row in found} == {"best in this table"}


def test_without_any_answer_there_is_no_reference() -> None:
    table = rows([made.record(cost=None, feasible=False, reference=None)])
    (row,) = measured(table, yardsticks(table, (), {}, "", {}))
    assert (row.best_known, row.gap) == (None, None)
