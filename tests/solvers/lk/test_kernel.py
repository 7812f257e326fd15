"""Tours in arrays stay tours, and lengths stay what they are."""

import numpy as np
import pytest

from routewright.data.generators import generate
from routewright.solvers.lk.kernel.model import LENGTH, WAITING, Floats, Int64
from routewright.solvers.lk.near import near_by_matrix, near_on_plane
from routewright.solvers.lk.problem import problem
from routewright.solvers.lk.session import Session
from routewright.solvers.lk.start import by_matrix, on_plane


def session(n: int, seed: int = 1) -> Session:
    asked = problem(generate("tsp", n, seed))
    return Session(asked.asked, asked.begin(), seed)


def length(session: Session) -> int:
    places = session.asked.places[session.tour]
    return int(np.floor(np.linalg.norm(places - np.roll(places, -1, axis=0), axis=1) + 0.5).sum())


@pytest.mark.parametrize("n", [8, 9, 50, 400])
def test_lengths_are_those_of_the_tour_after_descents_and_kicks(n: int) -> None:
    made = session(n)
    assert made.length == length(made)
    before = made.length
    while made.descend(7):
        assert made.length == length(made)
    assert made.length <= before
    for heat in (0.0, 1e9, 0.0):
        before = made.length
        made.improve(200, heat)
        assert made.length == length(made)
        assert sorted(made.tour.tolist()) == list(range(n))
        assert heat > 0 or made.length <= before
    assert made.state.tally[WAITING] == 0
    np.testing.assert_array_equal(made.state.place[made.tour], np.arange(n))


def test_after_a_descent_no_two_ways_near_each_other_can_be_exchanged() -> None:
    """Two-opt, written out once more."""
    made = session(200)
    while made.descend(10_000):
        pass
    tour, places = made.tour, made.asked.places
    ways = np.linalg.norm(places[:, None] - places[None], axis=2)
    after = np.empty(200, np.int64)
    after[tour] = np.roll(tour, -1)
    for a in range(200):
        for c in made.asked.near[a]:
            gain = ways[a, after[a]] + ways[c, after[c]] - ways[a, c] - ways[after[a], after[c]]
            assert ways[a, c] >= ways[a, after[a]] or gain <= 4  # ways are rounded to whole units
    assert made.state.tally[LENGTH] == length(made)


def test_near_cities_lie_in_all_directions() -> None:
    places = np.vstack([np.random.default_rng(1).normal(0, 0.01, (60, 2)), [[5.0, 0.1], [-5.0, 0.1]]])
    near = near_on_plane(places)
    assert near.shape == (62, 10)
    assert all(len({city, *row}) == 11 for city, row in enumerate(near.tolist()))
    ways = np.linalg.norm(places[:, None] - places[near], axis=2)
    assert (np.diff(ways, axis=1) >= 0).all()
    nearest = near_by_matrix((1e6 * np.linalg.norm(places[:, None] - places[None], axis=2)).astype(np.int32))
    np.testing.assert_array_equal(near[:, :4], nearest[:, :4])
    assert near_on_plane(np.zeros((5, 2))).shape == (5, 4)


@pytest.mark.parametrize("n", [2, 3, 10, 300, 2000])
def test_greedy_tours_visit_every_city(n: int) -> None:
    places = np.random.default_rng(n).uniform(size=(n, 2))

    def measure(starts: Int64, ends: Int64) -> Floats:
        return np.asarray(np.linalg.norm(places[starts] - places[ends], axis=-1))

    tour = on_plane(places, near_on_plane(places), measure)
    assert sorted(tour.tolist()) == list(range(n))
    if n <= 300:
        whole = (1e6 * np.linalg.norm(places[:, None] - places[None], axis=2)).astype(np.int32)
        assert sorted(by_matrix(whole, near_by_matrix(whole)).tolist()) == list(range(n))
