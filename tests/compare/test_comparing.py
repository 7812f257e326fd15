"""The one call, with functions whose answers are known by hand: 400 and 300 on the square."""

import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import routewright as rw
from routewright.compare.comparing import compare_solvers
from routewright.compare.job import SolverSpec
from routewright.compare.table import BEST_HERE
from routewright.data.errors import FormatError, RoutewrightError
from tests.compare.square import BEST, BEST_COST, SINGLE_ROUTES_COST, write_square

CALLS: list[str] = []


def singles(instance: rw.Instance, time_limit: float, seed: int) -> list[tuple[int, ...]]:
    CALLS.append(f"singles {instance.name} {seed}")
    return [(client,) for client in instance.clients]


def around(instance: rw.Instance, time_limit: float, seed: int) -> list[tuple[int, ...]]:
    CALLS.append(f"around {instance.name} {seed}")
    return [tuple(instance.clients)]


HERE: dict[str, Callable[..., Any]] = {
    "singles": lambda instance, time_limit, seed: singles(instance, time_limit, seed),
    "around": lambda instance, time_limit, seed: around(instance, time_limit, seed),
}


def compare(instances: Path | list[rw.Instance], **changes: Any) -> rw.Comparison:
    CALLS.clear()
    given: dict[str, Any] = {"solvers": HERE, "time_limit": 0.5, "attempts": 1} | changes
    return compare_solvers(instances, **given)


def gaps(found: rw.Comparison) -> dict[tuple[str, str], float | None]:
    return {(row.instance, row.solver): None if row.gap is None else round(row.gap, 3) for row in found.rows}


@pytest.fixture
def squares(tmp_path: Path) -> Path:
    folder = tmp_path / "squares"
    folder.mkdir()
    write_square(folder, "a", solution=BEST)
    write_square(folder, "b")
    return folder


def test_published_routes_are_the_reference_and_else_the_best_found_here(squares: Path) -> None:
    found = compare(squares, solvers={"singles": HERE["singles"]})
    assert gaps(found) == {("a", "singles"): 33.333, ("b", "singles"): 0.0}
    assert {name: (each.cost, each.source) for name, each in found.yardsticks.items()} == {
        "a": (BEST_COST, "a.sol"),
        "b": (SINGLE_ROUTES_COST, BEST_HERE),
    }


def test_a_table_of_costs_comes_before_what_is_published(squares: Path, tmp_path: Path) -> None:
    table = tmp_path / "costs.csv"
    table.write_text("Instance,BKS\na,200\nelsewhere,1\n")
    found = compare(squares, reference=table)
    assert gaps(found) == {
        ("a", "singles"): 100.0,
        ("a", "around"): 50.0,
        ("b", "singles"): 33.333,
        ("b", "around"): 0.0,
    }
    assert found.yardsticks["a"].source == "costs.csv"
    assert gaps(compare(squares, reference={"b": 800.0}))["b", "singles"] == -50.0


def test_the_best_found_here_can_be_asked_for(squares: Path) -> None:
    found = compare(squares, solvers={"singles": HERE["singles"]}, reference="best")
    assert gaps(found) == {("a", "singles"): 0.0, ("b", "singles"): 0.0}


def test_solvers_take_turns_on_each_instance_and_seed(squares: Path) -> None:
    compare(squares, seeds=2)
    real = [call for call in CALLS if call.split()[1] != "toy"]
    assert real == [f"{solver} {name} {seed}" for name in "ab" for seed in (1, 2) for solver in ("singles", "around")]


def test_a_finished_comparison_runs_nothing_and_a_larger_one_only_what_is_new(squares: Path, tmp_path: Path) -> None:
    results = tmp_path / "runs.jsonl"
    first = compare(squares, results=results)
    again = compare(squares, results=results)
    assert CALLS == []
    assert (first.report.done, again.report.done, again.report.skipped) == (4, 0, 4)
    assert again.rows == first.rows
    larger = compare(squares, results=results, seeds=[1, 7])
    assert (larger.report.done, larger.report.skipped) == (4, 4)
    assert {row.seed for row in larger.rows} == {1, 7}


def test_a_smaller_comparison_speaks_only_of_what_it_was_asked_about(squares: Path, tmp_path: Path) -> None:
    results = tmp_path / "runs.jsonl"
    compare(squares, results=results, seeds=2)
    found = compare(squares / "a.vrp", solvers={"singles": HERE["singles"]}, results=results)
    assert [(row.instance, row.solver, row.seed) for row in found.rows] == [("a", "singles", 1)]


def test_another_solver_of_the_same_name_does_not_inherit_its_runs(squares: Path, tmp_path: Path) -> None:
    results = tmp_path / "runs.jsonl"
    compare(squares, solvers={"mine": HERE["singles"]}, results=results)
    found = compare(squares, solvers={"mine": HERE["around"]}, results=results)
    assert {row.cost for row in found.rows} == {BEST_COST}


def test_an_answer_that_the_judge_rejects_has_no_gap(squares: Path) -> None:
    found = compare(squares, solvers={"none": lambda instance, time_limit, seed: [], "around": HERE["around"]})
    assert gaps(found)["a", "none"] is None
    none, around = found.standings
    assert (none.feasible, none.mean, none.instances, none.asked) == (0.0, None, 0, 2)
    assert (around.feasible, around.mean, around.solved) == (1.0, 0.0, 1.0)


def test_an_answer_that_comes_late_does_not_count(squares: Path) -> None:
    def slow(instance: rw.Instance, time_limit: float, seed: int) -> list[tuple[int, ...]]:
        watch = rw.Stop(cpu=time_limit + 0.4)
        rw.solve(instance, solver="ortools", stop=watch)
        return [tuple(instance.clients)]

    found = compare(squares / "a.vrp", solvers={"slow": slow}, time_limit=0.05)
    assert found.rows[0].cost is None
    assert re.fullmatch(r"took \d+\.\d\d s", found.rows[0].note)


def test_instances_need_no_files(tmp_path: Path) -> None:
    instances = [rw.generate("uniform", n=5, seed=seed) for seed in (1, 2)]
    found = compare_solvers(instances, HERE, time_limit=0.5, attempts=1, results=tmp_path / "runs.jsonl")
    assert {row.instance for row in found.rows} == {instance.name for instance in instances}
    assert (
        compare_solvers(instances, HERE, time_limit=0.5, results=tmp_path / "runs.jsonl", attempts=1).report.done == 0
    )


def test_what_came_without_files_is_drawn_as_well(tmp_path: Path) -> None:
    found = compare_solvers(rw.generate("uniform", n=5, seed=1), HERE, time_limit=0.5, attempts=1)
    found.write(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8").count("Routes of uniform") == 1


def test_batches_are_a_view_of_their_own(squares: Path) -> None:
    found = compare(squares, time_limit=(), batch_limit=1.0, reference={"a": 300.0, "b": 320.0})
    assert found.rows == ()
    assert [(record.solver, record.instance, record.cost) for record in found.batches] == [
        ("singles", "batch of 2", SINGLE_ROUTES_COST),
        ("around", "batch of 2", BEST_COST),
    ]
    (grid,) = found.tables()
    cells = {cells[0]: dict(zip(grid.head, cells, strict=True)) for cells in grid.lines}
    assert cells["singles"]["mean gap"] == "29.17"  # of 100/3 and 25
    assert cells["around"]["mean gap"] == "-3.12"  # of 0 and -6.25
    assert {each["on"] for each in cells.values()} == {"cpu"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"time_limit": 0.0}, "time limit is 0.0"),
        ({"time_limit": (1.0, "soon")}, "time limit is 'soon'"),
        ({"seeds": 0}, "seeds is 0"),
        ({"seeds": [1, -1]}, "seed is -1"),
        ({"workers": 0}, "workers is 0"),
        ({"solvers": ""}, "no solvers are named"),
        ({"solvers": "search,magic"}, "solver is 'magic', must be one of auto, search"),
        ({"solvers": "search,search"}, "'search' is named twice"),
        ({"solvers": "ortools:depth=3"}, "solver 'ortools' has no option 'depth'; it has strategy, metaheuristic"),
        ({"solvers": "search:deep"}, "takes no further words"),
        ({"solvers": "auto:fast=True"}, "auto takes no words"),
        ({"solvers": "nowhere.py"}, "nowhere.py: no such file"),
        ({"solvers": "neural:nowhere"}, "nowhere.json: cannot be read"),
        ({"reference": "nowhere.csv"}, "nowhere.csv: cannot be read"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(squares: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(rw.RoutewrightError, match=message.replace("(", r"\(")) as caught:
        compare(squares, **changes)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_instance_is_told_before_anything_runs(squares: Path) -> None:
    broken = squares / "c.vrp"
    broken.write_text((squares / "a.vrp").read_text().replace("CAPACITY : 4", "CAPACITY : some"))
    with pytest.raises(rw.FormatError, match=r"c\.vrp.*some"):
        compare(squares)
    assert CALLS == []


def test_a_spec_goes_as_it_is(squares: Path) -> None:
    place = Path(__file__).with_name("functions_of_ours.py")
    found = compare(squares / "a.vrp", solvers=[SolverSpec("ours", f"{place}:one_round", options={"depth": 2})])
    assert [(row.solver, row.cost) for row in found.rows] == [("ours[depth=2]", BEST_COST)]


def test_routes_that_are_published_later_count(squares: Path, tmp_path: Path) -> None:
    given: dict[str, Any] = {"solvers": {"singles": HERE["singles"]}, "results": tmp_path / "runs.jsonl"}
    compare(squares, **given)
    (squares / "b.sol").write_text(BEST)
    found = compare(squares, **given)
    assert found.report.done == 0
    assert gaps(found)["b", "singles"] == 33.333


def test_routes_that_are_none_are_told_before_anything_runs(squares: Path) -> None:
    (squares / "b.sol").write_text("Route #1: none\n")
    with pytest.raises(FormatError, match=r"b\.sol"):
        compare(squares)
    assert CALLS == []
    assert len(compare(squares, reference="best").rows) == 4


def test_a_table_of_other_instances_is_refused(squares: Path) -> None:
    with pytest.raises(RoutewrightError, match=r"costs of none of these instances: it names 'a\.vrp', for example"):
        compare(squares, reference={"a.vrp": 300.0})


def test_an_edited_instance_is_another_one(squares: Path, tmp_path: Path) -> None:
    results = tmp_path / "runs.jsonl"
    compare(squares / "b.vrp", results=results)
    write_square(squares, "b", capacity=3)
    assert compare(squares / "b.vrp", results=results).report.done == 2


def test_functions_are_known_again_and_those_without_a_source_are_not(squares: Path, tmp_path: Path) -> None:
    results = tmp_path / "runs.jsonl"

    def asked() -> dict[str, Any]:  # new objects each time, as where a cell is run again
        return {"lambda": lambda instance, time_limit, seed: [(c,) for c in instance.clients]}

    assert compare(squares, solvers=asked(), results=results).report.done == 2
    assert compare(squares, solvers=asked(), results=results).report.done == 0
    for most in (1, 4):
        found = compare(squares, solvers=[partial(some, most=most)], results=results)
        assert {row.cost for row in found.rows} == {SINGLE_ROUTES_COST if most == 1 else BEST_COST}


def some(instance: rw.Instance, time_limit: float, seed: int, most: int) -> list[tuple[int, ...]]:
    return [tuple(instance.clients[first : first + most]) for first in range(0, 4, most)]


def test_where_vehicles_come_first_they_are_told_and_no_gap(tmp_path: Path) -> None:
    square = rw.read(write_square(tmp_path)).replace(objective="vehicles_first")
    found = compare([square, square.replace(objective="cost", name="plain")], reference="best")
    assert {row.instance for row in found.rows} == {"plain"}
    assert "square" not in found.yardsticks
    (table,) = [grid for grid in found.tables() if grid.title.startswith("Vehicles first")]
    assert table.lines == (("square", "4.00 / 400.0", "1.00 / 300.0"),)
    assert {each.asked for each in found.standings} == {1}
    found.write(tmp_path / "report.html")
    assert "1.00 / 300.0" in (tmp_path / "report.html").read_text()


def test_a_script_without_a_guard_is_told_of_it(tmp_path: Path) -> None:
    write_square(tmp_path)
    script = tmp_path / "script.py"
    script.write_text(
        "import routewright as rw\nimport beside\n\n"
        "def mine(instance, time_limit, seed):\n    return beside.routes(instance)\n\n"
        "print(rw.compare_solvers('square.vrp', mine, time_limit=0.05, attempts=1).rows)\n"
    )
    (tmp_path / "beside.py").write_text("def routes(instance):\n    return [tuple(instance.clients)]\n")

    def ran() -> str:
        command = [sys.executable, str(script)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert "put the call below" in ran()
    text = script.read_text().replace("print(", "if __name__ == '__main__':\n    print(")
    script.write_text(text)
    assert "cost=300.0" in ran()
