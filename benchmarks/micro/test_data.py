"""How long reading, costing and judging take."""

from pathlib import Path

import numpy as np
from pytest_benchmark.fixture import BenchmarkFixture

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.formats.read import read
from routewright.data.formats.write import write
from routewright.data.instance import Instance
from routewright.data.solution import Solution


def test_read_vrplib(benchmark: BenchmarkFixture, cvrp: Instance, tmp_path: Path) -> None:
    """A VRPLIB file with coordinates."""
    write(cvrp, tmp_path / "instance.vrp")
    benchmark(read, tmp_path / "instance.vrp")


def test_distance_matrix(benchmark: BenchmarkFixture, cvrp: Instance) -> None:
    """All rounded distances, as a new instance computes them."""
    nodes = np.arange(cvrp.n_nodes)
    benchmark(cvrp.distance, nodes[:, None], nodes[None, :])


def test_evaluate_cvrp(benchmark: BenchmarkFixture, cvrp: Instance, cvrp_solution: Solution) -> None:
    """Cost of a plan without times."""
    benchmark(evaluate, cvrp, cvrp_solution)


def test_evaluate_vrptw(benchmark: BenchmarkFixture, vrptw: Instance, vrptw_solution: Solution) -> None:
    """Cost and timetable of a plan with windows."""
    benchmark(evaluate, vrptw, vrptw_solution)


def test_check_cvrp(benchmark: BenchmarkFixture, cvrp: Instance, cvrp_solution: Solution) -> None:
    """The judge on capacities."""
    benchmark(check, cvrp, cvrp_solution)


def test_check_vrptw(benchmark: BenchmarkFixture, vrptw: Instance, vrptw_solution: Solution) -> None:
    """The judge on windows."""
    benchmark(check, vrptw, vrptw_solution)
