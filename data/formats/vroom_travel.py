"""Places and travel of a VROOM-style problem: what each kind of vehicle pays and needs between nodes.

The format minimises the price of the arcs driven: the travel time, unless costs say otherwise. So
an instance made of it holds that price as its distances, and the travel times as its durations.
"""

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from routewright.data.distance import between
from routewright.data.errors import FormatError

if TYPE_CHECKING:
    from routewright.data.formats.vroom_models import MatricesModel, ProblemModel, VehicleModel

Floats = NDArray[np.float64]
Spot = tuple[tuple[float, float] | None, int | None]
"""(longitude, latitude) and index into the matrices, as far as they are given."""

NOWHERE: Spot = (None, -1)
"""Where a vehicle starts that may begin at any task: no way from there costs or takes anything."""
METRES = 1000.0
SPEED = 10.0
"""Metres per second as the crow flies, where no matrices are given."""

Key = tuple[str, float, float, float]


def key_of(vehicle: "VehicleModel") -> Key:
    """What travel depends on: profile, speed factor, price per hour and per kilometre."""
    return vehicle.profile, vehicle.speed_factor, vehicle.costs.per_hour, vehicle.costs.per_km


@dataclass(frozen=True)
class Travel:
    """Matrices [N, N] of one key.

    Attributes:
        prices: of an arc.
        times: in seconds, the vehicle's speed factor applied.
        metres: None where the file does not know them.
    """

    prices: Floats
    times: Floats
    metres: Floats | None

    def limit(self, measure: str, most: float | None) -> float | None:
        """A limit on metres or times as one on prices; None where it cannot be said so."""
        if most is None:
            return inf
        table = self.times if measure == "max_travel_time" else self.metres
        if table is None or not table.any():
            return None
        rate = float(self.prices.sum() / table.sum())
        return most * rate if np.allclose(self.prices, rate * table, rtol=1e-12) and rate > 0 else None


def travel(path: object, problem: "ProblemModel", spots: list[Spot], key: Key, speed: float | None) -> Travel:
    """Matrices between ``spots`` for vehicles of ``key``.

    Raises:
        FormatError: if a matrix has the wrong size, or a node no place in it.
    """
    profile, factor, per_hour, per_km = key
    if profile in problem.matrices:
        given = problem.matrices[profile]
        times, metres, prices = _given(path, f"matrices.{profile}", given, spots)
    elif problem.matrices:
        raise FormatError(path, f"matrices: profile {profile!r} is missing, there are {', '.join(problem.matrices)}")
    else:
        metres, prices = _crow(path, spots), None
        times = _whole(metres / (speed or SPEED))
    times = _whole(times / factor) if factor != 1.0 else times
    if prices is None:
        if per_km and metres is None:
            raise FormatError(path, f"matrices.{profile}: distances are missing, costs.per_km needs them")
        prices = per_hour / 3600.0 * times + (0.0 if metres is None else per_km / 1000.0 * metres)
    elif (per_hour, per_km) != (3600.0, 0.0):
        raise FormatError(path, f"matrices.{profile}: costs stand beside per_hour or per_km; give one of them")
    return Travel(prices, times, metres)


def _given(
    path: object, place: str, matrices: "MatricesModel", spots: list[Spot]
) -> tuple[Floats, Floats | None, Floats | None]:
    """Times, metres and prices."""
    indices = []
    for location, index in spots:
        if index is None:
            raise FormatError(path, f"location {list(location or ())} has no index, which matrices need")
        indices.append(index)
    size = len(matrices.durations)
    if max(indices) >= size:
        raise FormatError(path, f"{place}.durations: has {size} rows, index {max(indices)} is asked for")
    tables = (("durations", matrices.durations), ("distances", matrices.distances), ("costs", matrices.costs))
    picked = [None if rows is None else _picked(path, f"{place}.{name}", rows, size, indices) for name, rows in tables]
    assert picked[0] is not None  # required
    return picked[0], picked[1], picked[2]


def _picked(path: object, place: str, rows: list[list[float]], size: int, indices: list[int]) -> Floats:
    if len(rows) != size or any(len(row) != size for row in rows):
        widths = sorted({len(row) for row in rows})
        raise FormatError(path, f"{place}: has {len(rows)} rows of {widths} numbers, must be {size}x{size}")
    whole = np.pad(np.array(rows, dtype=np.float64).reshape(size, size), (0, 1))  # index -1 is nowhere
    return whole[np.ix_(indices, indices)]


def _crow(path: object, spots: list[Spot]) -> Floats:
    """Great-circle distances in whole metres; 0 from and to nowhere."""
    for location, index in spots:
        if location is None and index != -1:
            raise FormatError(path, f"location index {index} has no coordinates, and there are no matrices")
    places = np.array([location or (0.0, 0.0) for location, _ in spots])[:, ::-1]
    metres = _whole(METRES * between(places[:, None], places[None, :], "haversine", "none"))
    nowhere = [index == -1 for _, index in spots]
    metres[nowhere] = metres[:, nowhere] = 0.0
    return metres


def _whole(values: Floats) -> Floats:
    return np.asarray(np.floor(values + 0.5))
