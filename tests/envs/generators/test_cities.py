"""Instances drawn from cities."""

from pathlib import Path

import numpy as np
import pytest
import torch

from routewright.data.errors import FormatError, InstanceError
from routewright.envs import VRPEnv, rollout, sample
from routewright.envs.generators import City, grown_city, read_city, roads


@pytest.fixture(scope="module")
def cities() -> list[City]:
    return [grown_city(60, seed) for seed in (1, 2)]


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_matrices_are_those_of_the_city(cities: list[City]) -> None:
    drawn = roads(6, 20, seeded(), cities)
    for row in range(6):
        coords = drawn["coords"][row].numpy()
        (city,) = [each for each in cities if (each.places == coords[0]).all(1).any()]
        chosen = [int((city.places == place).all(1).nonzero()[0][0]) for place in coords]
        assert len(set(chosen)) == 21
        assert (drawn["distances"][row].numpy() == city.distances[np.ix_(chosen, chosen)]).all()
        assert (drawn["durations"][row].numpy() == city.durations[np.ix_(chosen, chosen)]).all()


def test_ways_are_asymmetric_and_never_longer_than_a_detour(cities: list[City]) -> None:
    for way in (cities[0].distances, cities[0].durations):
        assert (way != way.T).any()
        assert (way[:, :, None] + way[None, :, :] >= way[:, None, :]).all()


def test_all_clients_are_served_in_time(cities: list[City]) -> None:
    drawn = roads(100, 20, seeded(1), cities, variants=["VRPTW", "OVRPLTW", "MDVRPMBLTW", "CVRP"])
    generator = seeded(2)
    played = rollout(VRPEnv(strict=True), drawn, lambda state: sample(state["mask"], generator))
    assert bool(played.cost.isfinite().all())
    again = roads(100, 20, seeded(1), cities, variants=["VRPTW", "OVRPLTW", "MDVRPMBLTW", "CVRP"])
    assert all(torch.equal(drawn[name], again[name]) for name in drawn.keys())  # noqa: SIM118 - not a dict


def test_a_city_is_read_without_what_cannot_be_reached(tmp_path: Path) -> None:
    distance = np.array([[0, 2, 3, 4], [5, 0, -1, 6], [7, 8, 0, 9], [1, np.nan, 2, 0]], dtype=float)
    duration = np.array([[0, 2, 3, 4], [5, 0, 1, 6], [1e9, 8, 0, 9], [1, 3, 2, 0]], dtype=float)
    np.savez(tmp_path / "x_data.npz", points=np.arange(8).reshape(4, 2), distance=distance, duration=duration)
    city = read_city(tmp_path / "x_data.npz")
    assert len(city.places) == 2
    assert np.isfinite(city.distances).all()
    assert city.durations.max() < 1e5
    clean = distance.copy()
    clean[3, 1] = 1.0
    np.savez(tmp_path / "y_data.npz", points=np.arange(8).reshape(4, 2), distance=clean, duration=clean)
    assert read_city(tmp_path / "y_data.npz").distances[1, 2] == np.float32(1e-3)


def test_files_that_are_no_cities_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", points=np.zeros((3, 2)), distance=np.zeros((3, 3)))
    with pytest.raises(FormatError, match=r"a\.npz: has no array 'duration', but points, distance"):
        read_city(tmp_path / "a.npz")
    np.savez(tmp_path / "b.npz", points=np.zeros((3, 2)), distance=np.zeros((3, 3)), duration=np.zeros((2, 2)))
    with pytest.raises(FormatError, match=r"b\.npz: duration has shape \(2, 2\), must be \(3, 3\)"):
        read_city(tmp_path / "b.npz")
    whole = (tmp_path / "a.npz").read_bytes()
    for name, content in (("c", b"nothing"), ("d", b""), ("e", whole[: len(whole) // 2])):
        (tmp_path / f"{name}.npz").write_bytes(content)
        with pytest.raises(FormatError, match=rf"{name}\.npz: is no \.npz file"):
            read_city(tmp_path / f"{name}.npz")
    np.save(tmp_path / "f.npy", np.zeros(3))
    with pytest.raises(FormatError, match=r"f\.npy: is no \.npz file but a single array"):
        read_city(tmp_path / "f.npy")
    with pytest.raises(FormatError, match=r"g\.npz: cannot be opened: No such file"):
        read_city(tmp_path / "g.npz")
    np.savez(tmp_path / "h.npz", points=np.zeros((3, 5)), distance=np.zeros((3, 3)), duration=np.zeros((3, 3)))
    with pytest.raises(FormatError, match=r"h\.npz: points have shape \(3, 5\)"):
        read_city(tmp_path / "h.npz")


def test_cities_that_are_too_small_are_named(cities: list[City]) -> None:
    with pytest.raises(InstanceError, match="at least 101 places for 100 clients: one has 60"):
        roads(2, 100, seeded(), cities)
    with pytest.raises(InstanceError, match="there is none"):
        roads(2, 100, seeded(), [])
