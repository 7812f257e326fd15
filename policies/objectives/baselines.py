"""What the cost of an episode is compared with; states are saved and loaded like those of networks."""

import copy
from abc import ABC, abstractmethod

import torch
from jaxtyping import Float
from tensordict import TensorDict
from torch import Tensor, nn

from routewright.envs.env import VRPEnv
from routewright.policies.critic import Critic
from routewright.policies.decoding.choose import greedy
from routewright.policies.objectives.normalise import VariantNormaliser
from routewright.policies.objectives.processes import over_processes
from routewright.policies.policy import Policy
from routewright.policies.rollout import roll_out
from routewright.policies.stranded import Priced


class Baseline(nn.Module, ABC):
    """An expectation of costs that does not depend on the actions of the episode that it is compared with."""

    @abstractmethod
    def value(self, batch: TensorDict, costs: Priced) -> Float[Tensor, "..."]:
        """What broadcasts to the costs; without gradients."""

    def loss(self, batch: TensorDict, costs: Priced) -> Float[Tensor, ""] | None:
        """What the baseline itself has to learn, if it learns by gradients."""
        return None


class NoBaseline(Baseline):
    """0."""

    def value(self, batch: TensorDict, costs: Priced) -> Float[Tensor, ""]:
        """See ``Baseline``."""
        return costs.cost.new_zeros(())


class ExponentialBaseline(Baseline):
    """A running mean of the costs of all batches, those of all processes, this one included, weighted as in Adam.

    Args:
        keep: weight of what is known already.
    """

    total: Tensor
    weight: Tensor

    def __init__(self, keep: float = 0.8) -> None:
        super().__init__()
        self.keep = keep
        self.register_buffer("total", torch.zeros(()))
        self.register_buffer("weight", torch.zeros(()))

    @torch.no_grad()
    def value(self, batch: TensorDict, costs: Priced) -> Float[Tensor, ""]:
        """See ``Baseline``; counts the batch."""
        counted = costs.counts.to(costs.cost.dtype)
        whole, number = over_processes(
            torch.stack([(costs.cost * counted).sum(), counted.sum() * costs.cost.shape[1]])
        )  # fmt: skip
        if bool(number > 0):
            self.total.mul_(self.keep).add_((1 - self.keep) * whole / number)
            self.weight.mul_(self.keep).add_(1 - self.keep)
        return self.total / self.weight.clamp(min=1e-12)


class SharedBaseline(Baseline):
    """The mean over the starts of each instance: Kwon et al. (2020, POMO), equation 4."""

    def value(self, batch: TensorDict, costs: Priced) -> Float[Tensor, "batch 1"]:
        """See ``Baseline``."""
        return costs.cost.mean(-1, keepdim=True)


class CriticBaseline(Baseline):
    """A network that learns what instances cost.

    Args:
        critic: the network.
    """

    def __init__(self, critic: Critic) -> None:
        super().__init__()
        self.critic = critic

    @torch.no_grad()
    def value(self, batch: TensorDict, costs: Priced) -> Float[Tensor, "batch 1"]:
        """See ``Baseline``."""
        value: Tensor = self.critic(batch)
        return value[:, None]

    def loss(self, batch: TensorDict, costs: Priced) -> Float[Tensor, ""]:
        """Squared error of the mean over starts."""
        wrong: Tensor = (self.critic(batch)[:, None] - costs.cost.mean(-1, keepdim=True)).square()
        return wrong.masked_fill(~costs.counts, 0.0).sum() / costs.counts.sum().clamp(min=1)


class GreedyBaseline(Baseline):
    """The greedy cost of an earlier policy, replaced when a new one is better: Kool et al. (2019), section 4.

    Args:
        policy: the first one; a copy is kept.
        env: the environment.
        normaliser: of costs, where training uses one.
        significance: of the one-sided paired t-test.
    """

    def __init__(
        self, policy: Policy, env: VRPEnv, normaliser: VariantNormaliser | None = None, significance: float = 0.05
    ) -> None:
        super().__init__()
        self.policy = copy.deepcopy(policy).requires_grad_(requires_grad=False).eval()
        self._env, self._normaliser, self._significance = env, [normaliser], significance

    def value(self, batch: TensorDict, costs: Priced) -> Float[Tensor, "batch 1"]:
        """See ``Baseline``; the mean over an instance's starts stands in where the earlier policy fails on it."""
        cost = roll_out(self.policy, self._env, batch, greedy).cost
        normaliser = self._normaliser[0]
        if normaliser is not None:
            cost = normaliser(batch, Priced(cost, costs.counts)).cost
        return torch.where(cost.isfinite(), cost, costs.cost.mean(-1, keepdim=True))

    def challenge(self, policy: Policy, batch: TensorDict) -> bool:
        """Replace the policy by ``policy`` if that is significantly better on a batch that was not trained on."""
        from scipy.stats import ttest_rel

        was_training = policy.training
        new = roll_out(policy.eval(), self._env, batch, greedy).cost[:, 0]
        policy.train(was_training)
        old = roll_out(self.policy, self._env, batch, greedy).cost[:, 0]
        both = new.isfinite() & old.isfinite()
        less, than = new[both].double().cpu().numpy(), old[both].double().cpu().numpy()
        if len(less) < 2 or not less.mean() < than.mean():
            return False
        better = bool(ttest_rel(less, than, alternative="less").pvalue < self._significance)
        if better:
            self.policy.load_state_dict(policy.state_dict())
        return better

    def train(self, mode: bool = True) -> "GreedyBaseline":
        """The earlier policy always acts as after training."""
        super().train(mode)
        self.policy.eval()
        return self
