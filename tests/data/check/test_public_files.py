"""Published solutions are feasible, and cost what is published."""

import csv
from pathlib import Path
from time import process_time

import pytest

from routewright.data.check import check
from routewright.data.formats.read import read
from routewright.data.formats.sol import read_solution
from routewright.data.solution import Solution
from tests.data.check.cases import kinds


def _solution(path: Path) -> Path:
    return path.with_suffix(".sol") if path.with_suffix(".sol").exists() else Path(f"{path}.sol")


@pytest.mark.parametrize(
    "pattern",
    [
        "X/*.vrp",
        "xml_cvrp/*.vrp",
        "xxl/Leuven1.vrp",
        "solomon/*.txt",
        "gehring_homberger_1000/*.vrp",
        "gvrp/*.vrp",
        "vrpb/*.vrp",
    ],
)
def test_published_solutions_hold_and_cost_what_they_claim(instances: Path, pattern: str) -> None:
    paths = sorted(instances.glob(pattern))
    assert paths
    for path in paths:
        instance = read(path)
        solution, claimed = read_solution(_solution(path), instance)
        assert claimed is not None
        assert check(instance, solution, claimed) == [], path.name
        assert kinds(check(instance, solution, claimed + 0.1)) == ["cost"], path.name


@pytest.mark.parametrize("family", ["gvrp", "hfvrp", "mdvrptw", "mtvrptwr", "pcvrptw", "sdvrptw", "vrpb"])
def test_published_solutions_of_variants_cost_what_another_program_found(instances: Path, family: str) -> None:
    with (instances / "bks_verified_variants.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["set"] == family]
    paths = [(instances / family / f"{row['instance']}.vrp", int(row["pyvrp_cost_under_convention"])) for row in rows]
    here = [(path, raw) for path, raw in paths if path.exists()]
    assert here
    for path, raw in here:
        instance = read(path)
        solution, _ = read_solution(_solution(path), instance)
        assert check(instance, solution, raw / instance.scale) == [], path.name


def test_a_published_solution_with_two_clients_exchanged_is_not_what_it_claims(instances: Path) -> None:
    path = instances / "X" / "X-n101-k25.vrp"
    instance = read(path)
    solution, claimed = read_solution(_solution(path), instance)
    routes = [list(route.stops) for route in solution]
    routes[0][0], routes[1][0] = routes[1][0], routes[0][0]
    assert "cost" in kinds(check(instance, Solution.from_routes(routes), claimed))


def test_eleven_thousand_clients_are_judged_within_two_seconds(instances: Path) -> None:
    instance = read(instances / "xxl" / "Ghent2.vrp")
    solution, claimed = read_solution(instances / "xxl" / "Ghent2.sol", instance)
    began = process_time()
    assert check(instance, solution, claimed) == []
    assert process_time() - began < 2.0


def test_a_hundred_clients_with_windows_are_judged_within_twenty_milliseconds(instances: Path) -> None:
    instance = read(instances / "solomon" / "RC207.txt")
    solution, claimed = read_solution(instances / "solomon" / "RC207.sol", instance)
    seconds = []
    for _ in range(5):
        began = process_time()
        assert check(instance, solution, claimed) == []
        seconds.append(process_time() - began)
    assert min(seconds) < 0.02
