"""Batches that are played on a GPU are judged like all others."""

import pytest
import torch

from routewright.data.check import check
from routewright.data.generators import generate
from routewright.solvers.batch import solve_batch
from routewright.solvers.result import Result
from routewright.solvers.solve import solve

if not torch.cuda.is_available():
    pytest.skip("no GPU", allow_module_level=True)


def test_thousands_at_once_pass_the_judge() -> None:
    instances = [generate("mtvrp", 20 + seed % 5, seed, variant=("CVRP", "VRPTW")[seed % 2]) for seed in range(1000)]
    found = solve_batch(instances, solver="neural", time_limit=0.01)
    results = [each for each in found if isinstance(each, Result) and each.feasible]
    assert len(results) == len(instances)
    for each in results[:100]:
        assert check(each.instance, each.solution, each.cost) == []


def test_a_single_instance_ends_in_time() -> None:
    result = solve(generate("mtvrp", 100, 1), solver="neural", time_limit=1.0)
    assert result.feasible
    assert result.seconds < 1.5
