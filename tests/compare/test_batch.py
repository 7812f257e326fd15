"""Many instances in so many seconds."""

from dataclasses import replace
from pathlib import Path

import pytest

import routewright as rw
from routewright.compare.batch import execute_batch
from routewright.compare.batch_view import batch_table
from routewright.compare.comparison import Comparison
from routewright.compare.execute import execute
from routewright.compare.job import Job, SolverSpec, plan_batches
from routewright.compare.known import known_solver
from routewright.compare.record import CPU, Record, record_of
from routewright.compare.runner import Report
from routewright.compare.yardstick import Yardstick
from tests.compare import made
from tests.compare.square import BEST, BEST_COST, SINGLE_ROUTES_COST, write_square

EMPTY = Comparison(
    ("search",), {"A": Path("A"), "B": Path("B")}, (), (), (), (),
    {"A": Yardstick(100.0, ""), "B": Yardstick(220.0, "")}, Report(0, 0, (), ()), Path(),
)  # fmt: skip
FAKE = str(Path(__file__).with_name("fake_solver.py"))


@pytest.fixture
def squares(tmp_path: Path) -> list[Path]:
    return [write_square(tmp_path, "a", solution=BEST), write_square(tmp_path, "b", capacity=2)]


def batch(files: list[Path], spec: SolverSpec, seconds: float) -> Job:
    return plan_batches([spec], files, budgets=(seconds,))[0]


def test_each_instance_is_costed_judged_and_compared_with_its_published_routes(squares: list[Path]) -> None:
    outcome = execute(batch(squares, SolverSpec("fake", FAKE), 0.4))
    assert outcome.parts == (("a", SINGLE_ROUTES_COST, BEST_COST), ("b", SINGLE_ROUTES_COST, None))
    assert (outcome.cost, outcome.feasible, outcome.device, outcome.nodes) == (SINGLE_ROUTES_COST, True, CPU, 10)


def test_the_time_is_that_of_all_together(squares: list[Path]) -> None:
    outcome = execute_batch(batch(squares, SolverSpec("fake", FAKE), 0.4))
    assert 0.35 <= outcome.cpu <= 0.4 * 1.05 + 0.3


def test_an_instance_without_a_feasible_answer_leaves_no_mean(squares: list[Path]) -> None:
    outcome = execute_batch(batch(squares, SolverSpec("fake", FAKE, options={"trick": "forget"}), 0.1))
    assert [cost for _, cost, _ in outcome.parts] == [None, None]
    assert (outcome.cost, outcome.feasible) == (None, False)
    assert outcome.violations == ("a: no feasible answer", "b: no feasible answer")


def test_what_a_solver_does_not_know_about_one_is_said_of_all(squares: list[Path], tmp_path: Path) -> None:
    instance = rw.generate("solomon_like", n=5, seed=1)
    rw.write(instance, tmp_path / "windows.json")
    outcome = execute_batch(batch([*squares, tmp_path / "windows.json"], SolverSpec("fake", FAKE), 0.1))
    assert outcome.unsupported == ("time windows",)
    assert outcome.parts == ()


def test_a_policy_plays_all_at_once(tmp_path: Path) -> None:
    files = []
    for seed in range(3):
        files.append(tmp_path / f"s{seed}.json")
        rw.write(rw.generate("mtvrp", n=8, seed=seed), files[-1])
    outcome = execute_batch(batch(files, known_solver("neural:cvrp20"), 3.0))
    assert outcome.feasible
    best = [rw.solve(rw.read(file), solver="ortools", stop=rw.Stop(iterations=300)).cost for file in files]
    for (name, cost, _), file, known in zip(outcome.parts, files, best, strict=True):
        assert name == file.stem
        assert cost is not None
        assert known * (1 - 1e-6) <= cost <= 1.2 * known
    assert outcome.iterations > 3


def seeds(*records: Record) -> tuple[str, ...]:
    """The line of a table whose rows are these seeds of one solver."""
    found = replace(EMPTY, batches=tuple(replace(each, seed=seed) for seed, each in enumerate(records)))
    (line,) = batch_table(found).lines
    return line


def test_seeds_that_crashed_count_as_unsolved_and_not_as_quick() -> None:
    good = made.record(budget=2.0, cpu=2.0, wall=2.0, parts=(("A", 110.0, None), ("B", 220.0, None)))
    crashed = made.record(budget=2.0, cost=None, feasible=False, error="no memory", cpu=0.0, wall=0.0)
    assert seeds(good, good)[3:] == ("2", "1", "5.00", "165", "0")
    for order in ((good, crashed), (crashed, good)):
        assert seeds(*order)[3:] == ("2", "1", "-", "-", "2 of 4; crashed: no memory")
    assert seeds(crashed)[3:] == ("-", "-", "-", "-", "crashed: no memory")


def test_a_late_batch_has_no_gap() -> None:
    late = made.record(budget=2.0, cpu=3.0, wall=3.0, parts=(("A", 110.0, None), ("B", 220.0, None)))
    assert seeds(late)[3:] == ("3 (late)", "0.667", "-", "-", "0")


def test_every_limit_has_a_line_of_every_solver(squares: list[Path]) -> None:
    jobs = plan_batches([SolverSpec("fake", FAKE, anytime=True)], squares, budgets=(0.1, 0.2))
    records = [record_of(job, execute(job), attempt=1, context={}) for job in jobs]
    found = replace(EMPTY, solvers=("fake",), batches=tuple(records))
    assert [line[2] for line in batch_table(found).lines] == ["0.1", "0.2"]
