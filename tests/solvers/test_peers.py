"""VROOM, fast-tsp and LKH behind our door, against enumeration."""

import importlib.util
import os
import sys
from collections.abc import Callable
from math import inf
from pathlib import Path

import numpy as np
import pytest

from routewright.data.errors import RoutewrightError, UnsupportedError
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers import absence
from routewright.solvers.solve import solve, supports
from routewright.solvers.stop import Stop
from tests.solvers.brute_force import optimum
from tests.solvers.tiny import MAKERS, make

LIKE_LKH = Path(__file__).with_name("lkh_like.py")
VROOM_KNOWS = (
    "cvrp", "unrounded", "limited_fleet", "vrptw", "vrptw_unrounded", "distance_limit", "several_depots", "pickups",
    "two_loads", "pairs",
)  # fmt: skip

needs_vroom = pytest.mark.skipif(importlib.util.find_spec("vroom") is None, reason="pyvroom is not installed")
needs_fast_tsp = pytest.mark.skipif(importlib.util.find_spec("fast_tsp") is None, reason="fast-tsp is not installed")


def tour(n: int = 6, *, seed: int = 0, **changes: object) -> Instance:
    coords = np.random.default_rng(seed).integers(0, 100, (n + 1, 2))
    return Instance.build(**({"coords": coords, "rounding": "round", "vehicles": 1} | changes))  # type: ignore[arg-type]


@needs_vroom
@pytest.mark.parametrize("feature", VROOM_KNOWS)
@pytest.mark.parametrize("seed", [0, 1])
def test_vroom_finds_the_optimum_of_tiny_instances(feature: str, seed: int) -> None:
    instance = make(feature, seed, n=5)
    result = solve(instance, solver="vroom", stop=Stop(wall=20))
    assert result.feasible
    assert result.cost == pytest.approx(optimum(instance), rel=1e-6)
    assert result.trajectory[-1].cost == result.cost


@pytest.mark.parametrize("feature", sorted(set(MAKERS) - set(VROOM_KNOWS)))
def test_vroom_is_not_asked_what_it_does_not_know(feature: str) -> None:
    from routewright.solvers.vroom.supports import supports as reasons

    assert reasons(make(feature, 0, n=5))


@needs_vroom
def test_vroom_knows_open_routes_several_types_and_alternative_windows() -> None:
    rng = np.random.default_rng(4)
    types = [VehicleType(capacity=(9,), end=None, fixed_cost=20), VehicleType(capacity=(20,), count=1, fixed_cost=50)]
    windows = [[(0, 900), (0, 900)], *([(a, a + 60), (a + 200, a + 260)] for a in rng.integers(0, 300, 5).tolist())]
    instance = Instance.build(
        coords=rng.integers(0, 100, (6, 2)), rounding="round", delivery=[0, 4, 5, 6, 3, 4], vehicle_types=types,
        windows=windows,
    )  # fmt: skip
    result = solve(instance, solver="vroom", stop=Stop(wall=20))
    assert result.feasible
    assert result.cost == optimum(instance)


@needs_vroom
def test_vroom_says_when_its_depth_is_no_depth() -> None:
    with pytest.raises(RoutewrightError, match="vroom: exploration is 9, must be a whole number from 0 to 5"):
        solve(make("cvrp", 0), solver="vroom:exploration=9", time_limit=1)


@needs_fast_tsp
@pytest.mark.parametrize(
    "instance",
    [tour(), tour(7, seed=1), tour(5, rounding="none"), tour(1), tour(6, coords=np.arange(14).reshape(7, 2) * 9_000)],
)
def test_fast_tsp_finds_the_shortest_tour(instance: Instance) -> None:
    result = solve(instance, solver="fasttsp", stop=Stop(wall=0.05))
    assert result.feasible
    assert result.cost == pytest.approx(optimum(instance), rel=1e-5)  # the last one is scaled and rounded
    assert len(result.solution) == 1


def test_fast_tsp_is_asked_for_tours_alone() -> None:
    from routewright.solvers.fasttsp.running import supports as reasons

    assert reasons(make("cvrp", 0)) == ["a capacity below all demand"]
    assert "time windows" in reasons(make("vrptw", 0))
    assert reasons(tour(vehicles=None, vehicle_types=[VehicleType(max_distance=9.0)])) == ["limits on routes"]
    matrix = np.arange(9.0).reshape(3, 3)
    np.fill_diagonal(matrix, 0)
    assert reasons(tour(coords=None, distances=matrix, rounding="none")) == ["asymmetric distances"]


@pytest.fixture
def lkh(tmp_path: Path) -> Callable[[str], str]:
    def write(body: str) -> str:
        path = tmp_path / "LKH"
        path.write_text(body)
        path.chmod(0o755)
        return f"lkh:{path}"

    return write


@pytest.mark.parametrize(
    "instance",
    [tour(5), make("cvrp", 0, n=5), make("cvrp", 1, n=5), make("unrounded", 0, n=5), make("limited_fleet", 1, n=5)],
)
def test_files_for_lkh_say_all_that_the_instance_says(instance: Instance, lkh: Callable[[str], str]) -> None:
    solver = lkh(f"#!/bin/sh\nexec {sys.executable} {LIKE_LKH} $1\n")
    assert supports(solver, instance) == []
    result = solve(instance, solver=solver, stop=Stop(wall=5))
    assert result.feasible
    assert result.cost == pytest.approx(optimum(instance), rel=1e-6)


def test_the_path_of_lkh_may_stand_in_the_environment(
    lkh: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lkh(f"#!/bin/sh\nexec {sys.executable} {LIKE_LKH} $1\n").removeprefix("lkh:")
    monkeypatch.setenv("ROUTEWRIGHT_LKH", path)
    assert solve(tour(4), solver="lkh", stop=Stop(wall=5)).feasible
    monkeypatch.delenv("ROUTEWRIGHT_LKH")
    monkeypatch.setenv("PATH", f"{Path(path).parent}{os.pathsep}{os.environ['PATH']}")
    assert supports("lkh", tour(4)) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("#!/bin/sh\necho out of licence >&2\nexit 3\n", "failed: out of licence"),
        ("#!/bin/sh\nexit 0\n", "LKH wrote no tour"),
        ("#!/bin/sh\necho TOUR_SECTION 2 3 -1 > problem.tour\n", "does not visit the depot"),
        ("#!/bin/sh\necho TOUR_SECTION 1 two -1 > problem.tour\n", "LKH wrote no tour"),
    ],
)
def test_what_goes_wrong_with_lkh_is_one_line(body: str, message: str, lkh: Callable[[str], str]) -> None:
    with pytest.raises(RoutewrightError, match=message) as caught:
        solve(tour(), solver=lkh(body), stop=Stop(wall=1))
    assert "\n" not in str(caught.value)


def test_what_is_not_installed_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(absence, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", "")
    for solver, words in {
        "hygese": "the package hygese is not installed; pip install hygese",
        "vroom": "the package pyvroom is not installed; pip install pyvroom",
        "fasttsp": "the package fast-tsp is not installed; pip install fast-tsp",
        "lkh": "there is no executable LKH on the search path; name one by lkh:PATH or ROUTEWRIGHT_LKH=PATH",
    }.items():
        assert supports(solver, tour()) == [words]
        with pytest.raises(UnsupportedError, match=f"solver '{solver}' is not there: {words}"):
            solve(tour(), solver=solver, time_limit=1)


def test_limits_of_time_are_no_limit_to_none(lkh: Callable[[str], str]) -> None:
    assert Stop(iterations=1).seconds == inf
    solver = lkh(f"#!/bin/sh\nexec {sys.executable} {LIKE_LKH} $1\n")
    assert solve(tour(3), solver=solver, stop=Stop(iterations=1)).feasible
