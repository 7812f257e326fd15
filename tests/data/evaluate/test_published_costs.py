"""Published solutions of public files cost what their publishers say."""

import csv
from pathlib import Path
from time import perf_counter

import pytest

from routewright.data.evaluate import Evaluation, evaluate
from routewright.data.formats.read import read
from routewright.data.formats.sol import read_solution

FAMILIES = (
    "X",
    "xml_cvrp",
    "solomon",
    "gehring_homberger_1000",
    "vrpb",
    "mdvrptw",
    "sdvrptw",
    "pcvrptw",
    "mtvrptwr",
    "gvrp",
)

IN_RAW_UNITS = ("mdvrptw", "sdvrptw", "pcvrptw", "mtvrptwr")
"""Families whose solution files state the cost in raw units."""


def published(family: Path) -> list[tuple[Path, Path]]:
    """(instance, solution) files; every third of a large folder."""
    pairs = []
    for solution in sorted(family.glob("*.sol")):
        stem = solution.name.removesuffix(".sol")
        problem = next(path for name in (stem, f"{stem}.vrp", f"{stem}.txt") if (path := family / name).is_file())
        pairs.append((problem, solution))
    return pairs if len(pairs) < 15 else pairs[::3]


def assessed(problem: Path, solution: Path) -> tuple[Evaluation, float]:
    instance = read(problem)
    routes, cost = read_solution(solution, instance)
    assert cost is not None
    return evaluate(instance, routes), cost


@pytest.mark.parametrize("family", FAMILIES)
def test_published_solutions_cost_what_their_files_say(instances: Path, family: str) -> None:
    pairs = published(instances / family)
    assert pairs
    for problem, solution in pairs:
        evaluation, cost = assessed(problem, solution)
        found = evaluation.raw if family in IN_RAW_UNITS else evaluation.cost
        assert found == pytest.approx(cost, abs=1e-9), problem.name
        late = [stop for timed in evaluation.routes for stop in timed.columns.lateness.nonzero()[0]]
        assert not late, f"{problem.name}: a published solution is late"
        for timed in evaluation.routes:
            vehicle = evaluation.instance.vehicle_types[timed.vehicle_type]
            assert timed.duration <= vehicle.max_duration, problem.name


def test_heterogeneous_fleets_cost_what_the_verified_table_says(instances: Path) -> None:
    with (instances / "bks_verified_variants.csv").open() as stream:
        verified = {row["instance"]: row for row in csv.DictReader(stream) if row["set"] == "hfvrp"}
    pairs = published(instances / "hfvrp")
    assert pairs
    for problem, solution in pairs:
        evaluation, _ = assessed(problem, solution)
        assert evaluation.raw == int(verified[problem.stem]["pyvrp_cost_under_convention"]), problem.name


def test_an_instance_of_11000_clients_takes_less_than_a_fifth_of_a_second(instances: Path) -> None:
    instance = read(instances / "xxl" / "Ghent2.vrp")
    routes, cost = read_solution(instances / "xxl" / "Ghent2.sol", instance)
    seconds = []
    for _ in range(5):
        start = perf_counter()
        evaluation = evaluate(instance, routes)
        seconds.append(perf_counter() - start)
    assert evaluation.cost == cost
    assert min(seconds) < 0.2
