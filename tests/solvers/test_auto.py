"""What ``auto`` takes is what measurements say."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest

from routewright.data.formats.read import read
from routewright.data.generators import generate
from routewright.solvers.auto import MEASURED, ORDER, POLICIES, TOURS, Row
from routewright.solvers.registry import SOLVERS, choose

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"


def _published(row: Row) -> Mapping[str, float]:
    """Mean gaps of a table that a benchmark wrote: over instances, of means over seeds."""
    gaps = defaultdict[str, dict[str, list[float]]](lambda: defaultdict(list))
    for line in csv.DictReader((RESULTS / f"{row.table}.csv").read_text().splitlines()):
        if float(line["budget"]) == row.seconds and line["gap"]:
            gaps[line["solver"]][line["instance"]].append(float(line["gap"]))
    return {solver: fmean(map(fmean, each.values())) for solver, each in gaps.items()}


@pytest.mark.parametrize("row", MEASURED, ids=lambda row: row.table)
def test_the_figures_are_those_of_the_tables(row: Row) -> None:
    if not RESULTS.is_dir():
        pytest.skip("no benchmarks folder: not a checkout")
    published = _published(row)
    assert row.gaps == {solver: pytest.approx(published[solver], abs=0.0051) for solver in row.gaps}


@pytest.mark.parametrize("row", TOURS, ids=lambda row: row.table)
def test_the_figures_of_tours_are_those_of_their_tables(row: Row) -> None:
    if not RESULTS.is_dir():
        pytest.skip("no benchmarks folder: not a checkout")
    lines = csv.DictReader((RESULTS / "tours.csv").read_text().splitlines())
    mine = [line for line in lines if line["set"] == row.table and float(line["seconds"]) == row.seconds]
    published = {line["solver"]: float(line["mean_gap"]) for line in mine if line["solver"] in row.gaps}
    assert published == pytest.approx(row.gaps, abs=0.0051)


@pytest.mark.parametrize("row", [*MEASURED, *TOURS], ids=lambda row: row.table)
def test_the_order_is_that_of_the_gaps(row: Row) -> None:
    gaps = [row.gaps[solver] for solver in ORDER if solver in row.gaps]
    assert len(gaps) > 1
    assert all(one < other for one, other in pairwise(gaps))


@pytest.mark.parametrize("row", POLICIES, ids=lambda row: row.table)
def test_policies_are_not_ahead_of_search_on_single_instances(row: Row) -> None:
    if not RESULTS.is_dir():
        pytest.skip("no benchmarks folder: not a checkout")
    lines = csv.DictReader((RESULTS / "hybrid.csv").read_text().splitlines())
    mine = [line for line in lines if line["set"] == row.table and line["solver"] in row.gaps]
    measured = {line["solver"]: line for line in mine if float(line["seconds"]) == row.seconds}
    assert {name: float(line["gap"]) for name, line in measured.items()} == pytest.approx(row.gaps, abs=0.0051)
    assert not [line for line in mine if line["better"] == "yes"]


def test_solvers_of_the_order_exist() -> None:
    assert set(ORDER) <= set(SOLVERS)


def test_where_search_was_measured_it_is_what_auto_takes(instances: Path) -> None:
    files = [*(instances / "X").glob("*.vrp"), *(instances / "solomon").glob("*.txt")]
    if not files:
        pytest.skip(f"no instances in {instances}")
    assert {choose("auto", read(file)) for file in sorted(files)[::20]} == {"search"}


def test_a_tour_of_one_vehicle_goes_to_lk_and_one_of_several_does_not() -> None:
    tour = generate("tsp", 20, 1)
    assert choose("auto", tour) == "lk"
    assert choose("auto", tour.replace(vehicle_types=(replace(tour.vehicle_types[0], count=2),))) == "search"


def test_policies_are_for_who_asks_for_them() -> None:
    assert choose("auto", generate("mtvrp", 20, 1)) == "search"
    assert choose("hybrid", generate("mtvrp", 20, 1)) == "hybrid"
