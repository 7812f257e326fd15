"""The table of mean costs on attribute combinations."""

import importlib
from types import ModuleType

import pytest

from routewright.compare.table import rows
from tests.compare import made
from tests.compare.test_quality import BENCHMARKS


@pytest.fixture
def variants(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    if not BENCHMARKS.is_dir():
        pytest.skip("no benchmarks folder: not a checkout")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("variants")


def test_means_speak_of_the_instances_that_every_solver_has_answered(variants: ModuleType) -> None:
    costs = {
        ("mtvrp-CVRP-n9-s1", "search"): 10.0,
        ("mtvrp-CVRP-n9-s1", "pyvrp"): 11.0,
        ("mtvrp-CVRP-n9-s2", "search"): 20.0,
        ("mtvrp-CVRP-n9-s2", "pyvrp"): 22.0,
        ("mtvrp-CVRP-n9-s3", "search"): 90.0,
        ("mtvrp-OVRP-n9-s1", "search"): 5.0,
        ("mtvrp-OVRP-n9-s1", "pyvrp"): 5.5,
    }
    records = [made.record(instance=name, solver=solver, cost=cost) for (name, solver), cost in costs.items()]
    assert variants.table(rows(records)).splitlines() == [
        "| variant | instances | search 1 s | pyvrp 1 s |",
        "| --- | --: | --: | --: |",
        "| CVRP | 2 | 15.0000 | 16.5000 |",
        "| OVRP | 1 | 5.0000 | 5.5000 |",
        "| mean of variants | 3 | 10.0000 | 11.0000 |",
    ]


def test_a_solver_without_an_answer_to_a_variant_has_a_dash_there(variants: ModuleType) -> None:
    costs = {
        ("mtvrp-CVRP-n9-s1", "search"): 10.0,
        ("mtvrp-CVRP-n9-s1", "ortools"): 11.0,
        ("mtvrp-VRPB-n9-s1", "search"): 20.0,
    }
    records = [made.record(instance=name, solver=solver, cost=cost) for (name, solver), cost in costs.items()]
    assert variants.table(rows(records)).splitlines()[2:] == [
        "| CVRP | 1 | 10.0000 | 11.0000 |",
        "| VRPB | 1 | 20.0000 | - |",
        "| mean of variants | 2 | 15.0000 | - |",
    ]
