"""What a newcomer gets wrong when building an instance is told in words that help."""

from typing import Any

import numpy as np
import pytest

from routewright.data import Break, Instance, InstanceBuilder, InstanceError, VehicleType

PLACES = np.array([[0, 0], [3, 4], [6, 8]])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"capcity": 3}, "an instance has no field 'capcity'; did you mean capacity?"),
        ({"wheels": 3}, "an instance has no field 'wheels'$"),
        ({"delivery": [3, 4]}, r"delivery: 2 rows, must be 3 for 3 nodes \(rows for the 2 clients only"),
        ({"service": [3, 4]}, r"service: shape is \(2,\), must be \(3,\) for 3 nodes \(rows for the 2 clients only"),
        ({"windows": [[0, 3], [0, 4]]}, r"windows: 2 rows, must be 3 for 3 nodes \(rows for the 2 clients only"),
        ({"prize": [1, 2, 3, 4]}, r"prize: shape is \(4,\), must be \(3,\) for 3 nodes$"),
        ({"metric": "haversine", "coords": [[0, 0], [95, 1]]}, "latitude of node 1 is 95, must be from -90 to 90"),
        ({"metric": "haversine", "coords": [[0, 0], [5, 181]]}, "longitude of node 1 is 181"),
    ],
)
def test_arrays_that_do_not_fit_are_named(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InstanceError, match=words):
        Instance.build(**{"coords": PLACES} | fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"capacity": "ten"}, "capacity is 'ten', must be a number"),
        ({"speed": "fast"}, "speed is 'fast', must be a number"),
        ({"shift": 5}, r"shift is \(5,\), must be \(earliest, latest\)"),
        ({"breaks": [(1, 2, 3)]}, r"breaks holds \(1, 2, 3\), must be Break\(earliest, latest, duration\)"),
    ],
)
def test_vehicles_that_cannot_be_are_named(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InstanceError, match=words):
        VehicleType(**fields)


def test_one_of_a_kind_needs_no_brackets() -> None:
    rest = Break(1, 2, 3)
    vehicle = VehicleType(capacity=9, breaks=rest, preference={1: 5})  # type: ignore[arg-type]
    assert (vehicle.capacity, vehicle.breaks, vehicle.preference) == ((9,), (rest,), ((1, 5.0),))
    assert Instance.build(coords=PLACES, vehicle_types=vehicle).vehicle_types == (vehicle,)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"x": "1", "y": "here"}, "client 'Ann': y is 'here', must be a number"),
        ({"x": 1, "y": 1, "window": (5,)}, r"window is \(5,\), must be two times"),
        ({"x": 1, "y": 1, "window": "8:30"}, "window is '8:30', must be two times"),
        ({"x": 1, "y": 1, "windows": 5}, "windows is 5, must be pairs of times"),
        ({"x": 1, "y": 1, "windows": (5, 6)}, "window is 5, must be two times"),
    ],
)
def test_clients_that_cannot_be_are_named(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(InstanceError, match=words):
        InstanceBuilder().add_client(name="Ann", **arguments)


def test_a_misspelt_field_of_a_vehicle_is_recognised() -> None:
    fields: dict[str, Any] = {"capactiy": 3}
    with pytest.raises(InstanceError, match=r"no field 'capactiy'; did you mean capacity\?"):
        InstanceBuilder().add_vehicle_type(**fields)


def test_a_day_without_a_depot_is_told_how_to_get_one() -> None:
    day = InstanceBuilder()
    day.add_client(1, 1)
    with pytest.raises(InstanceError, match="there is no depot: add_depot makes one"):
        day.build(capacity=3)


def test_a_prize_makes_a_client_optional_unless_told_otherwise() -> None:
    day = InstanceBuilder()
    day.add_depot(0, 0)
    day.add_client(1, 0)
    day.add_client(2, 0, prize=5)
    day.add_client(3, 0, prize=5, required=True)
    assert day.build().required.tolist() == [False, True, False, True]


def test_nodes_are_called_by_their_names_or_numbers() -> None:
    day = InstanceBuilder()
    day.add_depot(0, 0, name="yard")
    day.add_client(1, 0)
    instance = day.build()
    assert [instance.label(node) for node in range(2)] == ["yard", "1"]


def test_the_builder_takes_every_field_of_a_vehicle_type() -> None:
    from routewright.data.builder import VehicleFields

    assert set(VehicleFields.__annotations__) == set(VehicleType.__dataclass_fields__)


def test_a_copy_says_what_it_cannot_change() -> None:
    instance = Instance.build(coords=[(0, 0), (1, 1)])
    with pytest.raises(
        InstanceError, match=r"replace: capacity is a word of Instance\.build; a copy has other vehicle"
    ):
        instance.replace(capacity=9)
    with pytest.raises(InstanceError, match="no field 'demnad'"):
        instance.replace(demnad=1)
