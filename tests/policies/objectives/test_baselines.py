"""What costs are compared with."""

from collections.abc import Callable

import pytest
import torch

from routewright.envs import VRPEnv
from routewright.policies import Critic, Policy
from routewright.policies.decoding import decode
from routewright.policies.networks.pointer import Pointer
from routewright.policies.objectives import (
    Baseline,
    CriticBaseline,
    ExponentialBaseline,
    GreedyBaseline,
    NoBaseline,
    SharedBaseline,
    lesson,
)
from routewright.policies.stranded import Priced, priced
from tests.policies.cases import SMALL, drawn

ENV = VRPEnv()
BATCH = drawn(4, 6, variants=("CVRP",))
MAKERS: dict[str, Callable[[], Baseline]] = {
    "none": NoBaseline,
    "exponential": ExponentialBaseline,
    "shared": SharedBaseline,
    "critic": lambda: CriticBaseline(Critic(SMALL)),
    "greedy": lambda: GreedyBaseline(Policy(SMALL, seed=3), ENV),
}


def costs(*rows: list[float]) -> Priced:
    return priced(torch.tensor(rows))


def attracted(policy: Policy, weight: float) -> None:
    assert isinstance(policy.decoder, Pointer)
    assert policy.decoder.farness is not None
    policy.decoder.farness.data.fill_(weight)


def test_values_by_hand() -> None:
    two = costs([1.0, 3.0], [6.0, 6.0])
    assert NoBaseline().value(BATCH, two).item() == 0.0
    assert SharedBaseline().value(BATCH, two).tolist() == [[2.0], [6.0]]
    running = ExponentialBaseline(keep=0.8)
    assert running.value(BATCH, two).item() == pytest.approx(4.0)  # the first batch's mean, and no share of 0
    assert running.value(BATCH, costs([13.0])).item() == pytest.approx((0.8 * 0.2 * 4 + 0.2 * 13) / 0.36)


def test_rows_that_failed_do_not_count() -> None:
    inf = float("inf")
    running = ExponentialBaseline()
    assert running.value(BATCH, costs([inf, inf], [2.0, 4.0])).item() == pytest.approx(3.0)
    assert running.value(BATCH, costs([inf, inf])).item() == pytest.approx(3.0)


@pytest.mark.parametrize("name", MAKERS)
def test_states_survive_being_saved(name: str) -> None:
    one, other = MAKERS[name](), MAKERS[name]()
    some = priced(torch.rand(4, 2, generator=torch.Generator().manual_seed(1)))
    one.value(BATCH, some)
    other.load_state_dict(one.state_dict())
    torch.testing.assert_close(other.value(BATCH, some), one.value(BATCH, some))


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_training_with_any_of_them_improves_on_the_untrained_policy(name: str, generator: torch.Generator) -> None:
    policy, baseline, fixed = Policy(SMALL.but(logit_bias=True)), MAKERS[name](), drawn(32, 8, 5, ("CVRP",))
    before = decode(policy, ENV, fixed).cost.mean()
    optimiser = torch.optim.Adam(
        [*policy.parameters(), *(p for p in baseline.parameters() if p.requires_grad)], lr=0.005
    )
    for step in range(30):
        learnt = lesson(policy, ENV, drawn(32, 8, step, ("CVRP",)), baseline, generator, starts=4)
        optimiser.zero_grad()
        torch.autograd.backward(learnt.loss)
        torch.nn.utils.clip_grad_norm_(policy.parameters(), 1.0)
        optimiser.step()
    assert decode(policy, ENV, fixed).cost.mean() < before - 0.05


def test_the_greedy_baseline_is_replaced_only_by_what_is_clearly_better() -> None:
    weak, strong = Policy(SMALL), Policy(SMALL.but(logit_bias=True))
    fixed = drawn(60, 8, 5, ("CVRP",))
    attracted(strong, 30.0)  # goes to the nearest
    baseline = GreedyBaseline(strong, ENV)
    assert not baseline.challenge(strong, fixed)  # as good
    lost = decode(weak, ENV, fixed).cost.mean() - decode(strong, ENV, fixed).cost.mean()
    assert lost > 0.1
    other = Policy(SMALL.but(logit_bias=True))
    attracted(other, -30.0)  # goes to the farthest
    behind = GreedyBaseline(other, ENV)
    assert behind.challenge(strong, fixed)
    torch.testing.assert_close(behind.value(fixed, costs([1.0]))[:, 0], decode(strong, ENV, fixed).cost)
    assert not behind.challenge(other, fixed)


def test_a_critic_learns_costs() -> None:
    critic = Critic(SMALL)
    baseline = CriticBaseline(critic)
    batch = drawn(16, 6, variants=("CVRP",))
    wanted = priced(decode(Policy(SMALL), ENV, batch).cost[:, None])
    optimiser = torch.optim.Adam(critic.parameters(), lr=0.01)
    losses = []
    for _ in range(60):
        loss = baseline.loss(batch, wanted)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < 0.05 * losses[0]
    assert not baseline.value(batch, wanted).requires_grad
