"""Several processes learn what one process would have learnt from all of their instances."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
import yaml
from torch import Tensor

from routewright.policies.training import Recipe, read_recipe
from routewright.policies.training.learner import LOT, SAMPLES, Learner
from routewright.policies.training.schedule import rate
from routewright.policies.training.streams import stream
from routewright.policies.training.teacher import Teacher

TRAIN_AND_KEEP_THE_WEIGHTS_OF_EACH_PROCESS = """
import sys
from pathlib import Path
import torch
from routewright.policies.training import read_recipe, run

save = run.save_run

def keep(trainer, learner, folder, *told):
    save(trainer, learner, folder, *told)
    torch.save(learner.state_dict(), folder / f"rank-{trainer.global_rank}.pt")

run.save_run = keep
run.train(read_recipe(sys.argv[1]), sys.argv[2], device="cpu", processes=2, quiet=True)
"""

RECIPE = {
    "policy": {"preset": "pomo", "width": 16, "heads": 2, "layers": 1, "hidden": 32},
    "data": {"n": 6},
    "steps": 6,
    "batch": 4,
    "optimiser": {"rate": 0.01, "last_rate": 0.01},
}
KINDS: dict[str, dict[str, Any]] = {
    "ppo": {"objective": {"kind": "ppo", "updates": 3}},
    "ppo with a critic": {"objective": {"kind": "ppo", "updates": 2, "baseline": "critic", "starts": 1}},
}


def in_two_processes(recipe: Path, folder: Path) -> list[dict[str, Tensor]]:
    script = folder / "keep.py"
    script.write_text(TRAIN_AND_KEEP_THE_WEIGHTS_OF_EACH_PROCESS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(recipe), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    return [torch.load(folder / f"rank-{rank}.pt", weights_only=True) for rank in range(2)]


def in_one(recipe: Recipe) -> dict[str, Tensor]:
    """Without Lightning: each step's loss is the mean over what both processes see."""
    learner = Learner(recipe)
    teachers = [learner.teacher, Teacher(recipe.objective, learner.policy)]
    if recipe.objective.baseline == "critic":
        teachers[1].baseline = learner.teacher.baseline
    optimiser = learner.configure_optimizers()
    for step in range(recipe.steps or 0):
        number, again = divmod(step, teachers[0].updates)
        losses = []
        for rank, teacher in enumerate(teachers):
            lot = learner._source.draw(recipe.batch, stream(recipe.seed, number, LOT, rank))
            chances = stream(recipe.seed, number, SAMPLES, rank)
            learnt = teacher.repeat(learner.policy) if again else teacher.teach(learner.policy, lot, chances)
            losses.append(learnt.loss)
        optimiser.zero_grad()
        torch.autograd.backward(torch.stack(losses).mean())
        torch.nn.utils.clip_grad_norm_(learner.parameters(), recipe.optimiser.clip)
        optimiser.param_groups[0]["lr"] = rate(recipe.optimiser, step / (recipe.steps or 1))
        optimiser.step()
    return learner.state_dict()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_two_processes_have_the_weights_of_one_that_sees_all(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "two.yaml"
    file.write_text(yaml.safe_dump(RECIPE | KINDS[kind]), encoding="utf-8")
    first, second = in_two_processes(file, tmp_path)
    recipe = read_recipe(file)
    alone, before = in_one(recipe), Learner(recipe).state_dict()
    for name, value in first.items():
        assert torch.equal(value, second[name]), name
        torch.testing.assert_close(value, alone[name], rtol=0.0, atol=1e-4, msg=name)
    moved = {name: float((value - before[name]).abs().max()) for name, value in first.items()}
    assert min(far for name, far in moved.items() if name.startswith("policy.")) > 0.005
