"""The module that Lightning trains: a thin shell around lots, lessons and validation."""

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from itertools import repeat
from typing import Any

import torch
from lightning.pytorch import LightningModule
from torch import Tensor
from torch.optim import Optimizer
from torch.optim.swa_utils import AveragedModel

from routewright.data.errors import RoutewrightError
from routewright.policies.checkpoint import load_policy
from routewright.policies.coverage import Coverage
from routewright.policies.evaluate import Evaluation
from routewright.policies.objectives import GreedyBaseline, Lesson
from routewright.policies.policy import Policy
from routewright.policies.training.covers import coverage
from routewright.policies.training.lot import Lot
from routewright.policies.training.recipe import Recipe
from routewright.policies.training.schedule import Progress, rate
from routewright.policies.training.sources import Source, source
from routewright.policies.training.streams import stream
from routewright.policies.training.teacher import Teacher
from routewright.policies.training.validation import Validator

LOT, SAMPLES, CHALLENGE = range(3)
"""What random numbers are for; see ``streams``."""


class Learner(LightningModule):
    """Trains one policy by a recipe. All randomness of a step follows from its number.

    Args:
        recipe: what to do.
    """

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.recipe = recipe
        self.policy = first_policy(recipe)
        self.teacher = Teacher(recipe.objective, self.policy)
        self.averaged: AveragedModel | None = None
        if recipe.optimiser.average:
            self.averaged = AveragedModel(self.policy, avg_fn=self._average).requires_grad_(requires_grad=False)
        self.progress = Progress(recipe)
        self.share = 0.0  # of training that is done; the same in all processes
        self._stepped = time.perf_counter()
        self._source = source(recipe.data, recipe.folder)
        self._validator = Validator(recipe.validation)

    @cached_property
    def covers(self) -> Coverage:
        """Which instances it learns to solve."""
        return coverage(self.recipe)

    @property
    def shipped(self) -> Policy:
        """The policy that is validated and saved."""
        chosen = self.policy if self.averaged is None else self.averaged.module
        assert isinstance(chosen, Policy)
        return chosen

    def training_step(self, batch: Tensor, index: int) -> Tensor:
        """The loss of the next step; ``batch`` is nothing, instances are drawn on the device."""
        with self._precision():
            learnt = self._learn(self.global_step)
        cost = learnt.rollout.cost
        solved = cost.isfinite()
        now, before = time.perf_counter(), self._stepped
        self._stepped = now
        numbers = {"loss": learnt.loss.detach(), "cost": cost[solved].mean(), "failed": 1.0 - solved.float().mean()}
        self.log_dict(numbers, sync_dist=True)
        self.log_dict(
            {
                "minutes": self.progress.minutes,
                "instances/s": len(cost) * self.trainer.world_size / (now - before),
            }
        )
        return learnt.loss

    def _learn(self, step: int) -> Lesson:
        number, again = divmod(step, self.teacher.updates)
        if again:
            return self.teacher.repeat(self.policy)
        return self.teacher.teach(self.policy, self._lot(number, LOT), self._stream(number, SAMPLES))

    def _lot(self, number: int, purpose: int) -> Lot:
        first = self.recipe.first is not None and self.share < self.recipe.first.share
        chosen = self._first if first else self._source
        return chosen.draw(self.recipe.batch, self._stream(number, purpose))

    @cached_property
    def _first(self) -> Source:
        """Read only where it is still needed."""
        assert self.recipe.first is not None
        return source(self.recipe.first, self.recipe.folder)

    def _stream(self, number: int, purpose: int) -> torch.Generator:
        rank = 0 if purpose == CHALLENGE else self.global_rank  # of a challenge all processes must think the same
        return stream(self.recipe.seed, number, purpose, rank, device=self.device)

    def _precision(self) -> AbstractContextManager[Any]:
        if self.recipe.precision == "float32":
            return nullcontext()
        return torch.autocast(self.device.type, torch.bfloat16, cache_enabled=False)  # a cache outlives no_grad

    def on_before_optimizer_step(self, optimizer: Optimizer) -> None:
        """The rate of this step."""
        for group in optimizer.param_groups:
            group["lr"] = rate(self.recipe.optimiser, self.share)

    def on_train_batch_end(self, outputs: Any, batch: Tensor, index: int) -> None:
        """Average weights, ask for a better baseline now and then, and stop at the end."""
        if self.averaged is not None:
            self.averaged.update_parameters(self.policy)
        baseline = self.teacher.baseline
        if isinstance(baseline, GreedyBaseline) and self.global_step % self.recipe.validation.every == 0:
            baseline.challenge(self.policy, self._lot(self.global_step, CHALLENGE).batch)
        self._look_at_the_clock()
        if self.share >= 1.0 and self.may_stop:
            self.trainer.should_stop = True

    def _average(self, mean: Tensor, weight: Tensor, count: Tensor | int) -> Tensor:
        """Young means forget sooner."""
        return mean.lerp(weight, 1.0 - min(self.recipe.optimiser.average, self.global_step / (self.global_step + 10)))

    def on_train_start(self) -> None:
        """Training may be half done, or done."""
        self._look_at_the_clock()
        if self.share >= 1.0:
            self.trainer.should_stop = True

    def _look_at_the_clock(self) -> None:
        """The first process's clock is that of all: with different rates, or an end of their own, they would part."""
        self.share = self.trainer.strategy.broadcast(self.progress.share(self.global_step))

    @property
    def may_stop(self) -> bool:
        """Whether training can go on from here: nothing is half learnt."""
        return self.global_step % self.teacher.updates == 0

    def validation_step(self, batch: Tensor, index: int) -> None:
        """Cost and gap on the reference set."""
        found = self._validator(self.shipped)
        if found is not None:
            numbers = {name: value for name, value in found._asdict().items() if isinstance(value, int | float)}
            self.log_dict({f"val_{name}": float(value) for name, value in numbers.items()}, sync_dist=True)

    def evaluation(self) -> Evaluation | None:
        """On the reference set; None without one."""
        return self._validator(self.shipped)

    def configure_optimizers(self) -> Optimizer:
        """AdamW; its rate is set in every step."""
        chosen = self.recipe.optimiser
        learning = [parameter for parameter in self.parameters() if parameter.requires_grad]
        return torch.optim.AdamW(learning, lr=chosen.rate, weight_decay=chosen.weight_decay, fused=True)

    def train_dataloader(self) -> Iterable[Tensor]:
        """Turns without content, without end."""
        return repeat(torch.zeros(()))

    def val_dataloader(self) -> Iterable[Tensor]:
        """One turn."""
        return torch.zeros(1)

    def on_save_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        """What Lightning does not know of."""
        checkpoint["minutes"] = self.progress.minutes
        checkpoint["recipe"] = self.recipe.model_dump_json()

    def on_load_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        """See ``on_save_checkpoint``."""
        self.progress.resume(checkpoint["minutes"])


def first_policy(recipe: Recipe) -> Policy:
    """New weights, or those to start from, with zero weights for inputs that they did not know.

    Raises:
        RoutewrightError: if the weights are of other networks.
    """
    config = recipe.config()
    if recipe.start_from is None:
        return Policy(config, seed=recipe.seed)
    given = load_policy(recipe.folder / recipe.start_from).train()
    more = {
        kind: tuple(name for name in getattr(config, kind) if name not in getattr(given.config, kind))
        for kind in ("doors", "clients", "context")
    }
    policy = given.extended(**more) if any(more.values()) else given
    if policy.config != config:
        wrong = next(n for n in config.__dataclass_fields__ if getattr(policy.config, n) != getattr(config, n))
        raise RoutewrightError(
            f"start_from: {recipe.start_from} has {wrong} {getattr(given.config, wrong)!r}, the recipe's policy "
            f"{getattr(config, wrong)!r}"
        )
    return policy
