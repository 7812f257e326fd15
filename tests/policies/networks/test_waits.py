"""Waiting and urgency, against numbers worked out by hand."""

import pytest
import torch

from routewright.data.batch import to_tensordict
from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.policies.config import PolicyConfig
from routewright.policies.frame import frame
from routewright.policies.networks.waits import Waits, timing
from tests.policies.cases import drawn

COORDS = [[0, 0], [3, 4], [0, 10], [10, 0]]
"""The extent is 10, so that a unit of time is 10 too."""


def test_waiting_and_what_is_left_are_those_of_the_way_there() -> None:
    windows = [[0.0, 100.0], [20.0, 30.0], [0.0, 12.0], [0.0, float("inf")]]
    batch = to_tensordict([Instance.build(coords=COORDS, delivery=[0, 1, 1, 1], capacity=3, windows=windows)])
    its = timing(batch, frame(batch))
    assert its is not None
    waits = Waits()
    clock = torch.tensor([[[0.3], [0.3]]])  # at time 3
    node = torch.tensor([[0, 2]])
    way = (3**2 + 6**2) ** 0.5
    with torch.no_grad():
        waits.weights.copy_(torch.tensor([1.0, 0.0]))
        expected = torch.tensor([[[0.0, (20 - 3 - 5) / 10, 0.0, 0.0], [0.0, (20 - 3 - way) / 10, 0.0, 0.0]]])
        torch.testing.assert_close(waits(its, node, clock), expected)
        waits.weights.copy_(torch.tensor([0.0, 1.0]))
        expected = torch.tensor([[[0.0, 2.2, -0.1, 0.0], [0.0, (30 - 3 - way) / 10, 0.9, 0.0]]])
        torch.testing.assert_close(waits(its, node, clock), expected)


def test_where_no_window_closes_there_is_nothing_to_wait_for() -> None:
    plain, timed = drawn(2, 5, variants=("CVRP",)), drawn(2, 5, variants=("VRPTW",))
    assert timing(plain, frame(plain)) is None
    assert timing(timed, frame(timed)) is not None


def test_a_policy_that_does_not_know_the_time_cannot_wait() -> None:
    with pytest.raises(RoutewrightError, match="wait_bias needs 'clock' in context"):
        PolicyConfig(wait_bias=True)
