"""Policies as functions of batches and states."""

import subprocess
import sys

import pytest
import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.batch import to_tensordict
from routewright.data.errors import RoutewrightError, UnsupportedError
from routewright.data.generators import generate
from routewright.envs import VRPEnv, sample
from routewright.policies import Policy, PolicyConfig
from routewright.policies.networks.pointer import Pointer
from routewright.policies.policy import HeatCache
from tests.envs.cases import TRIPS
from tests.policies.cases import KINDS, MIXTURE, SMALL, double, drawn, mixed_sizes, on_roads

ENV = VRPEnv()


def later(batch: TensorDict, steps: int = 3) -> list[Tensor]:
    """Actions of some steps of three starts, by chance."""
    generator, state = torch.Generator().manual_seed(3), ENV.reset(batch, starts=3)
    actions = []
    for _ in range(steps):
        actions.append(sample(state["mask"], generator))
        state = ENV.step(state, actions[-1])
    return actions


def scores(policy: Policy, batch: TensorDict, actions: list[Tensor]) -> Tensor:
    """Log-probabilities [B, 3, N] after some actions."""
    state = ENV.reset(batch, starts=3)
    for action in actions:
        state = ENV.step(state, action)
    with torch.no_grad():
        return policy.scores(policy.encode(batch), state).log_softmax(-1)


@pytest.mark.parametrize("kind", KINDS)
def test_permuting_clients_permutes_the_answer(kind: str, generator: torch.Generator) -> None:
    policy = Policy(KINDS[kind]).eval()
    for batch in (drawn(4, 7), on_roads()):
        doors, nodes = batch["vehicles"].shape[1], batch["clients"].shape[1]
        order = torch.cat([torch.arange(doors), doors + torch.randperm(nodes - doors, generator=generator)])
        moved = batch.clone()
        for name in ("coords", "clients", "delivery", "pickup", "required", "prize", "windows", "service"):
            moved[name] = batch[name][:, order]
        for name in ("distances", "durations"):
            if name in batch:
                moved[name] = batch[name][:, order][:, :, order]
        actions = later(batch)
        place = order.argsort()
        other = scores(policy, moved, [place[action] for action in actions])
        torch.testing.assert_close(other, scores(policy, batch, actions)[..., order], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_alone_gets_the_answer_that_it_gets_in_a_batch_where_it_is_padded(kind: str) -> None:
    policy, together = Policy(KINDS[kind]).eval(), mixed_sizes()
    actions = later(together)
    answers = scores(policy, together, actions)
    doors = together["vehicles"].shape[1]
    for row, name in enumerate(MIXTURE):
        instance = generate("mtvrp", 5 + row % 4, row, variant=name)
        alone = to_tensordict([instance])
        shift = doors - instance.depots
        own = [
            torch.where(each[row : row + 1] < doors, each[row : row + 1], each[row : row + 1] - shift)
            for each in actions
        ]
        places = [*range(instance.depots), *range(doors, doors + instance.n_clients)]
        torch.testing.assert_close(scores(policy, alone, own)[0], answers[row][:, places], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("kind", ["prenorm", "instance norm", "adaptive bias", "graph", "heatmap"])
def test_places_and_units_do_not_matter(kind: str) -> None:
    policy, batch = Policy(KINDS[kind]), drawn(4, 7)
    batch = double(batch)
    policy = policy.double().eval()
    larger = batch.clone()
    larger["coords"] = batch["coords"] * 1000 + 77
    for name in ("unit", "windows", "service", "shift", "max_distance", "max_duration", "fixed_cost"):
        larger[name] = batch[name] * 1000
    larger["delivery"], larger["pickup"] = batch["delivery"] * 5, batch["pickup"] * 5
    larger["capacity"] = batch["capacity"] * 5
    actions = later(batch)
    torch.testing.assert_close(scores(policy, larger, actions), scores(policy, batch, actions), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_new_columns_leave_the_function_as_it_is(kind: str) -> None:
    policy, batch = Policy(KINDS[kind]).eval(), drawn(4, 7)
    wider = policy.extended(
        doors=("vehicles", "fixed_cost"), clients=("prize", "partner_x"), context=("to_serve", "span")
    )
    actions = later(batch)
    assert torch.equal(scores(wider, batch, actions), scores(policy, batch, actions))
    assert wider.config.doors[-2:] == ("vehicles", "fixed_cost")


def test_new_columns_learn() -> None:
    wider = Policy(SMALL).extended(context=("to_serve",))
    batch = drawn(4, 7)
    state = ENV.reset(batch, starts=3)
    wider(batch, state).softmax(-1)[..., -1].sum().backward()
    assert isinstance(wider.decoder, Pointer)
    grown = wider.decoder.context
    assert grown.weight.grad is not None
    assert grown.weight.grad[-1].abs().sum() > 0


def test_a_column_cannot_be_added_twice() -> None:
    with pytest.raises(RoutewrightError, match="'x' is named twice"):
        Policy(SMALL).extended(clients=("x",))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"clients": ("x", "hue")}, "client feature 'hue' is unknown, must be one of x, y"),
        ({"doors": ("hue",)}, "door feature 'hue' is unknown"),
        ({"context": ("mood",)}, "context feature 'mood' is unknown"),
        ({"encoder": "lstm"}, "encoder is 'lstm', must be one of postnorm, prenorm, graph"),
        ({"decoder": "heatmap"}, "reads a graph"),
        ({"width": 10, "heads": 4}, "width is 10"),
        ({"layers": 0}, "layers is 0"),
        ({"encoder": "postnorm", "norm": "group"}, "norm is 'group', must be one of instance, batch"),
        ({"attention_bias": "some"}, "attention_bias is 'some', must be one of none, distance, adaptive"),
    ],
)
def test_what_is_unknown_is_refused_by_name(changes: dict[str, object], message: str) -> None:
    with pytest.raises(RoutewrightError, match=message):
        Policy(SMALL.but(**changes))


def test_batches_with_reloads_are_refused() -> None:
    batch = to_tensordict([TRIPS["trips"](5, 1)])
    with pytest.raises(UnsupportedError, match="policies do not know several trips: max_trips=1"):
        Policy(PolicyConfig()).encode(batch)


def test_configurations_survive_being_written() -> None:
    for config in KINDS.values():
        assert PolicyConfig.from_json(config.to_json()) == config
    with pytest.raises(RoutewrightError, match="'depth' is no part of a policy"):
        PolicyConfig.from_json('{"depth": 3}')
    with pytest.raises(RoutewrightError, match="no configuration"):
        PolicyConfig.from_json("[1]")


def test_first_weights_depend_on_the_seed_and_leave_the_global_stream_alone() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    one, same, other = Policy(SMALL, seed=1), Policy(SMALL, seed=1), Policy(SMALL, seed=2)
    assert torch.equal(torch.rand(3), expected)
    weights = [policy.state_dict()["decoder.query.weight"] for policy in (one, same, other)]
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])


def test_heat_is_a_distribution_over_the_others() -> None:
    policy, batch = Policy(KINDS["heatmap"]), mixed_sizes()
    heat = policy.heatmap(batch)
    torch.testing.assert_close(heat.exp().sum(-1), torch.ones(heat.shape[:2]))
    assert not heat.exp().diagonal(dim1=1, dim2=2).any()
    assert isinstance(policy.encode(batch), HeatCache)
    with pytest.raises(RoutewrightError, match="only 'heatmap'"):
        Policy(SMALL).heatmap(batch)


def test_policies_need_no_solver_and_no_command_line() -> None:
    names = ("policies", "policies.decoding", "policies.objectives")
    code = f"import sys, {', '.join(f'routewright.{name}' for name in names)}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"ortools", "pyvrp", "typer", "lightning", "torch_geometric", "routewright.solvers"}


def test_more_inputs_do_not_change_the_type_of_weights() -> None:
    wider = Policy(SMALL.but(context=("load_left",))).double().extended(context=("clock",))
    assert {value.dtype for value in wider.parameters()} == {torch.float64}
