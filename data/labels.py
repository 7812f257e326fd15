"""Labelled sets: many instances with their best known routes in one compact file, to learn from.

The file is NumPy's ``.npz``. Arrays of all instances stand in one array for each field of ``Instance``,
one after the other; what an instance has beside arrays is JSON text, which most instances of a set share.
Fields that are neutral in the whole set are left out.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple, overload
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from routewright.data.errors import FormatError, InstanceError
from routewright.data.formats.atomic import atomic_path
from routewright.data.formats.json_format import neutral_arrays, vehicles_from_json
from routewright.data.formats.json_text import parse, plain
from routewright.data.instance import ARRAYS, Instance
from routewright.data.solution import Route, Solution

FORMAT, VERSION = "routewright-labels", 1

ROUTE_LISTS = ("stops", "types", "sizes", "unserved")
"""Clients of all routes, and of each route the vehicle type and the number of clients; clients left out."""

Arrays = Mapping[str, NDArray[Any]]


class Label(NamedTuple):
    """An instance, routes that solve it and their reported cost."""

    instance: Instance
    solution: Solution
    cost: float


def write_labels(labels: Sequence[Label], path: str | Path) -> None:
    """Write a set; ``read_labels`` gives back equal labels.

    Raises:
        InstanceError: if some instances have coordinates, a matrix or speed periods and others do not, or
            if a route is more than one trip from depot to depot.
        FormatError: if the file cannot be written.
    """
    texts = [json.dumps(_beside_arrays(label.instance)) for label in labels]
    shared = list(dict.fromkeys(texts))
    header = {"format": FORMAT, "version": VERSION, "shared": shared}
    number = {text: place for place, text in enumerate(shared)}
    arrays: dict[str, NDArray[Any]] = {
        "header": np.array(json.dumps(header)),
        "names": np.array([label.instance.name for label in labels]),
        "shared": np.array([number[text] for text in texts], dtype=np.int32),
        "cost": np.array([label.cost for label in labels], dtype=np.float64),
    }
    for name in ARRAYS:
        if not all(_is_neutral(name, label.instance) for label in labels):
            arrays |= _together(name, [getattr(label.instance, name) for label in labels])
    arrays |= _routes([label.solution for label in labels])
    with atomic_path(path) as temporary, temporary.open("wb") as stream:
        np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]


def read_labels(path: str | Path) -> "LabelledSet":
    """Read a set; instances are made when they are asked for.

    Raises:
        FormatError: if the file is no labelled set.
    """
    try:
        with Path(path).open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            arrays = dict(file)
        header = parse(path, str(arrays["header"]))
        if (header["format"], header["version"]) != (FORMAT, VERSION):
            raise FormatError(path, f"is no {FORMAT} of version {VERSION}")
        return LabelledSet(path, header["shared"], arrays)
    except OSError as error:
        raise FormatError(path, f"cannot be read ({error.strerror or error})") from None
    except (ValueError, TypeError, KeyError, EOFError, BadZipFile, zlib.error) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(path, "is no labelled set") from None


class _Column(NamedTuple):
    """Arrays of all instances, one after the other."""

    values: NDArray[Any]
    shapes: NDArray[Any]  # [I, axes]
    starts: NDArray[np.int64]  # [I + 1]

    @classmethod
    def of(cls, values: NDArray[Any], shapes: NDArray[Any]) -> "_Column":
        return cls(values, shapes, np.append(0, np.cumsum(shapes.prod(axis=1, dtype=np.int64))))

    def at(self, index: int) -> NDArray[Any]:
        """The array of one instance."""
        return np.asarray(self.values[self.starts[index] : self.starts[index + 1]].reshape(self.shapes[index]))


class LabelledSet(Sequence[Label]):
    """Labels of a file, made one by one."""

    def __init__(self, path: str | Path, shared: Sequence[str], arrays: Arrays) -> None:
        self._path = path
        self._shared = [_fields(path, text) for text in shared]
        self._number, self._names, self.cost = arrays["shared"], arrays["names"], arrays["cost"]
        if any(f"{name}.shapes" not in arrays for name in ROUTE_LISTS):
            raise KeyError("routes")
        columns = (name.removesuffix(".shapes") for name in arrays if name.endswith(".shapes"))
        self._columns = {name: _Column.of(arrays[name], arrays[f"{name}.shapes"]) for name in columns}

    def __len__(self) -> int:
        return len(self.cost)

    @overload
    def __getitem__(self, place: int) -> Label: ...
    @overload
    def __getitem__(self, place: slice) -> list[Label]: ...
    def __getitem__(self, place: int | slice) -> Label | list[Label]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        index = range(len(self))[place]
        return Label(self._instance(index), self._solution(index), float(self.cost[index]))

    def __iter__(self) -> Iterator[Label]:
        return (self[index] for index in range(len(self)))

    def _instance(self, index: int) -> Instance:
        given = dict(self._shared[self._number[index]])
        neutral = _neutral(given.pop("n_nodes"))
        for name in ARRAYS:
            given[name] = self._columns[name].at(index) if name in self._columns else neutral.get(name)
        return Instance(name=str(self._names[index]), **given)

    def _solution(self, index: int) -> Solution:
        flat, types, sizes, unserved = (self._columns[name].at(index) for name in ROUTE_LISTS)
        parts = np.split(flat, np.cumsum(sizes)[:-1]) if len(sizes) else []
        routes = (Route((tuple(part.tolist()),), int(kind)) for part, kind in zip(parts, types, strict=True))
        return Solution(tuple(routes), tuple(unserved.tolist()))


def _beside_arrays(instance: Instance) -> dict[str, Any]:
    """What an instance has beside arrays and its name, in JSON's words."""
    found: dict[str, Any] = {"n_nodes": instance.n_nodes}
    for item in fields(instance):
        value = getattr(instance, item.name)
        if item.name not in ARRAYS and item.name != "name" and value != item.default:
            found[item.name] = plain(value)
    return found


def _fields(path: str | Path, text: str) -> dict[str, Any]:
    found: dict[str, Any] = parse(path, text)
    found["vehicle_types"] = vehicles_from_json(path, found["vehicle_types"])
    return found


def _together(name: str, values: Sequence[NDArray[Any] | None]) -> dict[str, NDArray[Any]]:
    """The arrays of a field: their numbers one after the other, and their shapes."""
    there = [np.zeros(0) if value is None else value for value in values]
    if len({array.ndim for array in there}) > 1:
        raise InstanceError(f"{name}: some instances of a labelled set have it and others do not")
    shapes = np.array([array.shape for array in there], dtype=np.int32)
    return {name: _small(np.concatenate([array.ravel() for array in there])), f"{name}.shapes": shapes}


def _neutral(n_nodes: int) -> dict[str, NDArray[Any]]:
    required = np.ones(n_nodes, dtype=bool)  # depots and stations become False on construction
    return neutral_arrays(n_nodes) | {"required": required}


def _is_neutral(name: str, instance: Instance) -> bool:
    value, neutral = getattr(instance, name), _neutral(instance.n_nodes).get(name)
    if value is None or neutral is None:
        return value is neutral
    if name == "required":  # False at depots and stations in any case
        value, neutral = value[instance.clients.start : instance.clients.stop], np.ones(instance.n_clients, dtype=bool)
    return np.array_equal(neutral, value)


def _small(values: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers in few bytes; others as they are."""
    if values.dtype == bool or not len(values) or not np.isfinite(values).all():
        return values
    if np.array_equal(values, np.rint(values)):
        for kind in (np.uint8, np.int16, np.int32):
            if np.iinfo(kind).min <= values.min() and values.max() <= np.iinfo(kind).max:
                return values.astype(kind)
    return values


def _routes(solutions: Sequence[Solution]) -> dict[str, NDArray[Any]]:
    for solution in solutions:
        for route in solution:
            if route != Route((route.stops,), route.vehicle_type):
                raise InstanceError(f"a labelled set holds routes of one trip and nothing else, not {route}")
    found: dict[str, NDArray[Any]] = {}
    found |= _lists("stops", [[node for route in solution for node in route.stops] for solution in solutions])
    found |= _lists("types", [[route.vehicle_type for route in solution] for solution in solutions])
    found |= _lists("sizes", [[len(route) for route in solution] for solution in solutions])
    found |= _lists("unserved", [list(solution.unserved) for solution in solutions])
    return found


def _lists(name: str, values: Sequence[Sequence[int]]) -> dict[str, NDArray[Any]]:
    together = np.array([number for value in values for number in value], dtype=np.int64)
    shapes = np.array([[len(value)] for value in values], dtype=np.int32).reshape(-1, 1)
    return {name: _small(together), f"{name}.shapes": shapes}
