"""``generate --label`` leaves a set that reads back, and says what it left out."""

from pathlib import Path

from routewright.data.check import check
from routewright.data.labels import read_labels
from tests.cli.conftest import Command


def test_a_set_holds_checked_routes_of_consecutive_seeds(routewright: Command, tmp_path: Path) -> None:
    out = tmp_path / "set.npz"
    words = ("--label", "search", "--count", 4, "--time-limit", 0.05, "--workers", 1)
    outcome = routewright("generate", *words, "mtvrp", "--n", 8, "--seed", 5, "--variant", "VRPTW", "--out", out)
    assert outcome.code == 0, outcome.err
    assert "4 labelled instances" in outcome.out
    labels = read_labels(out)
    assert [label.instance.name for label in labels] == [f"mtvrp-VRPTW-n8-s{seed}" for seed in (5, 6, 7, 8)]
    for label in labels:
        assert check(label.instance, label.solution, label.cost) == []


def test_a_set_needs_its_ending(routewright: Command, tmp_path: Path) -> None:
    outcome = routewright("generate", "--label", "search", "uniform", "--n", 8, "--out", tmp_path / "set.vrp")
    assert outcome.code == 2
    assert ".npz" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_a_solver_that_does_not_exist_is_refused_before_the_work(routewright: Command, tmp_path: Path) -> None:
    outcome = routewright("generate", "--label", "magic", "uniform", "--n", 8, "--out", tmp_path / "set.npz")
    assert outcome.code == 2
    assert "magic" in outcome.err
