"""Instances as VRPLIB or TSPLIB files that read back as they were.

Times, prices and explicit distances are written in plain units. What the format has no field for
but a reader must know (rounding, scale, objective, kind of backhaul, split deliveries) stands in
a COMMENT, which other programs skip.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from routewright.data.errors import FormatError
from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.expressed import differences
from routewright.data.formats.rounding import unit_factor
from routewright.data.formats.vrplib_fleet_writer import fleet_lines
from routewright.data.formats.vrplib_reader import parse_vrplib
from routewright.data.formats.vrplib_rounding import BY_EDGE_WEIGHT, BY_TYPE, MARKER
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType


def write_vrplib(instance: Instance, path: str | Path) -> None:
    """Write ``instance`` in VRPLIB form, or TSPLIB's where it is one vehicle without loads.

    The text is read back before the file is written, so that nothing is lost unseen.

    Raises:
        FormatError: naming every field of the instance that the format cannot express.
    """
    is_tour = _is_tour(instance)
    if not is_tour and not np.isfinite(instance.capacities).all():
        raise FormatError(path, "VRPLIB cannot express capacity: every vehicle needs a finite one")
    text = "".join(f"{line}\n" for line in _lines(instance, is_tour))
    try:
        again = parse_vrplib(path, text)[0]
    except FormatError as error:
        raise FormatError(path, f"VRPLIB cannot express this instance ({error})") from None
    lost = _lost(instance, again)
    if lost:
        raise FormatError(path, f"VRPLIB cannot express {', '.join(lost)}")
    with atomic_write(path) as stream:
        stream.write(text)


def _lost(instance: Instance, again: Instance) -> list[str]:
    """Fields that would be lost; a metric says nothing where distances are explicit."""
    lost = differences(instance, again)
    if instance.distances is not None and "metric" in lost:
        lost.remove("metric")
    if "vehicle_types" in lost:
        lost[lost.index("vehicle_types")] = _lost_of_fleet(instance.vehicle_types, again.vehicle_types)
    return lost


def _lost_of_fleet(types: tuple[VehicleType, ...], again: tuple[VehicleType, ...]) -> str:
    left, right = _one_by_one(types), _one_by_one(again)
    names = [
        item.name
        for item in fields(VehicleType)
        if item.compare
        and any(getattr(a, item.name) != getattr(b, item.name) for a, b in zip(left, right, strict=False))
    ]
    problem = ", ".join(names) or f"{len(types)} types would be read as {len(again)}"
    return f"vehicle_types ({problem})"


def _one_by_one(types: tuple[VehicleType, ...]) -> list[VehicleType]:
    """Every vehicle by itself; an unlimited type stays as it is."""
    return [
        vehicle if vehicle.count is None else replace(vehicle, count=1)
        for vehicle in types
        for _ in range(1 if vehicle.count is None else vehicle.count)
    ]


def _is_tour(instance: Instance) -> bool:
    """Whether the instance is a TSP or ATSP: one vehicle that nothing loads."""
    types = instance.vehicle_types
    loaded = instance.delivery.any() or instance.pickup.any()
    return len(types) == 1 and types[0].count == 1 and types[0].capacity == () and not loaded


def _lines(instance: Instance, is_tour: bool) -> Iterator[str]:
    yield f"NAME : {instance.name}"
    yield f"COMMENT : {MARKER} {_marker(instance)}"
    yield f"TYPE : {_type(instance, is_tour)}"
    yield f"DIMENSION : {instance.n_nodes}"
    headers, sections = fleet_lines(instance, _ids(instance), is_tour)
    yield from headers
    yield from _geometry(instance)
    yield from _node_sections(instance, is_tour)
    yield from sections
    if not is_tour:
        yield from ("DEPOT_SECTION", *map(str, _ids(instance)[: instance.depots]), "-1")
    yield "EOF"


def _marker(instance: Instance) -> str:
    stated = {
        "rounding": instance.rounding,
        "scale": str(instance.scale),
        "objective": instance.objective,
        "backhaul": instance.backhaul,
    }
    if instance.split:
        stated["split"] = "yes"
    return " ".join(f"{key}={value}" for key, value in stated.items())


def _type(instance: Instance, is_tour: bool) -> str:
    """The TYPE that says most about the instance; the sections say the rest."""
    if is_tour:
        symmetric = instance.distances is None or np.array_equal(instance.distances[0], instance.distances[0].T)
        return "TSP" if symmetric else "ATSP"
    types = instance.vehicle_types
    choices = {
        "OVRP": all(vehicle.end is None for vehicle in types),
        "VRPB": instance.backhaul == "classic",
        "VRPMPD": instance.backhaul == "mixed",
        "VRPSPD": bool(instance.pickup.any()),
        "GVRP": bool((instance.group >= 0).any()),
        "MTVRP": any(vehicle.reload_depots for vehicle in types),
        "SDVRP": instance.split or any(vehicle.allowed is not None for vehicle in types),
        "MDVRP": instance.depots > 1,
        "HFVRP": len(types) > 1,
        "PCVRP": not instance.required[instance.depots :].all(),
    }
    kind = next((name for name, holds in choices.items() if holds), "CVRP")
    with_windows = "VRPTW" if kind == "CVRP" else f"{kind}TW"
    return with_windows if _has_windows(instance) and with_windows in BY_TYPE else kind


def _has_windows(instance: Instance) -> bool:
    return not np.array_equal(instance.windows[:, 0], np.tile([0.0, np.inf], (instance.n_nodes, 1)))


def _ids(instance: Instance) -> list[int]:
    """Node ids: the names where they are such ids, else 1 to n."""
    usual = list(range(1, instance.n_nodes + 1))
    if not instance.names or not all(name.isascii() and name.isdecimal() for name in instance.names):
        return usual
    ids = [int(name) for name in instance.names]
    faithful = len(set(ids)) == len(ids) and tuple(map(str, ids)) == instance.names
    return ids if faithful else usual


def _labels(instance: Instance) -> list[str]:
    """Words after the coordinates, where the ids do not hold the names."""
    in_ids = not instance.names or _ids(instance) != list(range(1, instance.n_nodes + 1))
    return [""] * instance.n_nodes if in_ids else [f" {name}" for name in instance.names]


def _geometry(instance: Instance) -> Iterator[str]:
    if instance.distances is not None:
        yield "EDGE_WEIGHT_TYPE : EXPLICIT"
        yield "EDGE_WEIGHT_FORMAT : FULL_MATRIX"
        yield "EDGE_WEIGHT_SECTION"
        factor = unit_factor(instance.rounding)
        yield from (" ".join(map(plain, row)) for row in (instance.distances[0] / factor).tolist())
    else:
        by_rounding = {rounding: name for name, rounding in BY_EDGE_WEIGHT.items()}
        yield f"EDGE_WEIGHT_TYPE : {by_rounding.get(instance.rounding, 'EUC_2D')}"
    if instance.coords is not None:
        yield "NODE_COORD_SECTION"
        rows = zip(_ids(instance), instance.coords.tolist(), _labels(instance), strict=True)
        yield from (f"{label} {plain(x)} {plain(y)}{words}" for label, (x, y), words in rows)


def _node_sections(instance: Instance, is_tour: bool) -> Iterator[str]:
    factor = unit_factor(instance.rounding)
    if not is_tour:
        yield from _per_node("DEMAND_SECTION", instance, instance.delivery)
    if instance.pickup.any():
        yield from _per_node("BACKHAUL_SECTION", instance, instance.pickup)
    if _has_windows(instance):
        yield from _per_node("TIME_WINDOW_SECTION", instance, instance.windows[:, 0] / factor)
    for name, values in (("SERVICE_TIME", instance.service), ("RELEASE_TIME", instance.release)):
        if values.any():
            yield from _per_node(f"{name}_SECTION", instance, values[:, None] / factor)
    if instance.prize.any():
        yield from _per_node("PRIZE_SECTION", instance, instance.prize[:, None] / factor)
    if (instance.group >= 0).any():
        yield from _groups(instance)


def _per_node(name: str, instance: Instance, table: NDArray[np.float64]) -> Iterator[str]:
    yield name
    for label, row in zip(_ids(instance), table.tolist(), strict=True):
        yield f"{label} {' '.join(map(plain, row))}"


def _groups(instance: Instance) -> Iterator[str]:
    ids = np.array(_ids(instance))
    yield "MUTUALLY_EXCLUSIVE_GROUP_SECTION"
    for group in np.unique(instance.group[instance.group >= 0]).tolist():
        yield f"{group + 1} {' '.join(map(str, ids[instance.group == group].tolist()))}"


def plain(value: float) -> str:
    """A number as short as it can be written without loss."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
