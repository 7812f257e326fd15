"""The comparison of hybrids with their twins."""

import csv
import importlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from routewright.policies import cards
from tests.compare.test_quality import BENCHMARKS


@pytest.fixture
def hybrid(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    if not BENCHMARKS.is_dir():
        pytest.skip("no benchmarks folder: not a checkout")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("hybrid")


def test_pairs_tell_what_means_cannot(hybrid: ModuleType) -> None:
    costs = np.linspace(5, 50, 10)
    assert hybrid.paired(costs - 0.01, costs) == ("yes", 0.002)  # all ten lower: 2 / 2^10
    assert hybrid.paired(costs + 0.01, costs) == ("no", 0.002)
    assert hybrid.paired(costs * (1 + 1e-9), costs) == ("open", 1.0)  # sums in another order
    mixed = np.where(np.arange(10) % 2, 0.01, -0.01)
    assert hybrid.paired(costs + mixed, costs)[0] == "open"


@pytest.mark.parametrize("batch", [False, True])
def test_what_was_measured_is_not_measured_again(
    hybrid: ModuleType, batch: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = hybrid.Set("mtvrp", {"n": 9, "variants": ["CVRP"]}, 3, (0.02,), batch=batch, reference=0.05)
    timed = hybrid.Set("mtvrp", {"n": 9, "variants": ["VRPTW"]}, 2, (0.02,), batch=batch, reference=0.05)
    monkeypatch.setattr(hybrid, "SETS", {"small": small, "timed": timed})
    for file in cards.FOLDER.glob("cvrp20.*"):  # the only policy that ships, as far as this test goes
        (tmp_path / "policies").mkdir(exist_ok=True)
        (tmp_path / "policies" / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(cards, "FOLDER", tmp_path / "policies")
    journal = tmp_path / "hybrid.jsonl"
    for _ in range(2):
        assert hybrid.main(["--results", str(tmp_path)]) == 0
        assert len(journal.read_text().splitlines()) == 4
    lines = list(csv.DictReader((tmp_path / "hybrid.csv").read_text().splitlines()))
    names = hybrid.IN_BATCHES if batch else hybrid.ALONE
    assert [line["solver"] for line in lines if line["set"] == "small"] == list(names)
    assert {line["set"] for line in lines} == {"small", "timed"}
    assert all(float(line["gap"]) >= 0 for line in lines if not int(line["failed"]))
    words = (tmp_path / "hybrid.md").read_text()
    assert "No policy that ships covers this set: without neural, hybrid" in words
