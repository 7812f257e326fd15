"""What ``auto`` takes is what measurements say."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest

from routewright.data.formats.read import read
from routewright.data.generators import generate
from routewright.solvers.auto import MEASURED, ORDER, POLICIES, Row
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


@pytest.mark.parametrize("row", MEASURED, ids=lambda row: row.table)
def test_the_order_is_that_of_the_gaps(row: Row) -> None:
    gaps = [row.gaps[solver] for solver in ORDER]
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


def test_policies_are_for_who_asks_for_them() -> None:
    assert choose("auto", generate("mtvrp", 20, 1)) == "search"
    assert choose("hybrid", generate("mtvrp", 20, 1)) == "hybrid"
