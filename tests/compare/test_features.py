"""The table of what is known where."""

import importlib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def features(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    return importlib.import_module("features")


def test_the_page_says_what_solvers_say(features: Any) -> None:
    page = (ROOT / "docs" / "variants.md").read_text(encoding="utf-8")
    assert features.table() in page


def test_each_example_has_its_feature_and_the_search_takes_all(features: Any) -> None:
    lines = [line.split("|") for line in features.table().splitlines()]
    place = lines[0].index(" search ")
    assert {line[place].strip() for line in lines[2:]} == {"yes"}
    plain = [line for line in lines[2:] if line[1].strip() == "capacity"]
    others = [line for line in lines[2:] if line[2:] != plain[0][2:]]
    assert len(others) > 20  # what is asked makes a difference
