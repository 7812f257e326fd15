"""Inputs by hand."""

import numpy as np
import pytest
import torch

from routewright.data.batch import to_tensordict
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.envs import VRPEnv
from routewright.policies.context import CONTEXT, context_features
from routewright.policies.features import DOORS, NODES, client_features, door_features
from routewright.policies.frame import frame
from tests.envs.cases import EVERY, TRIPS

LARGE = 100.0
"""No input is larger, whatever the units."""

INSTANCE = Instance.build(
    coords=[[10, 10], [10, 30], [50, 10], [30, 20]],
    delivery=[0, 5, 0, 10],
    pickup=[0, 0, 8, 0],
    windows=[[0.0, 200.0], [20.0, 60.0], [0.0, float("inf")], [0.0, 80.0]],
    service=[0, 4, 0, 8],
    vehicle_types=[VehicleType(capacity=(20,), max_distance=120, end=None, speed=0.5)],
)


def read(names: list[str], table: str) -> dict[str, list[float]]:
    batch = to_tensordict([INSTANCE], dtype=torch.float64)
    its = frame(batch)
    features = door_features(batch, its, names) if table == "doors" else client_features(batch, its, names)
    return {name: [round(value, 6) for value in features[0, :, column].tolist()] for column, name in enumerate(names)}


def test_clients_are_measured_by_the_extent_the_capacity_and_the_time_to_cross() -> None:
    assert read(["x", "y", "delivery", "pickup", "opens", "closes", "windowed", "service"], "clients") == {
        "x": [0.0, 1.0, 0.5],
        "y": [0.5, 0.0, 0.25],
        "delivery": [0.25, 0.0, 0.5],
        "pickup": [0.0, 0.4, 0.0],
        "opens": [0.25, 0.0, 0.0],  # 40 wide at speed 0.5
        "closes": [0.75, 2.5, 1.0],
        "windowed": [1.0, 0.0, 1.0],
        "service": [0.05, 0.0, 0.1],
    }


def test_doors_say_what_holds_for_their_vehicles() -> None:
    names = ["limit", "limited", "open", "mixed", "classic", "capacity", "longest_time", "closes", "vehicles"]
    assert read(names, "doors") == {
        "limit": [3.0], "limited": [1.0], "open": [1.0], "mixed": [1.0], "classic": [0.0], "capacity": [1.0],
        "longest_time": [0.0], "closes": [2.5], "vehicles": [0.0],
    }  # fmt: skip


def test_context_follows_the_route() -> None:
    batch = to_tensordict([INSTANCE], dtype=torch.float64)
    env = VRPEnv()
    its, state = frame(batch), env.reset(batch, starts=1)
    state = env.step(state, torch.tensor([[1]]))
    names = ["load_left", "clock", "length_left", "on_road", "open", "to_serve"]
    seen = dict(zip(names, context_features(its, state, names)[0, 0].tolist(), strict=True))
    wanted = {
        "load_left": 0.75, "clock": (40 + 4) / 80, "length_left": 100 / 40, "on_road": 1.0, "open": 1.0,
        "to_serve": 2 / 3,
    }  # fmt: skip
    assert seen == pytest.approx(wanted, rel=1e-5)  # limits have the tolerance of the judge


@pytest.mark.parametrize("name", [name for name in EVERY if name not in TRIPS])
def test_all_inputs_of_all_kinds_of_instances_are_of_usual_size(name: str) -> None:
    batch = to_tensordict([EVERY[name](n, seed) for n, seed in ((2, 1), (9, 2), (6, 3))])
    its, env = frame(batch), VRPEnv()
    assert door_features(batch, its, tuple(DOORS)).abs().max() < LARGE
    assert client_features(batch, its, tuple(NODES)).abs().max() < LARGE
    state = env.reset(batch, starts=2)
    for _ in range(4):
        assert context_features(its, state, tuple(CONTEXT)).abs().max() < LARGE
        state = env.step(state, state["mask"].int().argmax(-1))


def test_who_never_closes_is_less_urgent_than_who_does() -> None:
    inf = float("inf")
    some = Instance.build(coords=np.eye(4)[:, :2], windows=np.array([[0, 20], [0, 5], [0, inf], [0, 1e9]]))
    all_day = Instance.build(coords=np.eye(4)[:, :2], windows=np.array([[0, inf], [0, 5], [0, inf], [0, 8]]))
    never = Instance.build(coords=np.eye(4)[:, :2])
    batch = to_tensordict([some, all_day, never])
    its = frame(batch)
    closes = NODES["closes"](batch, its) * its.time
    torch.testing.assert_close(closes[:, 1:], torch.tensor([[5.0, 20.0, 20.0], [5.0, 8.0, 8.0], [0.0, 0.0, 0.0]]))


def test_a_type_without_a_capacity_has_all_the_room_that_others_have() -> None:
    types = [VehicleType(capacity=(9,)), VehicleType(fixed_cost=50)]
    batch = to_tensordict([Instance.build(coords=np.eye(4)[:, :2], delivery=[0, 5, 6, 7], vehicle_types=types)])
    env = VRPEnv()
    state = env.step(env.reset(batch), torch.tensor([1]))
    assert context_features(frame(batch), state, ("load_left",)).tolist() == [[[1.0]]]
