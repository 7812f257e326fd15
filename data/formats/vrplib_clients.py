"""What clients of a VRPLIB file want: loads, times, and whether they must be served.

Every function returns arguments of ``Instance.build``.
"""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.formats.rounding import RoundingRule
from routewright.data.formats.vrplib_lexer import Source
from routewright.data.formats.vrplib_nodes import Nodes

Floats = NDArray[np.float64]
LOADS = {"DEMAND_SECTION": "delivery", "BACKHAUL_SECTION": "pickup"}


def read_loads(source: Source, nodes: Nodes, is_tour: bool) -> dict[str, Any]:
    """Deliveries and pickups; only a tour can do without."""
    fields: dict[str, Any] = {}
    for name, field in LOADS.items():
        if name in source.sections:
            fields[field] = _load(source, nodes, name)
    if not is_tour:
        for name in ("DEMAND", "CAPACITY"):
            if not source.has(name):
                source.fail(f"{name} is missing" if name == "CAPACITY" else "DEMAND_SECTION is missing")
    return fields


def _load(source: Source, nodes: Nodes, name: str) -> Floats:
    load = nodes.columns(name)
    bad = ~np.isfinite(load) | (load < 0)
    nodes.reject(name, bad.any(axis=1), lambda node: f"asks {load[node].min():g}, must be finite and >= 0")
    at_depot = np.arange(nodes.n) < nodes.depots
    nodes.reject(name, at_depot & load.any(axis=1), lambda node: f"is a depot and asks {load[node].max():g}")
    return load


def reject_too_large(nodes: Nodes, instance: dict[str, Any]) -> None:
    """Raise FormatError at a load that no vehicle can carry; split deliveries can."""
    if instance["split"]:
        return
    for name, field in LOADS.items():
        load = instance.get(field)
        table = [vehicle.capacity for vehicle in instance.get("vehicle_types", ()) if vehicle.capacity]
        if load is None or not table or load.shape[1] != len(table[0]):
            continue
        largest = np.max(table, axis=0)
        wrong = (load > largest).any(axis=1)
        problem = f"asks {load[np.argmax(wrong)].max():g}, above every capacity (largest {largest.max():g})"
        nodes.reject(name, wrong, partial(_always, problem))


def _always(problem: str, _: int) -> str:
    return problem


def read_times(source: Source, nodes: Nodes, rule: RoundingRule) -> dict[str, Any]:
    """Windows, service and release times in raw units."""
    fields: dict[str, Any] = {}
    if "TIME_WINDOW_SECTION" in source.sections:
        windows = nodes.columns("TIME_WINDOW_SECTION", 2)
        opens, closes = windows[:, 0], windows[:, 1]
        nodes.reject(
            "TIME_WINDOW_SECTION",
            opens > closes,
            lambda node: f"closes at {closes[node]:g}, before it opens at {opens[node]:g}",
        )
        fields["windows"] = rule.to_raw(windows)
    for name, field in (("SERVICE_TIME_SECTION", "service"), ("RELEASE_TIME_SECTION", "release")):
        if name in source.sections:
            fields[field] = rule.to_raw(_duration(nodes, name))
    if "SERVICE_TIME" in source.headers:
        if "service" in fields:
            source.fail("SERVICE_TIME and SERVICE_TIME_SECTION contradict", source.headers["SERVICE_TIME"][1])
        at_client = np.arange(nodes.n) >= nodes.depots
        fields["service"] = rule.to_raw(np.where(at_client, source.number("SERVICE_TIME"), 0.0))
    return fields


def _duration(nodes: Nodes, name: str) -> Floats:
    values = nodes.column(name)
    bad = ~np.isfinite(values) | (values < 0)
    nodes.reject(name, bad, lambda node: f"has {values[node]:g}, must be finite and >= 0")
    return values


def read_choices(source: Source, nodes: Nodes, rule: RoundingRule) -> dict[str, Any]:
    """Clients that may be left out (those with a prize) and groups of alternatives.

    A group of one is a required client.
    """
    fields: dict[str, Any] = {}
    if "PRIZE_SECTION" in source.sections:
        prize = nodes.column("PRIZE_SECTION")
        nodes.reject("PRIZE_SECTION", ~np.isfinite(prize), lambda node: f"has {prize[node]:g}, must be finite")
        fields["prize"] = rule.to_raw(prize)
        fields["required"] = prize == 0
    if "MUTUALLY_EXCLUSIVE_GROUP_SECTION" in source.sections:
        fields["group"] = _groups(source, nodes)
    return fields


def _groups(source: Source, nodes: Nodes) -> NDArray[np.int64]:
    name = "MUTUALLY_EXCLUSIVE_GROUP_SECTION"
    group = np.full(nodes.n, -1, dtype=np.int64)
    seen: set[int] = set()
    for (index, *labels), line in source.lists(name):
        members = [nodes.node(name, label, line) for label in labels]
        for label, node in zip(labels, members, strict=True):
            if node in seen or node < nodes.depots:
                source.fail(f"{name}: node {label} {'stands twice' if node in seen else 'is a depot'}", line)
            seen.add(node)
        if index < 1:
            source.fail(f"{name}: group {index}, must be >= 1", line)
        if len(members) > 1:
            group[members] = index - 1
    return group
