"""The timetable of a solution as a table, for people and for spreadsheets."""

import csv
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from routewright.data.errors import RoutewrightError
from routewright.data.evaluate import Evaluation, RouteTimetable, TimedStop, evaluate
from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.rounding import unit_factor
from routewright.data.instance import Instance
from routewright.data.solution import Solution

Row = dict[str, Any]
Clock = Literal["seconds", "minutes", "hours"]
MINUTES: dict[str, float] = {"seconds": 1 / 60, "minutes": 1.0, "hours": 60.0}
"""Minutes in a unit of time."""


def schedule(instance: Instance, solution: Solution, clock: Clock | None = None) -> "Schedule":
    """The timetable of ``solution``; see ``Schedule`` for ``clock``."""
    return Schedule(evaluate(instance, solution), clock)


def clock_time(time: float, unit: Clock) -> str:
    """``time`` after midnight as hours and minutes, those of later days above 24; 510 minutes are 08:30."""
    minutes = round(time * MINUTES[unit])
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def time_unit(instance: Instance) -> int:
    """Raw time and distance units in one unit of the instance's source.

    The roundings ``trunc1`` and ``scale1000`` multiply distances, and with them times, by 10 and
    1000; the others leave them as they are.
    """
    return unit_factor(instance.rounding)


@dataclass(frozen=True)
class Schedule:
    """Who is where, when and with what on board.

    Times and distances are given in the units of the instance's source (see ``time_unit``), loads and
    energy as they are in the instance.

    Args:
        evaluation: of the solution to show.
        clock: what the instance's times count from midnight; then arrivals, starts and departures are
            shown as 08:30. None shows them as they are. Waiting and lateness always are.
    """

    evaluation: Evaluation
    clock: Clock | None = None

    def __post_init__(self) -> None:
        if self.clock is not None and self.clock not in MINUTES:
            raise RoutewrightError(f"clock is {self.clock!r}, must be one of {', '.join(MINUTES)}")

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """One row for each stop, depots at start, reload and end included.

        Keys: ``route``, where there are several vehicle types ``vehicle`` (its name, or the index of its type),
        ``trip`` and ``stop`` (from 1, 1 and 0), ``node``, ``name``, ``arrival``,
        ``wait``, ``start``, ``departure``, ``load`` (or ``load_1`` … ``load_K``), ``distance``,
        ``lateness``, and, where a vehicle has breaks or a battery, ``break``, ``battery`` and
        ``charged`` (None for a vehicle without a battery).
        """
        return tuple(
            self._row(timed, position, stop)
            for timed in self.evaluation.routes
            for position, stop in enumerate(timed.stops)
        )

    def to_csv(self, path: str | Path) -> None:
        """Write the rows as comma-separated values with a header.

        Raises:
            FormatError: if the file cannot be written.
        """
        with atomic_write(path) as stream:
            writer = csv.DictWriter(stream, self._columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)

    def to_json(self, path: str | Path) -> None:
        """Write cost, and for each route its totals and rows, as JSON.

        Raises:
            FormatError: if the file cannot be written.
        """
        with atomic_write(path) as stream:
            json.dump(self._document(), stream, indent=2)
            stream.write("\n")

    def __str__(self) -> str:
        """The rows as an aligned text table."""
        lines = [list(self._columns)] + [[_cell(row[name]) for name in self._columns] for row in self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        texts = [
            "  ".join(
                cell.ljust(width) if name == "name" else cell.rjust(width)
                for name, cell, width in zip(self._columns, line, widths, strict=True)
            ).rstrip()
            for line in lines
        ]
        return "\n".join(texts)

    @property
    def _instance(self) -> Instance:
        return self.evaluation.instance

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        types = self._instance.vehicle_types
        columns = ["route", *(["vehicle"] if len(types) > 1 else [])]
        columns += ["trip", "stop", "node", "name", "arrival", "wait", "start", "departure"]
        columns += self._load_names
        columns += ["distance", "lateness"]
        if any(vehicle.breaks for vehicle in types):
            columns.append("break")
        if any(vehicle.battery for vehicle in types):
            columns += ["battery", "charged"]
        return tuple(columns)

    @property
    def _load_names(self) -> list[str]:
        count = self._instance.n_loads
        return ["load"] if count == 1 else [f"load_{index + 1}" for index in range(count)]

    def _row(self, timed: RouteTimetable, position: int, stop: TimedStop) -> Row:
        rest = sum(taken.rest.duration for taken in timed.breaks if taken.position == position)
        row: Row = {
            "route": timed.route + 1,
            "vehicle": self._instance.vehicle_types[timed.vehicle_type].name or timed.vehicle_type,
            "trip": stop.trip + 1,
            "stop": position,
            "node": stop.node,
            "name": self._instance.label(stop.node),
        }
        row |= {
            name: (self._source if name == "wait" else self._time)(getattr(stop, name))
            for name in ("arrival", "wait", "start", "departure")
        }
        row |= {name: _plain(load) for name, load in zip(self._load_names, stop.load, strict=True)}
        row |= {name: self._source(getattr(stop, name)) for name in ("distance", "lateness")}
        row |= {
            "break": self._source(rest),
            "battery": None if stop.battery is None else _plain(stop.battery),
            "charged": None if stop.battery is None else _plain(stop.charged),
        }
        return {name: row[name] for name in self._columns}

    def _source(self, raw: float) -> float | int:
        return _plain(raw / time_unit(self._instance))

    def _time(self, raw: float) -> float | int | str:
        """A time of day."""
        return self._source(raw) if self.clock is None else clock_time(raw / time_unit(self._instance), self.clock)

    def _document(self) -> dict[str, Any]:
        evaluation = self.evaluation
        return {
            "instance": self._instance.name,
            "rounding": self._instance.rounding,
            "cost": _plain(evaluation.cost),
            "distance": self._source(evaluation.distance),
            "duration": self._source(evaluation.duration),
            "vehicles": evaluation.vehicles,
            "unserved": list(evaluation.unserved),
            "routes": [self._route(timed) for timed in evaluation.routes],
        }

    def _route(self, timed: RouteTimetable) -> dict[str, Any]:
        return {
            "route": timed.route + 1,
            "vehicle_type": timed.vehicle_type,
            "vehicle": self._instance.vehicle_types[timed.vehicle_type].name,
            "departure": self._time(timed.departure),
            "end": self._time(timed.end),
            "distance": self._source(timed.distance),
            "duration": self._source(timed.duration),
            "cost": _plain(timed.cost / self._instance.scale),
            "stops": [row for row in self.rows if row["route"] == timed.route + 1],
        }


def _plain(value: float) -> float | int:
    """Whole numbers without a decimal point."""
    return int(value) if float(value).is_integer() else value


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
