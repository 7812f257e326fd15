"""Solomon-like instances: windows by density and width, feasible, on Solomon's horizons."""

import numpy as np
import pytest

from routewright.data import InstanceError
from routewright.data.generators import generate
from routewright.data.generators.solomon_windows import Day, random_centres, routed_centres
from routewright.data.instance import Instance
from tests.data.generators.alone import unservable

CLASSES = [(placement, kind) for placement in ("C", "R", "RC") for kind in (1, 2)]


@pytest.mark.parametrize(
    ("placement", "kind", "horizon", "capacity", "service"),
    [
        ("C", 1, 1236, 200, 90),
        ("C", 2, 3390, 700, 90),
        ("R", 1, 230, 200, 10),
        ("R", 2, 1000, 1000, 10),
        ("RC", 1, 240, 200, 10),
        ("RC", 2, 960, 1000, 10),
    ],
)
def test_horizon_capacity_and_service_are_those_of_the_files(
    placement: str, kind: int, horizon: int, capacity: int, service: int
) -> None:
    instance = generate("solomon_like", 30, seed=1, placement=placement, horizon_type=kind)
    assert instance.windows[0].tolist() == [[0.0, 10.0 * horizon]]
    assert instance.capacities.tolist() == [[float(capacity)]]
    assert instance.service.tolist() == [0.0] + [10.0 * service] * 30


def test_distances_are_cut_after_one_decimal_and_all_numbers_whole() -> None:
    instance = generate("solomon_like", 30, seed=1)
    assert (instance.rounding, instance.scale, instance.exact) == ("trunc1", 10, True)
    assert not (instance.windows % 10).any()  # whole units in a Solomon file


@pytest.mark.parametrize(("placement", "kind"), CLASSES)
@pytest.mark.parametrize("width", [0.0, 30.0, 5_000.0])
def test_no_window_keeps_a_client_from_being_served(placement: str, kind: int, width: float) -> None:
    for seed in range(5):
        instance = generate(
            "solomon_like", 80, seed, placement=placement, horizon_type=kind, width=width, deviation=width / 2
        )
        assert unservable(instance) == []


@pytest.mark.parametrize("density", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_the_density_is_the_share_of_clients_with_a_window(density: float) -> None:
    instance = generate("solomon_like", 100, seed=2, density=density, horizon_type=2)
    latest = np.floor((10_000.0 - 100.0 - instance.distance(0, np.arange(1, 101))) / 10) * 10
    free = (instance.windows[1:, 0, 0] == 0) & (instance.windows[1:, 0, 1] == latest)
    assert (~free).sum() == 100 * density


def test_inner_windows_have_the_width_asked_for() -> None:
    instance = generate("solomon_like", 2_000, seed=3, horizon_type=2, width=120, deviation=20)
    opens, closes = instance.windows[1:, 0].T
    inner = (opens > 0) & (closes < 9_000 - 1_000)
    wide = (closes - opens)[inner] / 10
    # Rounding outward to whole units adds one unit on average.
    assert wide.mean() == pytest.approx(121, abs=2)
    assert wide.std() == pytest.approx(20, abs=2)


def test_windows_of_random_instances_spread_over_the_whole_day() -> None:
    instance = generate("solomon_like", 2_000, seed=4, horizon_type=2, width=10)
    middles = instance.windows[1:, 0].mean(axis=1)
    counts, _ = np.histogram(middles, bins=4, range=(1_000, 9_000))
    assert abs(counts / counts.sum() - 0.25).max() < 0.05


def test_windows_of_clustered_instances_lie_on_a_solution_without_waiting() -> None:
    """Narrow windows are met by serving clients in order of opening, cluster routes side by side."""
    for kind in (1, 2):
        instance = generate("solomon_like", 60, seed=5, placement="C", horizon_type=kind, width=0)
        assert instance.coords is not None
        day = Day(home=instance.distance(0, np.arange(1, 61)), service=900.0, horizon=instance.windows[0, 0, 1])
        load, capacity = instance.delivery[1:, 0], instance.capacities[0, 0]
        arrival = routed_centres(instance.coords, day, load, capacity)
        assert ((instance.windows[1:, 0, 0] <= arrival) & (arrival <= instance.windows[1:, 0, 1])).all()
        routes = _chain(instance, arrival)
        assert sorted(client for route in routes for client in route) == list(instance.clients)
        assert all(sum(instance.delivery[client, 0] for client in route) <= capacity for route in routes)
        assert len(routes) < 20


def test_a_day_too_short_for_a_client_is_rejected_with_the_numbers() -> None:
    day = Day(home=np.array([100.0, 600.0]), service=100.0, horizon=1_000.0)
    with pytest.raises(InstanceError, match="horizon is 100: node 2 alone needs 130"):
        random_centres(np.random.default_rng(0), day)


@pytest.mark.parametrize(("placement", "low", "high", "mean"), [("C", 10, 50, 18.3), ("R", 1, 41, 15.2)])
def test_demands_are_like_those_of_the_files(placement: str, low: int, high: int, mean: float) -> None:
    load = generate("solomon_like", 3_000, seed=6, placement=placement).delivery[1:, 0]
    assert (load.min(), load.max()) == (low, high)
    assert load.mean() == pytest.approx(mean, abs=0.6)


def test_clustered_places_are_closer_together_than_random_ones() -> None:
    nearest = {placement: _to_fifth(generate("solomon_like", 100, seed=7, placement=placement)) for placement in "CR"}
    nearest["RC"] = _to_fifth(generate("solomon_like", 100, seed=7, placement="RC"))
    assert nearest["C"] < nearest["RC"] < nearest["R"]


def _chain(instance: Instance, arrival: np.ndarray) -> list[list[int]]:
    """Routes read off the arrival times alone: who arrives exactly one service and one way later."""
    routes: list[list[int]] = []
    for client in sorted(instance.clients, key=lambda node: arrival[node - 1]):
        for route in routes:
            leaves = arrival[route[-1] - 1] + instance.service[route[-1]]
            if arrival[client - 1] == leaves + instance.distance(route[-1], client):
                route.append(client)
                break
        else:
            assert arrival[client - 1] == instance.distance(0, client)
            routes.append([client])
    return routes


def _to_fifth(instance: Instance) -> float:
    apart = np.sort(instance.distance_matrix()[1:, 1:], axis=1)
    return float(apart[:, 5].mean())
