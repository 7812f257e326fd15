"""Which checkpoint plays which instance, and what is said where none does."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from routewright.data.errors import FormatError, UnsupportedError
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.policies import cards
from routewright.solvers.neural.checkpoints import choose, named, shipped
from routewright.solvers.solve import solve, supports
from routewright.solvers.stop import Stop
from tests.solvers.neural.untrained import NETWORKS, write_checkpoint


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of checkpoints that ship: one of every kind."""
    for name in NETWORKS:
        write_checkpoint(tmp_path, name)
    monkeypatch.setattr(cards, "FOLDER", tmp_path)
    return tmp_path


def pairs() -> Instance:
    fetched, brought = [0, 1, 0, 1, 0], [0, 0, 1, 0, 1]
    return Instance.build(coords=np.eye(5)[:, :2], pairs=[[1, 2], [3, 4]], pickup=fetched, delivery=brought, capacity=2)


def matrix(**fields: Any) -> Instance:
    road = np.random.default_rng(1).integers(1, 9, (21, 21)) * (1 - np.eye(21, dtype=int))
    return Instance.build(distances=road, **fields)


@pytest.mark.parametrize(
    ("instance", "name"),
    [
        (generate("mtvrp", 20, 1), "cvrp"),  # as near as cvrp20, with a smaller gap
        (generate("mtvrp", 10, 1), "cvrp"),
        (generate("xstyle", 100, 1), "cvrp"),
        (generate("mtvrp", 35, 1, variant="VRPTW"), "vrp"),
        (generate("mtvrp", 20, 1, variant="MDOVRPBLTW"), "vrp"),
        (generate("tsp", 30, 1), "tsp"),
        (generate("streets", 20, 1, variant="VRPTW"), "road"),
        (matrix(vehicles=1), "road"),
        (matrix(delivery=1, capacity=5), "road"),
    ],
)
def test_the_checkpoint_knows_the_features_and_is_near_in_size(instance: Instance, name: str) -> None:
    chosen = choose(shipped(), instance)
    assert chosen is not None
    assert chosen.stem.name == name


@pytest.mark.parametrize(("clients", "name"), [(15, "cvrp20"), (20, "cvrp20"), (26, "cvrp20"), (45, "vrp")])
def test_the_nearest_size_comes_before_the_gap(folder: Path, clients: int, name: str) -> None:
    for other in ("cvrp", "cvrp-gnn"):
        cards.card_file(folder / other).unlink()
    card = json.loads((folder / "vrp.json").read_text())
    card["covers"]["sizes"] = [50, 100]
    (folder / "vrp.json").write_text(json.dumps(card))
    chosen = choose(shipped(), generate("mtvrp", clients, 1))
    assert chosen is not None
    assert chosen.stem.name == name


@pytest.mark.parametrize(
    ("clients", "measured", "name"),
    [
        (20, {"cvrp": {"a20": 1.0, "a50": 4.0}, "cvrp-gnn": {"a20": 2.0, "a50": 3.0}}, "cvrp"),
        (50, {"cvrp": {"a20": 1.0, "a50": 4.0}, "cvrp-gnn": {"a20": 2.0, "a50": 3.0}}, "cvrp-gnn"),
        (50, {"cvrp": {"a20": 2.0, "a50": 1.0}, "cvrp-gnn": {"a20": 1.0}}, "cvrp-gnn"),  # what both have
        (50, {"cvrp": {"a20": 2.0}, "cvrp-gnn": {"a50": 1.0}}, "cvrp"),  # nothing: the smaller gap of validation
    ],
)
def test_equals_are_told_apart_by_what_all_were_measured_on(
    folder: Path, clients: int, measured: dict[str, dict[str, float]], name: str
) -> None:
    cards.card_file(folder / "cvrp20").unlink()
    for policy, gaps in measured.items():
        card = json.loads(cards.card_file(folder / policy).read_text())
        card["measured"] = {of: {"greedy": 9.0, "x8": gap} for of, gap in gaps.items()}
        cards.card_file(folder / policy).write_text(json.dumps(card))
    chosen = choose(shipped(), generate("mtvrp", clients, 1))
    assert chosen is not None
    assert chosen.stem.name == name


@pytest.mark.parametrize(
    ("instance", "reason"),
    [
        (pairs(), "pairs"),
        (generate("streets", 9, 1, variant="OVRP"), "open routes"),
        (generate("mtvrp", 1001, 1), "more than 1000 clients"),
        (generate("mtvrp", 9, 1).replace(split=True), "split deliveries"),
        (Instance.build(coords=np.eye(3)[:, :2], release=[0, 1, 0]), "release times"),
    ],
)
def test_what_no_checkpoint_covers_is_named_with_what_they_cover(instance: Instance, reason: str) -> None:
    (words,) = supports("neural", instance)
    assert words.startswith(f"{reason} (what checkpoints cover: ")
    assert "cvrp20: capacities; trained on 20 clients; road: matrices, capacities, time windows;" in words
    with pytest.raises(UnsupportedError, match=f"^neural does not know {reason} "):
        solve(instance, solver="neural", stop=Stop(iterations=1))


def test_a_checkpoint_may_be_named(folder: Path) -> None:
    instance = generate("mtvrp", 9, 1)
    for name in ("cvrp20", str(folder / "vrp")):
        assert solve(instance, solver=f"neural:{name}", stop=Stop(iterations=1)).feasible
    with pytest.raises(UnsupportedError, match=r"^neural:tsp does not know capacities \(what .*: tsp: one vehicle;"):
        solve(instance, solver="neural:tsp")
    with pytest.raises(FormatError, match=r"nobody.json: cannot be read: .*; policies that ship: cvrp, cvrp-gnn, "):
        solve(instance, solver="neural:nobody")


def test_a_card_that_does_not_say_what_it_covers_is_passed_over(folder: Path) -> None:
    card = json.loads((folder / "cvrp.json").read_text())
    (folder / "cvrp.json").write_text(json.dumps({name: value for name, value in card.items() if name != "covers"}))
    assert "cvrp" not in [each.stem.name for each in shipped()]
    with pytest.raises(FormatError, match=r"cvrp.json: does not say what it covers"):
        named("cvrp")


@pytest.mark.parametrize(
    "covers", ["all", {"features": []}, {"features": [], "sizes": []}, {"features": [], "sizes": [0]}]
)
def test_a_card_that_speaks_nonsense_is_refused(folder: Path, covers: object) -> None:
    card = json.loads((folder / "cvrp.json").read_text()) | {"covers": covers}
    (folder / "cvrp.json").write_text(json.dumps(card))
    with pytest.raises(FormatError, match=r"cvrp.json: covers "):
        shipped()


def test_broken_weights_are_an_error_of_their_file(folder: Path) -> None:
    instance, stop = generate("mtvrp", 9, 1), Stop(iterations=1)
    assert solve(instance, solver="neural", stop=stop).feasible  # what was loaded must not hide the change
    cards.weights_file(folder / "cvrp").write_bytes(b"nothing")
    with pytest.raises(FormatError, match=r"cvrp.safetensors: holds no weights"):
        solve(instance, solver="neural", stop=stop)
    cards.weights_file(folder / "cvrp").unlink()
    with pytest.raises(FormatError, match=r"cvrp.safetensors: cannot be read"):
        solve(instance, solver="neural", stop=stop)
