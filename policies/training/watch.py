"""A line that tells how training goes."""

from typing import Any

from lightning.pytorch import Callback, LightningModule, Trainer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from routewright.policies.training.learner import Learner

EVERY = 10
"""Steps between looks at the numbers, which wait for the device."""


class Watch(Callback):
    """A progress bar with the step, the cost of the episodes that are learnt from, the gap and the instances a second.

    Args:
        quiet: show nothing.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:.0f} %"), TimeElapsedColumn(),
            console=Console(stderr=True), disable=quiet,
        )  # fmt: skip

    def on_train_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """See ``Callback``."""
        if trainer.is_global_zero:
            self._bar.start()
            self._task = self._bar.add_task("", total=1.0)

    def on_train_batch_end(self, trainer: Trainer, pl_module: LightningModule, *_: Any) -> None:
        """See ``Callback``."""
        if trainer.is_global_zero and trainer.global_step % EVERY == 0:
            self._show(trainer, pl_module)

    def on_train_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """See ``Callback``."""
        if trainer.is_global_zero:
            self._show(trainer, pl_module)
            self._bar.stop()

    def on_exception(self, trainer: Trainer, pl_module: LightningModule, exception: BaseException) -> None:
        """See ``Callback``."""
        self._bar.stop()

    def _show(self, trainer: Trainer, learner: LightningModule) -> None:
        assert isinstance(learner, Learner)
        numbers = trainer.callback_metrics
        parts = [f"step {trainer.global_step}"]
        words = (("cost", "cost {:.3f}"), ("val_gap", "gap {:.2f} %"), ("instances/s", "{:.0f} instances/s"))
        parts += [text.format(float(numbers[name])) for name, text in words if name in numbers]
        self._bar.update(self._task, completed=learner.share, description="  ".join(parts))
