"""Tours from every city are tours from the depot."""

import pytest
import torch
from tensordict import TensorDict

from routewright.data.batch import to_tensordict
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.envs import VRPEnv
from routewright.policies import Policy, roll_out
from routewright.policies.decoding import decode, greedy, roots
from routewright.policies.decoding.roots import exchanged, from_roots, tours
from tests.policies.cases import KINDS

ENV = VRPEnv(strict=True)


def on_the_plane() -> TensorDict:
    """Of several sizes."""
    return to_tensordict([generate("tsp", n, seed) for seed, n in enumerate((6, 9, 7))])


def on_roads(generator: torch.Generator) -> TensorDict:
    ways = torch.rand(2, 6, 6, generator=generator).double().numpy()
    for way in ways:
        way.flat[::7] = 0.0
    return to_tensordict([Instance.build(distances=way, vehicles=1) for way in ways])


@pytest.mark.parametrize("kind", ["plane", "roads"])
def test_episodes_are_legal_and_cost_what_they_did_from_the_other_city(kind: str, generator: torch.Generator) -> None:
    batch = on_the_plane() if kind == "plane" else on_roads(generator)
    found = from_roots(Policy(KINDS["prenorm"]), ENV, batch, 0, 10)
    state = ENV.reset(batch, 10)
    for step in range(found.actions.shape[2]):
        state = ENV.step(state, found.actions[..., step])
    assert bool(state["done"].all())
    torch.testing.assert_close(ENV.cost(state), found.cost)


def test_the_first_root_is_the_depot_and_each_has_its_own_view() -> None:
    policy, batch = Policy(KINDS["prenorm"]), on_the_plane()
    found = from_roots(policy, ENV, batch, 0, 9)
    assert torch.equal(found.actions[:, 0], roll_out(policy, ENV, batch, greedy).actions[:, 0])
    one = exchanged(batch, torch.tensor([3, 3, 3]))
    torch.testing.assert_close(found.cost[:, 3], roll_out(policy, ENV, one, greedy).cost[:, 0])
    assert len(set(found.cost[1].tolist())) > 3
    later = from_roots(policy, ENV, batch, 4, 3)
    torch.testing.assert_close(
        later.cost, found.cost[:, 4:7].where(torch.tensor([[5.0], [8.0], [6.0]]) >= torch.arange(4, 7), later.cost)
    )


def test_many_starts_of_a_tour_are_these() -> None:
    policy, batch = Policy(KINDS["prenorm"]), on_the_plane()
    torch.testing.assert_close(
        decode(policy, ENV, batch, "multistart").cost, from_roots(policy, ENV, batch, 0, 9).cost.amin(-1)
    )


def test_whatever_has_a_rule_is_no_tour() -> None:
    assert tours(on_the_plane())
    assert not tours(to_tensordict([generate("mtvrp", 6, 1, variant="CVRP")]))
    coords = generate("tsp", 6, 1).coords
    for rule in ({"service": 1.0}, {"windows": [[0.0, 9.0]] * 6}, {"release": 2.0}):
        assert not tours(to_tensordict([Instance.build(coords=coords, vehicles=1, **rule)])), rule


def test_roots_are_played_a_few_at_a_time_where_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    policy, batch = Policy(KINDS["prenorm"]), on_the_plane()
    whole = from_roots(policy, ENV, batch, 0, 9)
    monkeypatch.setitem(roots.NODES, "cpu", 4 * batch["clients"].numel())
    parts = from_roots(policy, ENV, batch, 0, 9)
    assert torch.equal(parts.actions, whole.actions)
    assert torch.equal(parts.free, whole.free)
    torch.testing.assert_close(parts.cost, whole.cost)
