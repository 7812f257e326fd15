"""How long the kernels of ``search`` take: the start, the polish, and iterations hot and cold."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.solvers.search.anneal import COOLING, mean_arc
from routewright.solvers.search.general import general_model
from routewright.solvers.search.model import Model, model
from routewright.solvers.search.polish import polish
from routewright.solvers.search.session import begun
from routewright.solvers.search.start import constructed_routes, start_flat

ITERATIONS = 2_000
"""Of one round: some milliseconds."""
SETTLING = 50_000
"""Iterations before the clock starts, so that the routes suit the temperature."""


FAMILIES = {"capacity": "xstyle", "windows": "solomon_like", "general": "mtvrp"}


@pytest.fixture(scope="session", params=[f"{family}-{n}" for family in FAMILIES for n in (100, 1000)])
def asked(request: pytest.FixtureRequest) -> Model:
    """An instance as one family of kernels sees it."""
    family, n = request.param.split("-")
    if family == "general":
        return general_model(generate("mtvrp", int(n), seed=1, variant="MDVRPMBTW"))
    return model(generate(FAMILIES[family], int(n), seed=1))


def test_model(benchmark: BenchmarkFixture, cvrp: Instance) -> None:
    """Matrices and neighbours of the kernels from an instance."""
    benchmark(model, cvrp)


def test_construction(benchmark: BenchmarkFixture, asked: Model) -> None:
    """Savings, or greedy insertion where there are windows."""
    if asked.fleet is not None:
        pytest.skip("it starts by insertion like windows")
    benchmark(constructed_routes, asked, 1)


def test_polish(benchmark: BenchmarkFixture, asked: Model) -> None:
    """Local search from constructed routes to a local optimum."""
    if asked.fleet is not None:
        pytest.skip("it has no polish")
    benchmark(polish, asked, constructed_routes(asked, 1))


@pytest.mark.parametrize("heat", [COOLING.hot, COOLING.cold], ids=["hot", "cold"])
def test_iterations(benchmark: BenchmarkFixture, asked: Model, heat: float) -> None:
    """``ITERATIONS`` of ruin and recreate at one temperature."""
    start = start_flat(asked, 1)
    session = begun(asked, 1, start)
    temperature = heat * mean_arc(session)
    session.improve(SETTLING, temperature)
    benchmark(session.improve, ITERATIONS, temperature)
