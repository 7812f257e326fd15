"""The edges of known solutions, counted by hand, and heat that learns them."""

from collections.abc import Sequence

import pytest
import torch
from torch import Tensor

from routewright.data.batch import to_actions, to_tensordict
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.envs import VRPEnv
from routewright.policies import Policy, Rollout, replay
from routewright.policies.objectives import edges, successors
from tests.policies.cases import KINDS, mixed_sizes

ENV = VRPEnv(strict=True)
ROUTES = [[3, 1, 2], [5, 4]]


def followed(instances: Sequence[Instance], routes: Sequence[list[list[int]]]) -> Rollout:
    batch = to_tensordict(instances)
    each = [to_actions(one, Solution.from_routes(its), batch) for one, its in zip(instances, routes, strict=True)]
    longest = max(map(len, each))
    actions = torch.tensor([[*own, *[0] * (longest - len(own))] for own in each])
    return replay(Policy(KINDS["heatmap"]), ENV, batch, actions[:, None])


def small(n: int = 5) -> Instance:
    return generate("uniform", n, 1, capacity=30)


def table(nodes: int, entries: dict[tuple[int, int], float]) -> Tensor:
    found = torch.zeros(nodes, nodes)
    for place, share in entries.items():
        found[place] = share
    return found


def test_a_client_has_one_successor_and_the_depot_one_for_each_route() -> None:
    (found,) = successors(followed([small()], [ROUTES]), torch.tensor([False]))
    ones = {(3, 1): 1.0, (1, 2): 1.0, (2, 0): 1.0, (5, 4): 1.0, (4, 0): 1.0}
    assert torch.equal(found, table(6, ones | {(0, 3): 0.5, (0, 5): 0.5}))


def test_both_neighbours_count_half_where_routes_may_be_turned_round() -> None:
    (found,) = successors(followed([small()], [ROUTES]), torch.tensor([True]))
    halves = {(3, 0): 0.5, (3, 1): 0.5, (1, 3): 0.5, (1, 2): 0.5, (2, 1): 0.5, (2, 0): 0.5}
    halves |= {(5, 0): 0.5, (5, 4): 0.5, (4, 5): 0.5, (4, 0): 0.5}
    assert torch.equal(found, table(6, halves | {(0, each): 0.25 for each in (3, 2, 5, 4)}))


def test_a_client_alone_in_a_route_has_the_depot_on_both_sides() -> None:
    (found,) = successors(followed([small(2)], [[[1], [2]]]), torch.tensor([True]))
    assert torch.equal(found, table(3, {(1, 0): 1.0, (2, 0): 1.0, (0, 1): 0.5, (0, 2): 0.5}))


def test_padding_has_no_share() -> None:
    rollout = followed([small(), small(2)], [ROUTES, [[2, 1]]])
    whole, padded = successors(rollout, torch.tensor([True, False]))
    assert torch.equal(whole, successors(followed([small()], [ROUTES]), torch.tensor([True]))[0])
    assert torch.equal(padded, table(6, {(0, 2): 1.0, (2, 1): 1.0, (1, 0): 1.0}))


def test_it_is_the_mean_cross_entropy_of_the_nodes_that_something_follows() -> None:
    shares = successors(followed([small(), small(2)], [ROUTES, [[2, 1]]]), torch.tensor([False, False]))
    log_heat = torch.randn(shares.shape, generator=torch.Generator().manual_seed(1)).log_softmax(-1)
    one, other = log_heat
    by_hand = [one[3, 1], one[1, 2], one[2, 0], one[5, 4], one[4, 0], (one[0, 3] + one[0, 5]) / 2]
    by_hand += [other[0, 2], other[2, 1], other[1, 0]]
    torch.testing.assert_close(edges(log_heat, shares), -torch.stack(by_hand).mean())


def test_its_gradient_is_that_of_finite_differences_and_of_softmax_less_shares() -> None:
    shares = successors(followed([small()], [ROUTES]), torch.tensor([True])).double()
    heat = torch.randn(1, 6, 6, dtype=torch.float64, generator=torch.Generator().manual_seed(1), requires_grad=True)

    def loss(heat: Tensor) -> Tensor:
        return edges(heat.masked_fill(torch.eye(6, dtype=torch.bool), -torch.inf).log_softmax(-1), shares)

    assert torch.autograd.gradcheck(loss, (heat,))
    (gradient,) = torch.autograd.grad(loss(heat), heat)
    likely = heat.detach().masked_fill(torch.eye(6, dtype=torch.bool), -torch.inf).softmax(-1)
    torch.testing.assert_close(gradient, (likely - shares) / 6)


@pytest.mark.parametrize("real", [True, False])
def test_masked_rows_leave_gradients_finite(real: bool) -> None:
    policy, batch = Policy(KINDS["heatmap"]), mixed_sizes()
    log_heat = policy.heatmap(batch)
    legal = log_heat.isfinite()
    shares = torch.where(legal, 1.0 / legal.sum(-1, keepdim=True), 0.0) if real else torch.zeros_like(log_heat)
    torch.autograd.backward(edges(log_heat, shares))
    gradients = [each.grad for each in policy.decoder.parameters() if each.grad is not None]
    assert gradients
    assert all(bool(each.isfinite().all()) for each in gradients)
    assert any(bool(each.any()) for each in gradients) == real
