"""Labelled sets survive the way to disk and back."""

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.errors import FormatError, InstanceError
from routewright.data.generators import generate
from routewright.data.generators.attributes import VARIANTS
from routewright.data.instance import Instance
from routewright.data.labels import Label, read_labels, write_labels
from routewright.data.solution import Route, Solution


def alone(instance: Instance) -> Label:
    """Every client on a route of its own, from the last vehicle type; the last client is said to be unserved."""
    kind = len(instance.vehicle_types) - 1
    routes = tuple(Route(((client,),), kind) for client in instance.clients[:-1])
    return Label(instance, Solution(routes, (instance.clients[-1],)), 12.25)


def round_trip(labels: list[Label], path: Path) -> None:
    write_labels(labels, path)
    found = read_labels(path)
    assert len(found) == len(labels)
    assert list(found) == labels
    assert found[-1] == labels[-1]
    assert found[1:3] == labels[1:3]


@pytest.mark.parametrize("family", ["mtvrp", "streets"])
def test_all_combinations_come_back_in_one_file(family: str, tmp_path: Path) -> None:
    variants = VARIANTS if family == "mtvrp" else VARIANTS[:6]
    round_trip(
        [alone(generate(family, 8 + i % 3, i, variant=name)) for i, name in enumerate(variants)], tmp_path / "a.npz"
    )


@pytest.mark.parametrize("family", ["uniform", "solomon_like", "xstyle", "clustered"])
def test_other_families_come_back(family: str, tmp_path: Path) -> None:
    round_trip([alone(generate(family, 9, seed)) for seed in range(4)], tmp_path / "a.npz")


def test_optional_clients_prizes_and_names_come_back(tmp_path: Path) -> None:
    instance = generate("uniform", 5, 1)
    rich = instance.replace(
        required=np.array([False, True, False, True, True, True]),
        prize=np.array([0, 0, 0.25, 0, 0, 0]),
        names=tuple("abcdef"),
        group=np.array([-1, -1, 0, -1, -1, -1]),
    )
    round_trip([alone(instance), alone(rich), alone(rich.replace(name="twin"))], tmp_path / "a.npz")


def test_an_empty_set_comes_back(tmp_path: Path) -> None:
    write_labels([], tmp_path / "none.npz")
    assert list(read_labels(tmp_path / "none.npz")) == []


def test_routes_fit_what_was_read(tmp_path: Path) -> None:
    instance = generate("uniform", 6, 2)
    solution = Solution.from_routes([[1, 2, 3], [6], [5, 4]])
    write_labels([Label(instance, solution, 3.0)], tmp_path / "a.npz")
    label = read_labels(tmp_path / "a.npz")[0]
    assert check(label.instance, label.solution) == check(instance, solution)


def test_a_hundred_clients_take_less_than_three_thousand_bytes(tmp_path: Path) -> None:
    labels = [alone(generate("uniform", 100, seed)) for seed in range(50)]
    write_labels(labels, tmp_path / "a.npz")
    assert (tmp_path / "a.npz").stat().st_size < 50 * 3_000


def test_sets_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InstanceError, match="distances"):
        write_labels([alone(generate("uniform", 5, 0)), alone(generate("streets", 5, 0))], tmp_path / "a.npz")
    several = Label(generate("uniform", 5, 0), Solution((Route(((1,), (2,))),)), 1.0)
    with pytest.raises(InstanceError, match="one trip"):
        write_labels([several], tmp_path / "a.npz")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04broken"])
def test_other_files_are_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.npz"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=r"odd\.npz"):
        read_labels(path)


def test_a_damaged_set_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.npz"
    write_labels([alone(generate("uniform", 30, seed)) for seed in range(5)], path)
    whole = path.read_bytes()
    refused = 0
    for place in range(60, len(whole), 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        with suppress(FormatError):  # and no other error
            read_labels(path)
            refused -= 1
        refused += 1
    assert refused > 10
    np.save(tmp_path / "one.npy", np.zeros(3))
    with pytest.raises(FormatError, match="no labelled set"):
        read_labels(tmp_path / "one.npy")


def test_large_numbers_come_back(tmp_path: Path) -> None:
    instance = generate("uniform", 4, 1).replace(service=np.array([0.0, 3e9, 5e12, 1.5, 0.0]))
    write_labels([alone(instance)], tmp_path / "a.npz")
    assert read_labels(tmp_path / "a.npz")[0].instance == instance


def test_other_archives_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "odd.npz", a=np.zeros(3))
    with pytest.raises(FormatError, match="no labelled set"):
        read_labels(tmp_path / "odd.npz")
    with pytest.raises(FormatError, match="cannot be read"):
        read_labels(tmp_path / "missing.npz")
