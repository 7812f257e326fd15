"""Every published solution that the instances folder holds is feasible and costs what it says.

The costs are compared exactly: whole numbers as such, printed decimals as rounded to as many. Files
whose published cost is not the cost of their own routes stand in ``OFF`` with the right one.
"""

import os
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from routewright.data import Instance, Solution
from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.formats.read import read, read_solution

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("ROUTEWRIGHT_INSTANCES", ROOT.parent / "shared" / "instances"))
IN_RAW_UNITS = {"mdvrptw", "sdvrptw", "pcvrptw", "mtvrptwr"}

OFF = {
    "E/E-n30-k3": 537.0,  # published 534; the routes are right, their sum is not
    # Published with more decimals than the sum of their routes confirms (off by 0.0001 or less).
    "CMT/CMT5": 1291.28914642,
    "Golden/Golden_9": 579.70213762,
    "Golden/Golden_10": 735.42744602,
    "Golden/Golden_11": 911.98025467,
    "Golden/Golden_12": 1101.50072056,
    "Golden/Golden_15": 1337.26777866,
    "Golden/Golden_16": 1611.27705266,
    "sol_cvrplib/Li_21": 16212.82556318,
}


def published() -> list[Path]:
    """All solutions; none where the folder is absent (``test_the_folder_is_complete`` skips then)."""
    return sorted(FOLDER.rglob("*.sol"))


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.name.removesuffix('.sol').removesuffix('.vrp')}"


def problem_of(path: Path) -> Path:
    stem = path.name.removesuffix(".sol").removesuffix(".vrp")
    (found,) = [path.with_name(stem + suffix) for suffix in (".vrp", ".txt") if path.with_name(stem + suffix).exists()]
    return found


def printed_cost(path: Path) -> str:
    """The cost as it stands in the file, parsed apart from the project's reader."""
    (line,) = [line for line in path.read_text().splitlines() if line.lower().startswith("cost")]
    return line.replace(":", " ").split()[1]


def rounded_as(cost: float, printed: str) -> Decimal:
    """``cost`` with as many decimals as ``printed`` has."""
    return Decimal(repr(cost)).quantize(Decimal(printed), rounding=ROUND_HALF_UP)


def by_pieces(instance: Instance, solution: Solution) -> float:
    """Raw cost of single-trip routes, leg by leg in plain Python: a second opinion for ``OFF``."""
    total = 0.0
    for route in solution.routes:
        vehicle = instance.vehicle_types[route.vehicle_type]
        nodes = [vehicle.start, *route.stops, vehicle.start]
        legs = (float(instance.distance(a, b)) for a, b in pairwise(nodes))
        total += vehicle.fixed_cost + vehicle.distance_cost * sum(legs)
    return total


def test_the_folder_is_complete(instances: Path) -> None:
    assert len(published()) == 224
    folders = {path.parent.name for path in published()}
    assert folders >= IN_RAW_UNITS | {"X", "xxl", "solomon", "gehring_homberger_1000", "xml_cvrp", "CMT", "Golden"}
    assert {label(path) for path in published()} >= set(OFF)


@pytest.mark.parametrize("path", published(), ids=label)
def test_a_published_solution_is_feasible_and_costs_what_it_says(path: Path) -> None:
    printed = printed_cost(path)
    # Heterogeneous fleets: whole costs are raw ones, those with decimals of unrounded distances.
    plain = path.parent.name == "hfvrp" and "." in printed
    instance = read(problem_of(path), rounding="none" if plain else "auto")
    solution, claimed = read_solution(path, instance)
    assert claimed == float(printed)
    evaluation = evaluate(instance, solution)
    assert [str(violation) for violation in check(instance, solution, evaluation.cost)] == []
    if label(path) in OFF:
        right = OFF[label(path)]
        assert rounded_as(evaluation.cost, str(right)) == Decimal(str(right)) != Decimal(printed)
        assert evaluation.raw == pytest.approx(by_pieces(instance, solution), rel=1e-12)
    elif path.parent.name in IN_RAW_UNITS or (path.parent.name == "hfvrp" and not plain):
        assert evaluation.raw == int(printed)
    else:
        assert rounded_as(evaluation.cost, printed) == Decimal(printed)
