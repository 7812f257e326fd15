"""Neighbours, pieces of the plane and the tour along which clients are numbered."""

import numpy as np
import pytest

from routewright.data.instance import Instance
from routewright.solvers.search import nearness
from routewright.solvers.search.nearness import along_a_tour, near_clients, neighbours, pieces


def scattered(n: int, *, matrix: bool = False, seed: int = 0) -> Instance:
    places = np.random.default_rng(seed).random((n + 1, 2)) * [3000, 1000]
    if matrix:
        return Instance.build(distances=np.linalg.norm(places[:, None] - places[None, :], axis=2))
    return Instance.build(coords=places)


def test_neighbours_are_the_nearest_clients_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "NEIGHBOURS", 7)
    cost = scattered(30).distance_matrix().round().astype(np.int32)
    near = neighbours(cost)
    assert near.shape == (31, 7)
    for client in range(1, 31):
        others = sorted((c for c in range(1, 31) if c != client), key=lambda c: cost[client, c])
        assert near[client, 0] == client
        assert cost[client, near[client, 1:]].tolist() == cost[client, others[:6]].tolist()


def test_the_depot_is_nobodys_neighbour_even_where_it_is_closest() -> None:
    cost = np.full((6, 6), 9, np.int32)
    cost[:, 0] = cost[0, :] = 0
    assert (neighbours(cost)[1:] > 0).all()


def test_neighbours_without_a_matrix_are_nearly_those_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "PIECE", 100)
    monkeypatch.setattr(nearness, "LINKS", 10)
    instance = scattered(800)
    near = near_clients(instance)
    assert near[:, 0].tolist() == list(instance.clients)
    distances = instance.distance_matrix()[1:, 1:]
    best = np.sort(distances, axis=1)[:, :10]
    found = np.take_along_axis(distances, near - 1, axis=1)
    assert (np.diff(found, axis=1) >= 0).all()
    assert np.isclose(found, best).mean() > 0.95


@pytest.mark.parametrize("matrix", [False, True])
def test_pieces_cut_the_clients_into_small_sets(matrix: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "PIECE", 50)
    instance = scattered(333, matrix=matrix)
    found = pieces(instance, np.asarray(instance.clients))
    assert sorted(np.concatenate(found).tolist()) == list(instance.clients)
    assert all(20 <= len(piece) <= 50 for piece in found)
    whole = instance.distance_matrix()[1:, 1:].mean()
    inside = np.mean([instance.distance(piece[:, None], piece[None, :]).mean() for piece in found])
    assert inside < 0.6 * whole


def test_clients_of_one_piece_are_left_together() -> None:
    instance = scattered(30)
    (piece,) = pieces(instance, np.arange(5, 20))
    assert piece.tolist() == list(range(5, 20))


def test_a_tour_goes_to_the_nearest_that_is_left() -> None:
    x = np.array([0.0, 5.0, 1.0, -2.0, 6.5])
    assert along_a_tour(np.abs(x[:, None] - x[None, :])).tolist() == [0, 2, 3, 1, 4]


def test_a_tour_visits_everyone_once() -> None:
    tour = along_a_tour(scattered(200).distance_matrix())
    assert tour[0] == 0
    assert sorted(tour.tolist()) == list(range(201))
