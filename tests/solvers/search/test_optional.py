"""Clients that may be left out begin on routes."""

import numpy as np

from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.solvers.monitor import Monitor
from routewright.solvers.search.flat import split
from routewright.solvers.search.model import model
from routewright.solvers.search.optional import with_everybody
from routewright.solvers.search.start import start_flat
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop


def prizes(each: float) -> Instance:
    """Everybody may be left out for a price."""
    instance = generate("uniform", 60, 1, grid=1000)
    required = np.zeros(instance.n_nodes, bool)
    return instance.replace(required=required, prize=np.where(np.arange(instance.n_nodes) > 0, each, 0.0))


def test_everybody_is_on_a_route_at_first() -> None:
    asked = model(prizes(1.0))
    start = start_flat(asked, 1)
    flat, done = with_everybody(asked, start, Monitor(Stop(iterations=1_000)), 1)
    assert done > 0
    assert sorted(client for route in split(flat) for client in route) == list(range(1, 61))


def test_where_everybody_must_be_served_nothing_is_done() -> None:
    asked = model(generate("uniform", 20, 1))
    start = start_flat(asked, 1)
    flat, done = with_everybody(asked, start, Monitor(Stop(iterations=1_000)), 1)
    assert flat is start
    assert done == 0


def test_worthless_clients_are_left_out_and_dear_ones_are_served() -> None:
    assert not len(solve(prizes(0.0), solver="search", stop=Stop(iterations=20_000)).solution)
    assert not solve(prizes(1e5), solver="search", stop=Stop(iterations=2_000)).solution.unserved


def test_a_route_that_pays_only_for_many_is_found() -> None:
    """Twelve clients far away, of whom none is worth the way there and back, but all together are."""
    coords = [[0.0, 0.0], *([[1000.0, 0.0]] * 12)]
    instance = Instance.build(
        coords=coords, delivery=1, capacity=12, required=[False] * 13, prize=[0.0, *[180.0] * 12], rounding="round"
    )
    result = solve(instance, solver="search", stop=Stop(iterations=5_000))
    assert result.cost == 2000
    assert not result.solution.unserved
