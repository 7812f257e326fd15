"""``routewright info``: what a file asks for and which solvers can answer."""

from collections import Counter
from json import dumps
from typing import TYPE_CHECKING, Any

import typer

from routewright.cli.options import (
    CapacityOption,
    DurationsOption,
    InstanceFile,
    JsonOption,
    ObjectiveOption,
    RoundingOption,
    SpeedOption,
    VehiclesOption,
    examples,
)

if TYPE_CHECKING:
    from routewright.data.instance import Instance
    from routewright.data.vehicle import VehicleType

EXAMPLES = examples("info X-n101-k25.vrp", "info C101.txt --json")


def run(
    file: InstanceFile,
    rounding: RoundingOption = "auto",
    objective: ObjectiveOption = None,
    durations: DurationsOption = None,
    capacity: CapacityOption = None,
    vehicles: VehiclesOption = None,
    speed: SpeedOption = None,
    json: JsonOption = False,
) -> int:
    """Describe an instance and who can solve it.

    Size, fleet, features, how distances are made, and for each solver yes or what it lacks.
    """
    from routewright.data.formats.read import read_explained

    instance, distances = read_explained(
        file, rounding, objective, durations, capacity=capacity, vehicles=vehicles, speed=speed
    )
    facts = describe(instance, distances)
    if json:
        typer.echo(dumps(facts))
    else:
        _print(facts)
    return 0


def describe(instance: "Instance", distances: str) -> dict[str, Any]:
    """The facts about an instance as plain JSON types."""
    from routewright.cli.features import features
    from routewright.data.schedule import time_unit
    from routewright.solvers.solve import SOLVERS, supports

    return {
        "name": instance.name,
        "depots": instance.depots,
        "clients": instance.n_clients,
        "stations": instance.stations,
        "loads": instance.n_loads,
        "rounding": instance.rounding,
        "distances": distances,
        "objective": instance.objective,
        "vehicles": [_fleet(vehicle, time_unit(instance)) for vehicle in instance.vehicle_types],
        "features": features(instance),
        "solvers": {name: supports(name, instance) for name in SOLVERS},
    }


def _fleet(vehicle: "VehicleType", unit: int) -> dict[str, Any]:
    """A type with its limits in the units of the file."""
    from routewright.cli.numbers import tidy

    return {
        "name": vehicle.name,
        "count": vehicle.count,
        "capacity": [tidy(value) for value in vehicle.capacity],
        "max_distance": tidy(vehicle.max_distance / unit),
        "max_duration": tidy(vehicle.max_duration / unit),
    }


def _print(facts: dict[str, Any]) -> None:
    from routewright.cli.lines import plural, show

    nodes = [plural(facts[f"{word}s"], word) for word in ("depot", "client", "station") if facts[f"{word}s"]]
    fleet = Counter(_fleet_words(vehicle) for vehicle in facts["vehicles"])
    rows = [
        ("instance", facts["name"] or "unnamed"),
        ("nodes", ", ".join(nodes)),
        *(("vehicles", words if types == 1 else f"{types} types: {words} each") for words, types in fleet.items()),
        ("distances", facts["distances"]),
        ("objective", facts["objective"]),
        ("features", ", ".join(facts["features"]) or "none beyond capacities"),
        *((f"by {solver}", f"no: {', '.join(why)}" if why else "yes") for solver, why in facts["solvers"].items()),
    ]
    show(rows)


def _fleet_words(vehicle: dict[str, Any]) -> str:
    words = ["unlimited" if vehicle["count"] is None else str(vehicle["count"])]
    if vehicle["name"]:
        words.append(vehicle["name"])
    if vehicle["capacity"]:
        words.append(f"capacity {' / '.join('unlimited' if c is None else str(c) for c in vehicle['capacity'])}")
    for limit in ("max_distance", "max_duration"):
        if vehicle[limit] is not None:
            words.append(f"{limit.replace('_', ' ')} {vehicle[limit]}")
    return ", ".join(words)
