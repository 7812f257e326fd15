"""The fleet of an instance as VRPLIB headers (one value for all) and sections (a row per vehicle)."""

from typing import Any

import numpy as np

from routewright.data.formats.rounding import unit_factor
from routewright.data.formats.vrplib_fleet import TIMES_AND_PRICES
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType

_NEUTRAL = {
    "VEHICLES_FIXED_COST": 0.0,
    "VEHICLES_UNIT_DISTANCE_COST": 1.0,
    "VEHICLES_MAX_DURATION": np.inf,
    "VEHICLES_MAX_DISTANCE": np.inf,
    "VEHICLES_MAX_RELOADS": np.inf,
}


def fleet_lines(instance: Instance, ids: list[int], is_tour: bool) -> tuple[list[str], list[str]]:
    """Header lines and section lines.

    An unlimited fleet is written as the first type says, standing at every depot.
    """
    types = instance.vehicle_types
    limited = all(vehicle.count is not None for vehicle in types)
    vehicles = [vehicle for vehicle in types for _ in range(vehicle.count or 0)] if limited else [types[0]]
    headers = [f"VEHICLES : {len(vehicles)}"] if limited and not is_tour else []
    sections: list[str] = []
    for name, rows in _columns(instance, ids, vehicles).items():
        if len(set(rows)) == 1 and name in {"CAPACITY", *_NEUTRAL}:
            headers.append(f"{name} : {rows[0]}")
        elif limited:
            sections += [f"{name}_SECTION", *(f"{index} {row}".rstrip() for index, row in enumerate(rows, start=1))]
    return headers, sections


def _columns(instance: Instance, ids: list[int], vehicles: list[VehicleType]) -> dict[str, list[str]]:
    """Field -> what its row says for each vehicle; fields that say nothing are left out."""
    columns = {}
    if any(vehicle.capacity for vehicle in vehicles):
        columns["CAPACITY"] = [_words(vehicle.capacity) for vehicle in vehicles]
    for name, neutral in _NEUTRAL.items():
        values = [_number(name, vehicle, instance) for vehicle in vehicles]
        if any(value != neutral for value in values):
            columns[name] = [_words([value]) for value in values]
    if instance.depots > 1:
        columns["VEHICLES_DEPOT"] = [str(ids[vehicle.start]) for vehicle in vehicles]
    if any(vehicle.reload_depots for vehicle in vehicles):
        columns["VEHICLES_RELOAD_DEPOT"] = [_words(ids[d] for d in vehicle.reload_depots) for vehicle in vehicles]
    if any(vehicle.allowed is not None for vehicle in vehicles):
        everyone = frozenset(instance.clients)
        columns["VEHICLES_ALLOWED_CLIENTS"] = [
            _words(ids[client] for client in sorted(everyone if vehicle.allowed is None else vehicle.allowed))
            for vehicle in vehicles
        ]
    return columns


def _number(name: str, vehicle: VehicleType, instance: Instance) -> float:
    if name == "VEHICLES_UNIT_DISTANCE_COST":
        return vehicle.distance_cost
    if name == "VEHICLES_MAX_RELOADS":
        return np.inf if vehicle.max_trips is None else vehicle.max_trips - 1
    value: float = getattr(vehicle, TIMES_AND_PRICES[name])
    return value / unit_factor(instance.rounding)


def _words(values: Any) -> str:
    return " ".join(str(int(value)) if float(value).is_integer() else repr(float(value)) for value in values)
