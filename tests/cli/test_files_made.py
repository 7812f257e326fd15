"""``plot``, ``convert`` and ``generate`` leave the files they promise."""

import inspect
from pathlib import Path

import pytest

from routewright.cli import generate as commands
from routewright.data.formats.read import read
from routewright.data.generators import GENERATORS
from tests.cli.conftest import Command

MAGIC = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}


@pytest.mark.parametrize("suffix", MAGIC)
def test_an_instance_is_drawn(suffix: str, routewright: Command, square: Path) -> None:
    out = square.with_suffix(suffix)
    assert routewright("plot", square, out).code == 0
    assert out.read_bytes().startswith(MAGIC[suffix])


def test_routes_are_drawn_into_the_instance(routewright: Command, square: Path) -> None:
    routes, bare, full = square.with_suffix(".sol"), square.with_name("bare.svg"), square.with_name("full.svg")
    routes.write_text("Route #1: 1\nRoute #2: 2 4 3\n", encoding="utf-8")
    assert routewright("plot", square, bare).code == routewright("plot", square, routes, full).code == 0
    assert full.stat().st_size > bare.stat().st_size


@pytest.mark.parametrize("suffix", [".json", ".vrp"])
def test_a_converted_instance_is_the_same(suffix: str, routewright: Command, square: Path) -> None:
    out = square.with_name(f"copy{suffix}")
    assert routewright("convert", square, out).code == 0
    assert read(out) == read(square)


def test_what_a_format_cannot_hold_is_named(routewright: Command, square: Path) -> None:
    outcome = routewright("convert", square, square.with_suffix(".txt"))
    assert outcome.code == 2
    assert "windows" in outcome.err
    assert not square.with_suffix(".txt").exists()


@pytest.mark.parametrize("kind", GENERATORS)
def test_every_family_can_be_generated_and_read(kind: str, routewright: Command, tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    for out in (first, second):
        outcome = routewright("generate", kind.replace("_", "-"), "--n", 12, "--seed", 3, "--out", out)
        assert (outcome.code, outcome.err) == (0, "")
        assert str(out) in outcome.out
    assert read(first).n_nodes >= 12
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("kind", GENERATORS)
def test_a_family_offers_all_options_of_its_generator(kind: str) -> None:
    command = set(inspect.signature(getattr(commands, kind)).parameters)
    assert command == {*inspect.signature(GENERATORS[kind]).parameters, "out", "context"}


def test_options_reach_the_generator(routewright: Command, tmp_path: Path) -> None:
    out = tmp_path / "x.vrp"
    words = ("--n", 12, "--depot", "central", "--demand", "unit", "--customers", "random", "--route-size", 4)
    assert routewright("generate", "xstyle", *words, "--out", out).code == 0
    instance = read(out)
    assert instance.coords is not None
    assert instance.coords[0].tolist() == [500, 500]
    assert set(instance.delivery[1:, 0]) == {1.0}
    assert instance.vehicle_types[0].capacity == (4.0,)
