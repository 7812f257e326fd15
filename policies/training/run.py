"""One run of a recipe: begin or go on, watch, stop, save."""

import logging
import shutil
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple

import torch
from lightning.pytorch import Callback, LightningModule, Trainer
from lightning.pytorch.loggers import CSVLogger, TensorBoardLogger

from routewright.data.errors import FormatError, RoutewrightError
from routewright.policies.checkpoint import save_policy
from routewright.policies.training.curve import draw_curve
from routewright.policies.training.learner import Learner
from routewright.policies.training.recipe import Recipe
from routewright.policies.training.watch import Watch

LAST, LOGS = "last.ckpt", "logs"


class Trained(NamedTuple):
    """Where training stands."""

    folder: Path
    steps: int
    minutes: float
    finished: bool
    gap: float | None  # percent, of a validation at the end


def train(
    recipe: Recipe,
    folder: str | Path | None = None,
    *,
    max_minutes: float | None = None,
    device: str = "auto",
    processes: int = 1,
    fresh: bool = False,
    quiet: bool = False,
) -> Trained:
    """Train until the recipe is done, or ``max_minutes`` have passed; a later call goes on where this one stopped.

    Args:
        recipe: what to do.
        folder: of the run, ``runs/NAME`` by default: ``last.ckpt``, ``policy.safetensors`` with its card, and logs.
        max_minutes: of this call.
        device: auto, cpu or cuda.
        processes: that share each step's work, each with a batch of its own.
        fresh: begin anew, whatever the folder holds.
        quiet: show nothing.

    Raises:
        RoutewrightError: if the folder belongs to another recipe, or something that the recipe names is missing.
    """
    folder = Path("runs") / recipe.name if folder is None else Path(folder)
    last = folder / LAST
    going_on = last.exists() and not fresh
    if going_on:
        _compare(recipe, last)
    learner = Learner(recipe)
    folder.mkdir(parents=True, exist_ok=True)
    if fresh and (folder / LOGS).exists():
        shutil.rmtree(folder / LOGS)
    with _quiet():
        trainer = _trainer(recipe, folder, device, processes, [Slice(max_minutes), Keeper(folder), Watch(quiet=quiet)])
        trainer.fit(learner, ckpt_path=str(last) if going_on else None, weights_only=True)
        minutes = learner.progress.minutes
        learner.to(trainer.strategy.root_device)  # which Lightning has taken it from
        found = learner.evaluation()
        gap, unsolved = (None, None) if found is None else (found.gap, found.unsolved)
        save_run(trainer, learner, folder, gap, unsolved)
    if trainer.is_global_zero:
        draw_curve(folder)
    return Trained(folder, learner.global_step, minutes, learner.share >= 1.0, gap)


def save_run(trainer: Trainer, learner: Learner, folder: Path, gap: float | None, unsolved: int | None) -> None:
    """Everything to go on from, and the policy by itself with what validation said."""
    whole = folder / f"{LAST}.part"  # one file, though all processes take part in writing it
    trainer.save_checkpoint(whole)
    if trainer.is_global_zero:
        whole.replace(folder / LAST)
        facts: dict[str, Any] = {
            "covers": learner.covers.as_entry(),
            "recipe": learner.recipe.model_dump(mode="json"),
            "steps": learner.global_step,
            "minutes": round(learner.progress.minutes, 2),
            "device": _hardware(learner.device, trainer.world_size),
            "torch": torch.__version__,
            "val_gap": None if gap is None or isnan(gap) else round(gap, 4),
            "val_unsolved": unsolved,
        }
        save_policy(learner.shipped, folder / "policy", **facts)


class Slice(Callback):
    """Stops after a while of wall time.

    Args:
        minutes: or None.
    """

    def __init__(self, minutes: float | None) -> None:
        self._until = float("inf") if minutes is None else time.monotonic() + 60.0 * minutes

    def on_train_batch_end(self, trainer: Trainer, pl_module: LightningModule, *_: Any) -> None:
        """See ``Callback``."""
        assert isinstance(pl_module, Learner)
        over = trainer.strategy.broadcast(time.monotonic() >= self._until)  # by the clock of the first process
        if over and pl_module.may_stop:
            trainer.should_stop = True


class Keeper(Callback):
    """Saves after each validation.

    Args:
        folder: of the run.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def on_validation_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """See ``Callback``."""
        assert isinstance(pl_module, Learner)
        if pl_module.may_stop:
            found = trainer.callback_metrics
            save_run(trainer, pl_module, self._folder, float(found["val_gap"]), int(found["val_unsolved"]))


def _trainer(recipe: Recipe, folder: Path, device: str, processes: int, callbacks: list[Callback]) -> Trainer:
    if device not in ("auto", "cpu", "cuda"):
        raise RoutewrightError(f"device is {device!r}, must be auto, cpu or cuda")
    every = recipe.validation.every
    slice_name = f"slice-{len(list((folder / LOGS).glob('slice-*'))) + 1:03d}"
    return Trainer(
        accelerator="gpu" if device == "cuda" else device,
        devices=processes,
        strategy=_strategy(recipe, processes),
        max_steps=-1 if recipe.steps is None else recipe.steps,
        max_epochs=-1,
        min_epochs=0,
        gradient_clip_val=recipe.optimiser.clip,
        val_check_interval=every,
        check_val_every_n_epoch=None,
        limit_val_batches=1 if recipe.validation.reference else 0,
        num_sanity_val_steps=0,
        log_every_n_steps=max(1, every // 10),
        logger=[CSVLogger(folder, LOGS, slice_name), TensorBoardLogger(str(folder), LOGS, slice_name)],
        callbacks=callbacks,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        default_root_dir=folder,
    )


def _strategy(recipe: Recipe, processes: int) -> str:
    """How processes share gradients; some networks have layers that not every loss asks."""
    if processes == 1:
        return "auto"
    idle = recipe.config().encoder == "graph" or (recipe.first is not None and recipe.objective.baseline == "critic")
    return "ddp_find_unused_parameters_true" if idle else "ddp"


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what Lightning says of itself, of data loaders that it does not need to know of, and of torch."""
    logging.getLogger("lightning.pytorch").setLevel(logging.WARNING)
    with warnings.catch_warnings():
        for words in ("LeafSpec", "weights_only", "in eval mode"):
            warnings.filterwarnings("ignore", message=f".*{words}")
        yield


def _compare(recipe: Recipe, last: Path) -> None:
    """A run goes on with the recipe that it began with."""
    try:
        held = torch.load(last, map_location="cpu", weights_only=True)["recipe"]
    except Exception as error:  # whatever pickle or zip make of a broken file
        raise FormatError(last, f"is no checkpoint to go on from ({error}); fresh begins anew") from None
    earlier, now = Recipe.model_validate_json(held).model_dump(), recipe.model_dump()
    for name, value in now.items():
        if name not in ("name", "validation") and earlier[name] != value:
            raise FormatError(
                last, f"was trained with {name} {earlier[name]!r}, now it is {value!r}; fresh begins anew"
            )


def _hardware(device: torch.device, processes: int) -> str:
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else f"{torch.get_num_threads()}-threaded CPU"
    return f"{processes} x {name}"
