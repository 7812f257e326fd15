"""Trained policies on the command line."""

import json
from pathlib import Path

import pytest

from routewright.data.formats.read import read
from routewright.policies import cards
from routewright.solvers.registry import SOLVERS
from tests.cli.conftest import Command
from tests.cli.test_usage import complaint


def test_an_instance_is_solved_and_written(routewright: Command, square: Path) -> None:
    out = square.with_suffix(".sol")
    outcome = routewright("solve", square, "--solver", "neural", "--iterations", 200, "--out", out)
    assert outcome.code == 0
    lines = [line.split() for line in outcome.out.splitlines()]
    assert ["cost", "86"] in lines
    assert ["feasible", "yes,", "checked"] in lines
    assert ["iterations", "200"] in lines
    assert routewright("check", square, out).code == 0
    facts = json.loads(routewright("solve", square, "--solver", "neural:cvrp20", "--iterations", 1, "--json").out)
    assert (facts["solver"], facts["feasible"]) == ("neural:cvrp20", True)


def test_help_names_every_solver(routewright: Command) -> None:
    words = routewright("solve", "--help").out
    assert all(name in words for name in SOLVERS)


def test_what_no_checkpoint_covers_is_refused_and_nothing_written(routewright: Command, tmp_path: Path) -> None:
    path = tmp_path / "pairs.txt"
    rows = ["5 10 1", "0 0 0 0 0 100 0 0 0", "1 5 0 2 0 100 0 0 2", "2 0 5 -2 0 100 0 1 0"]
    path.write_text("\n".join("\t".join(row.split()) for row in rows) + "\n", encoding="utf-8")
    assert len(read(path).pairs) == 1
    message = complaint(routewright("solve", path, "--solver", "neural", "--out", tmp_path / "out.sol"))
    unknown, covered = message.split("(what checkpoints cover: ")
    assert unknown.startswith("error: neural does not know ")
    assert "pairs, objective vehicles_first" in unknown
    assert "cvrp20: capacities; trained on 20 clients" in covered
    assert [each.name for each in tmp_path.iterdir()] == ["pairs.txt"]


def test_broken_weights_are_refused_and_nothing_written(
    routewright: Command, square: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("shipped")
    (folder / "cvrp20.json").write_bytes(cards.card_file(cards.FOLDER / "cvrp20").read_bytes())
    (folder / "cvrp20.safetensors").write_bytes(cards.weights_file(cards.FOLDER / "cvrp20").read_bytes()[:1000])
    monkeypatch.setattr(cards, "FOLDER", folder)
    message = complaint(routewright("solve", square, "--solver", "neural", "--out", square.with_suffix(".sol")))
    assert "cvrp20.safetensors: holds no weights" in message
    assert [each.name for each in square.parent.iterdir()] == [square.name]
