"""The 48 combinations of attributes and their numbers."""

import numpy as np
import pytest

from routewright.data.batch import features
from routewright.data.check import check
from routewright.data.errors import InstanceError
from routewright.data.generators import generate
from routewright.data.generators.attributes import (
    BASE_VARIANTS,
    HORIZON,
    LARGEST_LOAD,
    VARIANTS,
    Attributes,
    attributes,
)
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution


def test_there_are_forty_eight_names_and_sixteen_of_them_are_basic() -> None:
    assert len(set(VARIANTS)) == 48
    assert len(set(BASE_VARIANTS)) == 16
    assert {"CVRP", "VRPTW", "OVRPBLTW", "MDVRP", "MDOVRPMBLTW", "OVRP"} <= set(VARIANTS)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_name_stands_for_the_attributes_that_make_it(name: str) -> None:
    assert attributes(name).name == name


def test_a_name_is_read_letter_by_letter() -> None:
    assert attributes("MDOVRPMBLTW") == Attributes(True, True, "mixed", True, True)
    assert attributes("vrpb") == Attributes(backhaul="classic")
    assert attributes("MDCVRP") == attributes("MDVRP")
    assert attributes("tsp").name == "TSP"


@pytest.mark.parametrize("family", ["mtvrp", "streets"])
def test_a_tour_is_one_vehicle_that_nothing_limits(family: str) -> None:
    instance = generate(family, 20, 4, variant="TSP")
    assert set(features(instance)) == {"one vehicle", *(["matrices"] if family == "streets" else [])}
    other = generate(family, 20, 4, variant="VRPTW")
    assert instance.coords is not None
    assert other.coords is not None
    assert np.array_equal(instance.coords, other.coords)


@pytest.mark.parametrize("name", ["", "MDTSP", "TSPTW", "VRPTWL", "VRPM", "CVRPX"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(InstanceError, match="variant is"):
        attributes(name)


@pytest.mark.parametrize("family", ["mtvrp", "streets"])
@pytest.mark.parametrize("name", VARIANTS)
def test_an_instance_has_the_attributes_of_its_variant_and_no_others(name: str, family: str) -> None:
    instance, wanted = generate(family, 60, 4, variant=name), attributes(name)
    vehicles = instance.vehicle_types
    assert instance.depots == len(vehicles) == (3 if wanted.depots else 1)
    assert all((v.end is None) == wanted.open for v in vehicles)
    assert all(np.isfinite(v.max_distance) == wanted.limit for v in vehicles)
    assert instance.backhaul == wanted.backhaul
    assert instance.pickup.any() == (wanted.backhaul != "none")
    assert np.isfinite(instance.windows).all() == wanted.windows
    assert instance.service.any() == wanted.windows


@pytest.mark.parametrize("family", ["mtvrp", "streets"])
def test_every_client_can_be_served_alone_from_every_depot(family: str) -> None:
    for seed in range(20):
        instance = generate(family, 40, seed, variant="MDVRPLTW")
        for vehicle in instance.vehicle_types:
            clients = np.asarray(instance.clients)
            assert vehicle.end is not None
            there = instance.duration(vehicle.start, clients)
            back = instance.duration(clients, vehicle.end)
            begin = np.maximum(there, instance.windows[clients, 0, 0])
            assert (there <= instance.windows[clients, 0, 1]).all()
            assert (begin + instance.service[clients] + back <= instance.windows[0, 0, 1] + 1e-9).all()
            driven = instance.distance(vehicle.start, clients) + instance.distance(clients, vehicle.end)
            assert (driven <= vehicle.max_distance + 1e-9).all()


def test_numbers_are_those_of_the_paper() -> None:
    instance = generate("mtvrp", 2_000, 1, variant="MDVRPBLTW", capacity=50)
    clients = instance.clients
    opens, closes = instance.windows[clients.start :, 0].T
    assert ((closes - opens >= 0.18) & (closes - opens <= 0.2)).all()
    assert ((instance.service[clients.start :] >= 0.15) & (instance.service[clients.start :] <= 0.18)).all()
    assert instance.windows[0, 0].tolist() == [0.0, HORIZON]
    loads = (instance.delivery + instance.pickup)[clients.start :, 0]
    assert sorted(set(loads.tolist())) == list(range(1, LARGEST_LOAD + 1))
    assert abs(float((instance.pickup > 0).mean()) - 0.2) < 0.03  # standard deviation 0.009


def test_thirty_percent_of_mixed_backhauls_give() -> None:
    instance = generate("mtvrp", 4_000, 1, variant="VRPMB")
    assert abs(float((instance.pickup > 0).mean()) - 0.3) < 0.03


def test_variants_of_a_seed_share_what_they_have_in_common() -> None:
    plain, rich = generate("mtvrp", 30, 5), generate("mtvrp", 30, 5, variant="MDOVRPMBLTW")
    windows = generate("mtvrp", 30, 5, variant="VRPTW")
    assert plain.coords is not None
    assert rich.coords is not None
    assert plain.coords[1:].tolist() == rich.coords[3:].tolist()
    assert plain.delivery[1:].tolist() == (rich.delivery + rich.pickup)[3:].tolist()
    assert windows.service[1:].tolist() == rich.service[3:].tolist()


@pytest.mark.parametrize("family", ["mtvrp", "streets"])
@pytest.mark.parametrize("variant", ["VRPB", "OVRPBTW", "MDVRPBLTW"])
def test_every_classic_backhaul_can_follow_a_delivery_of_its_own(variant: str, family: str) -> None:
    for seed in range(30):
        instance = generate(family, 6, seed, variant=variant, capacity=9)
        gives, gets = (np.flatnonzero(load).tolist() for load in (instance.pickup, instance.delivery))
        pairs = [
            {second for second in gives if any(good(instance, kind, first, second) for kind in range(instance.depots))}
            for first in gets
        ]
        assert matched(pairs) == len(gives)


def good(instance: Instance, kind: int, first: int, second: int) -> bool:
    return check_route(instance, Route(((first, second),), kind))


def check_route(instance: Instance, route: Route) -> bool:
    found = check(instance, Solution((route,)))
    return {violation.kind for violation in found} <= {"missing client"}


def matched(choices: list[set[int]]) -> int:
    """Most that can be chosen, one from each set, without choosing one twice."""
    if not choices:
        return 0
    rest = choices[1:]
    return max([matched(rest), *(1 + matched([other - {one} for other in rest]) for one in choices[0])])


def triangle_holds(matrix: np.ndarray) -> bool:
    return all((matrix <= matrix[:, [via]] + matrix[[via], :]).all() for via in range(len(matrix)))


@pytest.mark.parametrize("seed", range(5))
def test_a_town_has_asymmetric_whole_shortest_paths(seed: int) -> None:
    town = generate("streets", 50, seed)
    for matrices in (town.distances, town.durations):
        assert matrices is not None
        matrix = matrices[0]
        assert np.isfinite(matrix).all()
        assert np.array_equal(matrix, np.rint(matrix))
        assert not np.array_equal(matrix, matrix.T)
        assert (matrix[~np.eye(len(matrix), dtype=bool)] > 0).all()
        assert triangle_holds(matrix)
    assert town.exact
    assert town.distances is not None
    assert town.durations is not None
    assert town.coords is not None
    straight = np.hypot(*(town.coords[:, None] - town.coords[None, :]).transpose(2, 0, 1))
    assert (town.distances[0] >= straight - 1e-6).all()
    speed = town.distances[0].sum() / town.durations[0].sum()
    assert 20 / 3.6 < speed < 60 / 3.6


def test_without_one_way_streets_ways_are_as_long_back_as_there() -> None:
    town = generate("streets", 30, 1, one_way=0.0)
    assert town.distances is not None
    assert np.array_equal(town.distances[0], town.distances[0].T)


@pytest.mark.parametrize(("option", "value"), [("depots", 0), ("capacity", 8), ("one_way", 1.5), ("variant", "PDP")])
def test_odd_options_are_refused(option: str, value: object) -> None:
    with pytest.raises(InstanceError, match=option):
        generate("streets", 10, 0, **{option: value})


@pytest.mark.parametrize("family", ["mtvrp", "streets"])
def test_the_same_seed_gives_the_same_instance(family: str) -> None:
    assert generate(family, 20, 3, variant="VRPTW") == generate(family, 20, 3, variant="VRPTW")
    assert generate(family, 20, 3) != generate(family, 20, 4)
