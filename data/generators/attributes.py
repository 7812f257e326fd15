"""The 48 combinations of attributes that multi-task routing policies are trained on, and their numbers.

Berto et al. (2024), "RouteFinder: Towards Foundation Models for Vehicle Routing Problems", section 3 and
appendix on data generation. What is different here:

* loads are whole numbers over a whole capacity, so that a vehicle can be filled exactly;
* no vehicle leaves for classic backhauls alone: each has a delivery of its own that can go before it, or
  becomes a delivery itself;
* an attribute is present or absent in an instance, never by a probability.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.data.errors import InstanceError
from routewright.data.generators.options import whole
from routewright.data.generators.uniform import usual_capacity
from routewright.data.vehicle import VehicleType

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

LARGEST_LOAD = 9
BACKHAULS = {"classic": 0.2, "mixed": 0.3}
"""Share of the clients that give a load instead of getting one."""
HORIZON = 4.6
SERVICE = (0.15, 0.18)
WIDTH = (0.18, 0.20)
LONGEST = 2.8
DEPOTS = 3
MEAN_DISTANCE = 0.5214
"""Of two places in the unit square, in which the numbers above are: others are measured by it."""

TOUR = "TSP"
"""Beside the 48: a tour through depot and clients."""

_NAME = re.compile(r"(MD)?(O)?C?VRP(MB|B)?(L)?(TW)?")


class Attributes(NamedTuple):
    """What an instance has beside capacity; a tour has not even that: one vehicle that nothing limits."""

    depots: bool = False
    open: bool = False
    backhaul: str = "none"
    limit: bool = False
    windows: bool = False
    tour: bool = False

    @property
    def name(self) -> str:
        """Its usual name: [MD][O]VRP[B|MB][L][TW], CVRP for none; TSP for a tour."""
        if self.tour:
            return TOUR
        middle = {"none": "", "classic": "B", "mixed": "MB"}[self.backhaul]
        parts = ("MD" * self.depots, "O" * self.open, "VRP", middle, "L" * self.limit, "TW" * self.windows)
        return "".join(parts) if any(self[index] for index in (0, 1, 3, 4)) or middle else "CVRP"


def attributes(variant: str) -> Attributes:
    """The attributes that a name stands for.

    Raises:
        InstanceError: if the name is none of the 48, nor TSP.
    """
    if variant.upper() == TOUR:
        return Attributes(tour=True)
    found = _NAME.fullmatch(variant.upper())
    if found is None:
        raise InstanceError(
            f"variant is {variant!r}, must be TSP or a name like CVRP, VRPTW or MDOVRPMBLTW: {VARIANT_RULE}"
        )
    depots, opened, backhaul, limit, windows = found.groups()
    kind = {None: "none", "B": "classic", "MB": "mixed"}[backhaul]
    return Attributes(bool(depots), bool(opened), kind, bool(limit), bool(windows))


class Frame(NamedTuple):
    """What a family asks of its options, checked and completed."""

    wanted: Attributes
    depots: int
    capacity: int


def frame(n: int, variant: str, depots: int | None, capacity: int | None) -> Frame:
    """The attributes of a variant, the number of depots (3 where there are several) and the usual capacity.

    Raises:
        InstanceError: if an option is out of range.
    """
    whole("n", n, least=1)
    wanted = attributes(variant)
    load = usual_capacity(n) if capacity is None else capacity
    whole("capacity", load, least=LARGEST_LOAD)
    several = DEPOTS if depots is None else depots
    whole("depots", several, least=1)
    return Frame(wanted, several if wanted.depots else 1, load)


VARIANT_RULE = "[MD] several depots, [O] open routes, VRP, [B] or [MB] backhauls, [L] limit, [TW] time windows"

VARIANTS: tuple[str, ...] = tuple(
    Attributes(depots, opened, backhaul, limit, windows).name
    for depots in (False, True)
    for backhaul in ("none", "classic", "mixed")
    for opened in (False, True)
    for limit in (False, True)
    for windows in (False, True)
)
"""All 48 names."""

BASE_VARIANTS = tuple(name for name in VARIANTS if not name.startswith("MD") and "MB" not in name)
"""The sixteen of one depot and without mixed backhauls, on which published tables are based."""


class Roads(NamedTuple):
    """How far clients are from depots, which every number of an instance is drawn from."""

    there: Floats  # [D, n] distance from depots to clients
    back: Floats  # [D, n] distance from clients to depots
    time_there: Floats
    time_back: Floats
    between_clients: Callable[[], tuple[Floats, Floats]]  # distances and times [n, n]
    distance_unit: float = 1.0  # what a distance of 1 in the unit square corresponds to
    time_unit: float = 1.0
    whole: bool = False  # whether limits and times are whole numbers


def drawn(rng: np.random.Generator, wanted: Attributes, capacity: int, roads: Roads) -> dict[str, Any]:
    """Fields of ``Instance.build`` beside places and distances.

    All attributes are drawn in the same order, wanted or not: instances of one seed differ in nothing
    else. A client alone is served in time and within the limit from every depot.

    Args:
        rng: the random stream.
        wanted: attributes.
        capacity: of a vehicle.
        roads: between depots and clients.
    """
    if wanted.tour:
        return {"vehicles": 1}
    depots, n = roads.there.shape
    loads = rng.integers(1, LARGEST_LOAD, size=n, endpoint=True)
    lots = rng.random(n)
    service, windows = _times(rng, roads)
    limit = _limit(rng, roads) if wanted.limit else np.inf
    gives = np.asarray(lots < BACKHAULS.get(wanted.backhaul, 0.0))
    if wanted.backhaul == "classic":
        late = windows if wanted.windows else np.array([[-np.inf, np.inf]] * n)
        gives = _accompanied(gives, _fits(roads, limit, service, late))
    fields: dict[str, Any] = {
        "delivery": np.concatenate([np.zeros(depots), np.where(gives, 0, loads)]),
        "pickup": np.concatenate([np.zeros(depots), np.where(gives, loads, 0)]),
        "backhaul": wanted.backhaul,
        "depots": depots,
        "vehicle_types": [
            VehicleType(
                capacity=(capacity,),
                start=depot,
                end=None if wanted.open else depot,
                max_distance=limit,
            )
            for depot in range(depots)
        ],
    }
    if wanted.windows:
        horizon = _rounded(np.array([[0.0, HORIZON * roads.time_unit]] * depots), roads)
        fields |= {"windows": np.concatenate([horizon, windows]), "service": np.append(np.zeros(depots), service)}
    return fields


def _times(rng: np.random.Generator, roads: Roads) -> tuple[Floats, Floats]:
    """Service times [n] and windows [n, 2]: openings spread from the way there to the last chance to be back."""
    n = roads.there.shape[1]
    unit = roads.time_unit
    service = _rounded(unit * rng.uniform(*SERVICE, n), roads)
    width = _rounded(unit * rng.uniform(*WIDTH, n), roads)
    first = roads.time_there.max(axis=0)
    last = HORIZON * unit - service - width - roads.time_back.max(axis=0)
    opens = _rounded(first + rng.random(n) * np.maximum(last - first, 0.0), roads)
    return service, np.stack([opens, opens + width], axis=1)


def _limit(rng: np.random.Generator, roads: Roads) -> float:
    least = float((roads.there + roads.back).max())
    most = max(least, LONGEST * roads.distance_unit)
    return float(np.ceil(rng.uniform(least, most))) if roads.whole else float(rng.uniform(least, most))


def _fits(roads: Roads, limit: float, service: Floats, windows: Floats) -> Mask:
    """Whether a route can serve the one client [n] and then the other [n], from some depot."""
    distance, time = roads.between_clients()
    opens, closes = windows.T
    leave = np.maximum(roads.time_there, opens) + service
    in_time = leave[:, :, None] + time <= closes
    near = roads.there[:, :, None] + distance + roads.back[:, None, :] <= limit
    return np.asarray((in_time & near).any(axis=0))


def _accompanied(gives: Mask, fits: Mask) -> Mask:
    """Those who give for whom there is a client of their own to go before them."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    graph = csr_array(fits & ~gives[:, None] & gives[None, :])
    return np.asarray(maximum_bipartite_matching(graph, perm_type="row") >= 0)


def _rounded(values: Any, roads: Roads) -> Floats:
    return np.asarray(np.floor(values) if roads.whole else values)
