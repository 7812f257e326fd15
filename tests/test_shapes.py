"""Signatures say the shapes that tensors have."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from jaxtyping import TypeCheckError

from routewright.data.batch import to_tensordict
from routewright.data.generators import generate
from routewright.envs import VRPEnv
from routewright.policies.decoding import greedy
from routewright.policies.stranded import priced

EVERYTHING = """
from tests.shapes import ALL, check_shapes

check_shapes(ALL)

import torch

from routewright.data.batch import to_tensordict
from routewright.envs import VRPEnv, rollout, sample
from routewright.policies import Critic, Policy
from routewright.policies.decoding import METHODS, decode
from routewright.policies.objectives import CriticBaseline, VariantNormaliser, lesson
from tests.envs.cases import EVERY
from tests.policies.cases import BATCHES, KINDS, SMALL

env, generator = VRPEnv(), torch.Generator().manual_seed(1)
for make in EVERY.values():
    batch = to_tensordict([make(3, seed) for seed in range(2)])
    rollout(env, batch, lambda state: sample(state["mask"], generator), starts=2)
for method in METHODS:
    options = {"iterations": 1} if method == "active" else {}
    decode(Policy(SMALL), env, BATCHES["mixed sizes"](), method, augmentation="eightfold", rows=24, **options)
for config in KINDS.values():
    critic = CriticBaseline(Critic(SMALL))
    taught = lesson(Policy(config), env, BATCHES["drawn"](), critic, generator, normaliser=VariantNormaliser())
    taught.loss.backward()
print("checked", Policy.scores.__wrapped__.__name__, VRPEnv._ready.__wrapped__.__name__)
"""


@pytest.mark.slow
def test_all_functions_of_environments_and_policies_keep_to_their_signatures() -> None:
    done = subprocess.run(
        [sys.executable, "-c", EVERYTHING], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "checked scores _ready\n"), done.stderr[-3000:]


def test_calls_are_checked_in_all_tests() -> None:
    with pytest.raises(TypeCheckError, match="Greedy"):
        greedy(torch.zeros(2, 3, 4, dtype=torch.int64))
    with pytest.raises(TypeCheckError, match="priced"):
        priced(torch.zeros(4))
    env = VRPEnv()
    with pytest.raises(TypeCheckError, match="step"):
        env.step(env.reset(to_tensordict([generate("mtvrp", 5, 1)])), torch.zeros(1))
