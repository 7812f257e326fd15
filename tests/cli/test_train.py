"""The commands ``train`` and ``evaluate``."""

from pathlib import Path

import pytest

from routewright.policies.checkpoint import save_policy
from routewright.policies.config import PolicyConfig
from routewright.policies.policy import Policy
from tests.cli.conftest import Command

RECIPE = """policy: {preset: pomo, width: 16, heads: 2, layers: 1, hidden: 32}
data: {n: 6}
batch: 8
steps: 2
"""


def test_training_says_where_the_policy_is_and_goes_on(routewright: Command, tmp_path: Path) -> None:
    recipe = tmp_path / "mine.yaml"
    recipe.write_text(RECIPE)
    outcome = routewright("train", recipe, "--out", tmp_path / "run", "--max-minutes", "1e-9", "--device", "cpu")
    assert outcome.code == 0
    assert outcome.out.splitlines()[0] == "stopped after 1 steps, 0.0 minutes"
    assert outcome.out.splitlines()[-1] == "the same command goes on"
    outcome = routewright("train", recipe, "--out", tmp_path / "run", "--device", "cpu")
    assert outcome.out.startswith("finished after 2 steps")
    assert (tmp_path / "run" / "policy.safetensors").exists()


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    save_policy(Policy(PolicyConfig(width=16, heads=2, layers=1, hidden=32)), tmp_path / "policy")
    return tmp_path / "policy.safetensors"


def test_evaluation_prints_a_line_for_each_way_of_decoding(
    routewright: Command, checkpoint: Path, square: Path
) -> None:
    outcome = routewright("evaluate", checkpoint, square, square, "--method", "greedy", "--method", "beam:rotations")
    assert outcome.code == 0
    lines = [line.strip("│").split("│") for line in outcome.out.splitlines() if line.startswith("│")]
    assert [line[0].strip() for line in lines] == ["greedy", "beam x rotations"]
    assert all(float(line[1]) >= 80.0 and line[3].strip() == "0" for line in lines)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "give instances: either --reference or files"),
        (("--reference", "nowhere"), "nowhere: is no reference set"),
        (("FILE", "--method", "greedily"), "method is 'greedily', must be one of greedy, sampling, "),
        (("FILE", "--method", "greedy:twice"), "augmentation is 'twice', must be one of none, eightfold, rotations"),
    ],
)
def test_mistakes_are_named(
    arguments: tuple[str, ...], complaint: str, routewright: Command, checkpoint: Path, square: Path
) -> None:
    outcome = routewright("evaluate", checkpoint, *(square if word == "FILE" else word for word in arguments))
    assert outcome.code == 2
    assert complaint in outcome.err


def test_a_checkpoint_that_is_missing_is_named(routewright: Command, tmp_path: Path, square: Path) -> None:
    outcome = routewright("evaluate", tmp_path / "nothing", square)
    assert (outcome.code, "nothing.json: cannot be read: No such file or directory" in outcome.err) == (2, True)
