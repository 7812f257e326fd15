"""So do policies: see the tests of environments."""

import pytest
import torch

from routewright.envs import VRPEnv, sample
from routewright.policies import Policy
from routewright.policies.decoding import greedy
from routewright.policies.decoding.choose import draw
from routewright.policies.networks import attend, folded
from tests.envs.operations import Operations
from tests.policies.cases import BATCHES, KINDS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", BATCHES)
def test_no_question_waits_for_the_device(kind: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    policy, env, batch, generator = Policy(KINDS[kind]), VRPEnv(), BATCHES[what](), torch.Generator().manual_seed(1)
    cache = policy.encode(batch).detached()
    state = env.reset(batch, 4)
    state = env.step(state, sample(state["mask"], generator))
    for module in (attend, folded):  # what they look at on a processor
        monkeypatch.setattr(module, "exact", lambda _: True)
    with torch.no_grad(), Operations() as asked:
        scores = policy.scores(cache, state)
        greedy(scores)
        draw(scores.softmax(-1), generator)
    assert asked.waiting() == []
