"""Published solutions replay through the environment, step by legal step, to their published cost."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
import torch

from routewright.data.batch import to_tensordict
from routewright.data.formats.read import read, read_solution
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.envs import VRPEnv
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop
from tests.data.test_published_costs import FOLDER, IN_RAW_UNITS, label, printed_cost, problem_of, rounded_as

FAMILIES = ("X", "solomon", "vrpb", "mdvrptw")
ATSP = {"br17": 39, "ftv33": 1286, "ftv38": 1530, "ft70": 38673, "rbg323": 1326}
"""Optimal costs: TSPLIB 95, best known solutions for asymmetric TSPs."""


def replayed(instance: Instance, solution: Solution, dtype: torch.dtype) -> float:
    """Cost of the routes, taken one action after the other; a masked one raises."""
    env = VRPEnv(strict=True)
    state = env.reset(to_tensordict([instance], dtype=dtype))
    for action in actions_of(instance, solution):
        state = env.step(state, torch.tensor([action]))
    assert bool(state["done"])
    return float(env.cost(state))


def actions_of(instance: Instance, solution: Solution) -> Iterable[int]:
    """Each route after the depot that it begins at, unless the vehicle is there already; 0 at the end."""
    depot = 0
    routes = sorted(solution, key=lambda route: instance.vehicle_types[route.vehicle_type].start)
    for number, route in enumerate(routes):
        start = instance.vehicle_types[route.vehicle_type].start
        if number or start != depot:
            yield start
        depot = start
        yield from route.stops
    yield 0


def published(families: Iterable[str]) -> list[Path]:
    return [path for family in families for path in sorted((FOLDER / family).glob("*.sol"))]


def test_the_folder_is_there() -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"no public instances in {FOLDER} (set ROUTEWRIGHT_INSTANCES)")
    assert len(published(FAMILIES)) > 50


@pytest.mark.parametrize("path", published(FAMILIES), ids=label)
def test_best_known_solutions_are_legal_and_cost_what_is_published(path: Path) -> None:
    instance = read(problem_of(path))
    solution, _ = read_solution(path, instance)
    cost = replayed(instance, solution, torch.float64)
    printed = printed_cost(path)
    raw = path.parent.name in IN_RAW_UNITS
    assert rounded_as(cost * instance.scale if raw else cost, printed) == Decimal(printed)


@pytest.mark.parametrize("name", ATSP)
def test_optimal_tours_of_asymmetric_problems_replay(name: str) -> None:
    path = FOLDER / "atsp" / f"{name}.atsp"
    if not path.exists():
        pytest.skip(f"no public instances in {FOLDER} (set ROUTEWRIGHT_INSTANCES)")
    instance = read(path)
    result = solve(instance, solver="search", stop=Stop(iterations=20_000), seed=1)
    assert replayed(instance, result.solution, torch.float64) == result.cost
    assert result.cost >= ATSP[name]
