"""A policy of your own: where to go next is read off pairs of places, by a network of 200 weights.

Run it with ``python examples/own_policy.py``.
"""

import sys

import torch
from tensordict import TensorDict
from torch import nn

import routewright as rw
from routewright.envs.generators import mtvrp
from routewright.policies.decoding import decode
from routewright.policies.frame import frame
from routewright.policies.networks.relations import distances
from routewright.policies.objectives import SharedBaseline, lesson
from routewright.policies.policy import HeatCache


class Pairs(rw.Policy):
    """Scores by distance and by how far from the depot a place is. What is masked is not its business."""

    def __init__(self) -> None:
        nn.Module.__init__(self)  # not Policy's, which would build networks of a configuration
        self.decoder = nn.Sequential(nn.Linear(3, 40), nn.ReLU(), nn.Linear(40, 1))

    def encode(self, batch: TensorDict) -> HeatCache:
        """A number for each pair of places, [B, N, N]."""
        its = frame(batch)
        far = distances(batch, its)
        away = far[:, :1].expand_as(far)
        pairs = torch.stack([far, away, away.transpose(1, 2)], dim=-1)
        return HeatCache(its, self.decoder(pairs)[..., 0])


def main(steps: int = 60) -> tuple[float, float]:
    """Learn for a moment; returns the mean cost of unseen instances before and after."""
    torch.manual_seed(1)  # of the first weights
    policy, env, generator = Pairs(), rw.VRPEnv(), torch.Generator().manual_seed(1)
    unseen = mtvrp(100, 20, generator)
    before = float(decode(policy, env, unseen, "greedy").cost.mean())
    optimiser = torch.optim.Adam(policy.parameters(), lr=0.02)
    for _ in range(steps):
        learnt = lesson(policy, env, mtvrp(32, 20, generator), SharedBaseline(), generator, starts=20)
        optimiser.zero_grad()
        learnt.loss.backward()
        optimiser.step()
    return before, float(decode(policy, env, unseen, "greedy").cost.mean())


if __name__ == "__main__":
    sys.stdout.write("mean cost before {:.2f}, after {:.2f}\n".format(*main()))
