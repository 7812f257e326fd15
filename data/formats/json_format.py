"""The published JSON form of an instance, version 1.

Fields are those of ``Instance`` and ``VehicleType`` and may be left out where they are neutral.
The text is strict JSON: infinity is the string "inf" (null already means "unlimited", "open" and
"all"), never the token Infinity. ``docs/instance.schema.json`` is ``json_schema()``. One load
dimension or one window per node may stand without its inner brackets.
"""

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from routewright.data.errors import FormatError, InstanceError
from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.json_text import layout, parse, plain, validated
from routewright.data.formats.rows import naming
from routewright.data.formats.text import read_text
from routewright.data.instance import Instance
from routewright.data.vehicle import Battery, Break, VehicleType

if TYPE_CHECKING:
    from routewright.data.formats.json_models import VehicleTypeModel

FORMAT, VERSION = "routewright-instance", 1


def looks_like_json(text: str) -> bool:
    """Whether ``text`` starts like a JSON object."""
    return text.lstrip().startswith("{")


def read_json(path: str | Path) -> Instance:
    """Read an instance.

    Raises:
        FormatError: naming the field and the value that are wrong.
    """
    return instance_from_json(read_text(path), path)


def write_json(instance: Instance, path: str | Path) -> None:
    """Write ``instance``; ``read_json`` gives back an equal one."""
    text = instance_to_json(instance)
    with atomic_write(path) as stream:
        stream.write(text)


def json_schema() -> dict[str, Any]:
    """The JSON schema (2020-12) of the form."""
    from routewright.data.formats.json_models import InstanceModel

    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | InstanceModel.model_json_schema()


def instance_to_json(instance: Instance) -> str:
    """``instance`` as text, neutral fields left out."""
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    neutral = _neutral(instance)
    for item in fields(instance):
        value = getattr(instance, item.name)
        if not _same(value, neutral.get(item.name, item.default)):
            document[item.name] = plain(value)
    for name in ("delivery", "pickup", "windows"):  # lists of one lose their brackets
        if document.get(name) and all(len(row) == 1 for row in document[name]):
            document[name] = [row[0] for row in document[name]]
    return layout(document)


def instance_from_json(text: str, path: str | Path = "instance") -> Instance:
    """The instance in ``text``; ``path`` is what errors call it.

    Raises:
        FormatError: naming the field and the value that are wrong.
    """
    from routewright.data.formats.json_models import InstanceModel

    model = validated(path, InstanceModel, parse(path, text))
    given = {name: getattr(model, name) for name in model.model_fields_set - {"format", "version"}}
    given = {name: value for name, value in given.items() if value is not None}
    given["vehicle_types"] = [_vehicle(path, index, vehicle) for index, vehicle in enumerate(model.vehicle_types)]
    for name in ("delivery", "pickup", "distances", "durations", "windows"):
        if name in given:
            given[name] = _regular(path, name, given[name])
    given["names"] = tuple(model.names)
    # Instance.build has rules of its own for these two, which the file overrules.
    as_given = {name: given.pop(name) for name in ("required", "metric") if name in given}
    with naming(path):
        instance = Instance.build(**given)
        return _overruled(instance, as_given)


def vehicles_from_json(path: str | Path, document: list[Any]) -> tuple[VehicleType, ...]:
    """The vehicle types in parsed JSON.

    Raises:
        FormatError: naming the field and the value that are wrong.
    """
    from routewright.data.formats.json_models import VehicleTypeModel

    models = [validated(path, VehicleTypeModel, item) for item in document]
    return tuple(_vehicle(path, index, model) for index, model in enumerate(models))


def _overruled(instance: Instance, as_given: dict[str, Any]) -> Instance:
    if "required" in as_given:
        as_given["required"] = np.array(as_given["required"], dtype=bool)
    return instance.replace(**as_given) if as_given else instance


def _neutral(instance: Instance) -> dict[str, Any]:
    """What a file that leaves a field out means, where that is not the default of the class."""
    n, depots = instance.n_nodes, instance.depots
    required = np.arange(n) >= depots
    required[n - instance.stations :] = False
    required[instance.group >= 0] = False
    return neutral_arrays(n) | {
        "vehicle_types": (),  # always written
        "metric": "explicit" if instance.coords is None else "euclidean",
        "pickup": np.zeros_like(instance.delivery),
        "required": required,
    }


def neutral_arrays(n_nodes: int) -> dict[str, Any]:
    """Arrays of one load and one window that limit and cost nothing, for fields without a default of the class."""
    zeros = np.zeros(n_nodes)
    return {
        "delivery": zeros[:, None],
        "pickup": zeros[:, None],
        "pairs": np.zeros((0, 2), dtype=np.int64),
        "windows": np.tile(np.array([0.0, np.inf]), (n_nodes, 1, 1)),
        "lateness_cost": np.full(n_nodes, np.inf),
        "service": zeros,
        "release": zeros,
        "prize": zeros,
        "group": np.full(n_nodes, -1),
    }


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        return np.array_equal(left, right)
    return bool(type(left) is type(right) and left == right)


def _vehicle(path: str | Path, index: int, model: "VehicleTypeModel") -> VehicleType:
    given = {name: getattr(model, name) for name in model.model_fields_set}
    try:
        if model.battery is not None:
            given["battery"] = Battery(**model.battery.model_dump())
        given["breaks"] = tuple(Break(**item.model_dump()) for item in model.breaks)
        return VehicleType(**given)
    except InstanceError as error:
        raise FormatError(path, f"vehicle_types.{index}: {error}") from None


def _regular(path: str | Path, name: str, value: list[Any]) -> list[Any]:
    """``value`` with rows of one length.

    A node with fewer windows than others repeats its last one (``Instance.windows``).
    """
    if name in ("distances", "durations"):
        return [_rows_alike(path, f"{name}.{index}", matrix) for index, matrix in enumerate(value)]
    if name == "windows":
        most = max(map(len, value), default=1)
        return [row + row[-1:] * (most - len(row)) for row in value]
    return _rows_alike(path, name, value)


def _rows_alike(path: str | Path, place: str, value: list[list[float]]) -> list[list[float]]:
    for index, row in enumerate(value):
        if len(row) != len(value[0]):
            raise FormatError(path, f"{place}.{index}: has {len(row)} numbers, row 0 has {len(value[0])}")
    return value
