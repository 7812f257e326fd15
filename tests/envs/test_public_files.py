"""Published solutions replay through the environment, step by legal step, to their published cost."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import torch

from routewright.data.batch import to_actions, to_solution, to_tensordict
from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.formats.read import read, read_solution
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.envs import VRPEnv, rollout, sample
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop
from tests.data.test_published_costs import FOLDER, IN_RAW_UNITS, OFF, label, printed_cost, problem_of, rounded_as

FAMILIES = ("X", "solomon", "vrpb", "mdvrptw", "hfvrp", "gvrp", "pcvrptw", "sdvrptw", "mtvrptwr")
ATSP = {"br17": 39, "ftv33": 1286, "ftv38": 1530, "ft70": 38673, "rbg323": 1326}
"""Optimal costs: TSPLIB 95, best known solutions for asymmetric TSPs."""


def replayed(instances: Sequence[Instance], solutions: Sequence[Solution]) -> list[float]:
    """Costs of the routes, taken one action after the other; a masked one raises."""
    env, batch = VRPEnv(strict=True), to_tensordict(instances, dtype=torch.float64)
    state = env.reset(batch)
    rows = [to_actions(*each, batch[row : row + 1]) for row, each in enumerate(zip(instances, solutions, strict=True))]
    longest = max(map(len, rows))
    for actions in torch.tensor([row + [0] * (longest - len(row)) for row in rows]).T:
        state = env.step(state, actions)
    assert bool(state["done"].all())
    return [float(cost) for cost in env.cost(state)]


def published(families: Iterable[str]) -> list[Path]:
    return [path for family in families for path in sorted((FOLDER / family).glob("*.sol"))]


def test_the_folder_is_there() -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"no public instances in {FOLDER} (set ROUTEWRIGHT_INSTANCES)")
    assert len(published(FAMILIES)) > 50


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_best_known_solutions_are_legal_and_cost_what_is_published(family: str) -> None:
    paths = published([family])
    if not paths:
        pytest.skip(f"no public instances in {FOLDER / family} (set ROUTEWRIGHT_INSTANCES)")
    # Heterogeneous fleets: whole costs are raw ones, those with decimals of unrounded distances.
    plain = {path: family == "hfvrp" and "." in printed_cost(path) for path in paths}
    instances = [read(problem_of(path), rounding="none" if plain[path] else "auto") for path in paths]
    solutions = [read_solution(path, instance)[0] for path, instance in zip(paths, instances, strict=True)]
    costs = replayed(instances, solutions)
    for path, instance, solution, cost in zip(paths, instances, solutions, costs, strict=True):
        assert cost == pytest.approx(evaluate(instance, solution).cost, rel=1e-12), label(path)
        raw = family in IN_RAW_UNITS or (family == "hfvrp" and not plain[path])
        shown, printed = cost * instance.scale if raw else cost, printed_cost(path)
        assert label(path) in OFF or rounded_as(shown, printed) == Decimal(printed), label(path)


@pytest.mark.parametrize("name", ATSP)
def test_optimal_tours_of_asymmetric_problems_replay(name: str) -> None:
    path = FOLDER / "atsp" / f"{name}.atsp"
    if not path.exists():
        pytest.skip(f"no public instances in {FOLDER} (set ROUTEWRIGHT_INSTANCES)")
    instance = read(path)
    result = solve(instance, solver="search", stop=Stop(iterations=20_000), seed=1)
    assert replayed([instance], [result.solution]) == [result.cost]
    assert result.cost >= ATSP[name]


def one_of_each_family() -> list[Path]:
    """The smallest file of every folder."""
    files = [path for path in FOLDER.rglob("*") if path.suffix in (".vrp", ".txt", ".tsp", ".atsp")]
    folders = sorted({path.parent for path in files})
    return [min((file for file in files if file.parent == folder), key=_size) for folder in folders]


def _size(path: Path) -> int:
    return path.stat().st_size


@pytest.mark.parametrize("path", one_of_each_family(), ids=label)
def test_files_of_every_family_can_be_stepped_through(path: Path) -> None:
    instance = read(path)
    batch, generator = to_tensordict([instance], dtype=torch.float64), torch.Generator().manual_seed(1)
    played = rollout(VRPEnv(strict=True), batch, lambda state: sample(state["mask"], generator))
    solution = to_solution(instance, played.actions[0].tolist(), batch)
    if played.cost.isfinite():
        assert check(instance, solution, float(played.cost)) == []
    else:
        assert {fault.kind for fault in check(instance, solution)} <= {"missing client", "pair", "battery"}
