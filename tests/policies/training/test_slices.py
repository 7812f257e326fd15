"""Slices go on with every model, and what ships is replaced by what is better."""

import re
from pathlib import Path

import pytest

from routewright.data.errors import RoutewrightError
from routewright.policies.cards import read_card
from routewright.policies.checkpoint import load_policy, save_policy
from routewright.policies.config import PolicyConfig
from routewright.policies.policy import Policy
from routewright.policies.training import Recipe, slices
from tests.policies.training.recipes import tiny


def test_every_model_gets_its_share_and_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def recipe(name: str) -> Recipe:
        return tiny(name=name, steps=2)

    monkeypatch.setattr(slices, "read_recipe", recipe)
    monkeypatch.setattr(slices, "SHARES", dict.fromkeys(("one", "two"), 0.5))
    slices.train_slice(1e-9, tmp_path / "runs", device="cpu", shipped=tmp_path / "shipped")
    assert read_card(tmp_path / "runs" / "two" / "policy")["steps"] == 1
    slices.train_slice(1.0, tmp_path / "runs", device="cpu", shipped=tmp_path / "shipped")
    assert read_card(tmp_path / "runs" / "two" / "policy")["steps"] == 2
    assert load_policy(tmp_path / "shipped" / "one").config.width == 16


def test_only_a_smaller_gap_replaces_what_ships(tmp_path: Path) -> None:
    config = PolicyConfig(width=16, heads=2, layers=1, hidden=32)

    def ship(gap: float) -> bool:
        save_policy(Policy(config), tmp_path / "run" / "policy", val_gap=gap, minutes=gap)
        return slices.ship(tmp_path / "run", tmp_path / "shipped" / "one")

    assert [ship(gap) for gap in (3.0, 4.0, 2.0)] == [True, False, True]
    assert read_card(tmp_path / "shipped" / "one")["minutes"] == 2.0


def test_who_leaves_more_unsolved_does_not_ship(tmp_path: Path) -> None:
    config = PolicyConfig(width=16, heads=2, layers=1, hidden=32)

    def ship(gap: float | None, unsolved: int) -> bool:
        save_policy(Policy(config), tmp_path / "run" / "policy", val_gap=gap, val_unsolved=unsolved)
        return slices.ship(tmp_path / "run", tmp_path / "shipped" / "one")

    assert [ship(*found) for found in ((3.0, 2), (1.0, 3), (None, 0), (3.5, 1))] == [True, False, False, True]


@pytest.mark.slow
def test_processes_side_by_side_ship_and_one_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name}.yaml").write_text(
            "policy: {preset: pomo, width: 16, heads: 2, layers: 1, hidden: 32}\ndata: {n: 6}\nsteps: 2\nbatch: 4\n"
            "validation: {every: 1}\n"
        )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(slices, "ON_GPU", {"first.yaml": "one", "second.yaml": "two", "third.yaml": "three"})
    assert not slices.train_side_by_side(1.0, tmp_path / "runs", device="cpu", shipped=tmp_path / "shipped")
    assert [file.stem for file in sorted((tmp_path / "shipped").glob("*.json"))] == ["one", "two"]
    out, err = capfd.readouterr()
    assert re.search(r"^first.yaml: 0.\d minutes, shipped$", out, re.MULTILINE)
    assert "train: third.yaml: cannot be read" in err


def test_policies_that_ship_are_loaded_by_name() -> None:
    with pytest.raises(RoutewrightError, match=r"nobody.json: cannot be read: .*; policies that ship: "):
        load_policy("nobody")
