"""Recipes say what is wrong with them, in one line."""

from pathlib import Path

import pytest

from routewright.data.errors import FormatError
from routewright.policies.training.recipe import FOLDER, Files, Generated, read_recipe

GOOD = "policy: {preset: pomo, width: 32, heads: 2}\ndata: {n: [5, 8]}\nsteps: 3\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", [path.stem for path in FOLDER.glob("*.yaml")])
def test_recipes_that_ship_are_read_by_name(name: str) -> None:
    assert read_recipe(name).name == name


def test_a_recipe_of_a_file(tmp_path: Path) -> None:
    recipe = read_recipe(written(tmp_path, GOOD))
    assert (recipe.name, recipe.folder, recipe.batch) == ("mine", tmp_path, 64)
    assert isinstance(recipe.data, Generated)
    assert recipe.data.n == (5, 8)
    assert recipe.config().width == 32
    files = read_recipe(written(tmp_path, "data: {files: [days/*.vrp]}\nminutes: 2.5\n"))
    assert isinstance(files.data, Files)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD + "stepps: 3\n", "stepps: there is no such entry"),
        (GOOD + "optimiser: {rat: 1}\n", "optimiser.rat: there is no such entry"),
        (GOOD + "batch: 0\n", "batch: Input should be greater than or equal to 1 (given: 0)"),
        (GOOD + "minutes: 3\n", "give either steps or minutes"),
        ("data: {n: 5}\n", "give either steps or minutes"),
        ("policy: pommo\nsteps: 1\n", "preset 'pommo' is unknown, must be one of pomo,"),
        ("policy: {layer: 1}\nsteps: 1\n", "'layer' is no part of a policy, must be one of preset,"),
        ("policy: {width: 10}\nsteps: 1\n", "width is 10, must be a multiple of the 8 heads"),
        ("data: {m: 5}\nsteps: 1\n", "data.m: there is no such entry"),
        (GOOD + "first: {labels: [a.npz]}\nobjective: {kind: ppo}\n", "first imitates, which ppo does not go on from"),
        (GOOD + "objective: {kind: imitation}\n", "imitation and edges learn from labels, and nothing else does"),
        (GOOD + "objective: {kind: edges}\n", "imitation and edges learn from labels, and nothing else does"),
        (
            "data: {labels: [set.npz]}\nobjective: {kind: edges}\nsteps: 1\n",
            "edges are taught to a heatmap: decoder is 'pointer', must be 'heatmap'",
        ),
        (GOOD + "objective: {starts: 1}\n", "the shared baseline is a mean over starts: starts is 1"),
        ("steps: [1\n", ":2: is no YAML"),
        ("- 1\n", "is no recipe: must have entries such as"),
    ],
)
def test_mistakes_are_named(text: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        read_recipe(written(tmp_path, text))
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "mine.yaml"))
    assert complaint in message
    assert "\n" not in message


def test_a_recipe_that_is_missing_names_those_that_ship() -> None:
    with pytest.raises(FormatError, match=r"cvrp21: cannot be read: .*; recipes that ship: .*cvrp20"):
        read_recipe("cvrp21")
