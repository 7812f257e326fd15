"""The shipped instances are what their recipes make, small, and found wherever the package lies."""

from importlib.resources import files
from pathlib import Path

import pytest

from routewright.data import InstanceError, packaged, packaged_names
from routewright.data.generators.packaged import PACKAGED, write_packaged
from tests.data.generators.alone import unservable


@pytest.mark.parametrize("name", packaged_names())
def test_a_packaged_instance_is_what_its_recipe_makes(name: str) -> None:
    assert packaged(name) == PACKAGED[name].make()


def test_writing_them_again_gives_the_same_bytes(tmp_path: Path) -> None:
    for path in write_packaged(tmp_path):
        assert path.read_bytes() == (files("routewright.data") / "instances" / path.name).read_bytes()


def test_the_folder_holds_nothing_else_and_stays_small() -> None:
    shipped = list((files("routewright.data") / "instances").iterdir())
    assert {item.name for item in shipped} == {f"{name}.vrp" for name in packaged_names()}
    assert sum(len(item.read_bytes()) for item in shipped) < 300_000


@pytest.mark.parametrize("name", packaged_names())
def test_packaged_instances_are_exact_and_servable(name: str) -> None:
    instance = packaged(name)
    assert instance.exact
    assert unservable(instance) == []


def test_the_names_tell_the_sizes() -> None:
    assert [packaged(name).n_clients for name in packaged_names()] == [20, 50, 100]


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(InstanceError, match="no packaged instance 'x', there are clustered-20, windows-50, xstyle-100"):
        packaged("x")
