"""An instance put together depot by depot and client by client."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import inf, isfinite, isnan
from typing import Any, TypedDict, Unpack

import numpy as np
from numpy.typing import ArrayLike

from routewright.data.errors import InstanceError
from routewright.data.instance import Instance
from routewright.data.vehicle import Battery, Break, VehicleType

Window = tuple[float, float]
Load = float | Sequence[float]


class VehicleFields(TypedDict, total=False):
    """What ``add_vehicle_type`` takes: the fields of ``VehicleType``, nodes by handles."""

    count: int | None  # vehicles available; None is unlimited
    capacity: Load  # one number or one for each load dimension; left out, unlimited
    fixed_cost: float  # for each vehicle used
    distance_cost: float  # per unit of distance; 1 if left out
    duration_cost: float  # per unit of time between departure and return
    start: int  # depot
    end: int | None  # depot; None is an open route
    reload_depots: Iterable[int]  # where another trip may begin
    max_trips: int | None
    shift: Window  # earliest departure and latest return
    max_distance: float
    max_duration: float  # from departure to return, waiting and service included
    max_overtime: float  # beyond max_duration
    overtime_cost: float  # per unit of time beyond max_duration
    profile: int  # which of several matrices
    speed: float  # distance per unit of time, where no durations are given
    allowed: Iterable[int] | None  # clients; None is all of them
    preference: Mapping[int, float] | Iterable[tuple[int, float]]  # price of a visit, by client
    breaks: Break | Iterable[Break]
    battery: Battery | None
    name: str


_KINDS = ("depot", "client", "station")
_ALWAYS: Window = (0.0, inf)


@dataclass
class _Node:
    """One node as it was added; ``handle`` counts all nodes."""

    kind: str
    handle: int
    place: tuple[float, float] | None
    windows: tuple[Window, ...] = (_ALWAYS,)
    delivery: tuple[float, ...] = (0.0,)
    pickup: tuple[float, ...] = (0.0,)
    service: float = 0.0
    release: float = 0.0
    lateness_cost: float = inf
    prize: float = 0.0
    required: bool = True
    group: int = -1
    name: str = ""

    @property
    def label(self) -> str:
        return f"{self.kind} {self.name!r}" if self.name else f"{self.kind} with handle {self.handle}"


class InstanceBuilder:
    """Adds nodes in any order and makes an ``Instance`` of them.

    Every ``add_depot``, ``add_client`` and ``add_station`` returns a handle, which pairs and vehicle
    types refer to; ``build`` gives nodes their indices (depots, clients, stations, each in the order
    they were added), and ``node`` tells them. All numbers are raw units, as in ``Instance``: whatever
    you count in, if it agrees. With latitudes and longitudes (``build(metric="haversine")``) distances
    are kilometres, and a ``speed`` in kilometres per minute makes all times minutes.

    >>> day = InstanceBuilder()
    >>> yard = day.add_depot(0, 0, window=(480, 1080))
    >>> bakery = day.add_client(3, 4, delivery=2, window=(540, 600), service=10, name="bakery")
    >>> _ = day.add_vehicle_type(count=2, capacity=8, speed=0.5)
    >>> day.build()
    Instance(1 depots, 1 clients, rounding=none)
    """

    def __init__(self) -> None:
        self._nodes: list[_Node] = []
        self._pairs: list[tuple[int, int]] = []
        self._types: list[dict[str, Any]] = []

    def add_depot(
        self,
        x: float | None = None,
        y: float | None = None,
        *,
        window: Window | None = None,
        service: float = 0.0,
        name: str = "",
    ) -> int:
        """Add a depot at (x, y), or (latitude, longitude) for haversine distances.

        Args:
            x: None, like y, where ``build`` gets a matrix.
            y: see ``x``.
            window: (opening, closing) times; vehicles leave and return within it.
            service: time spent at each reload.
            name: label for people.

        Raises:
            InstanceError: naming the depot and the value.
        """
        return self._add("depot", x, y, windows=_windows(window, None), service=service, name=name)

    def add_client(
        self,
        x: float | None = None,
        y: float | None = None,
        *,
        delivery: Load = 0.0,
        pickup: Load = 0.0,
        window: Window | None = None,
        windows: Iterable[Window] | None = None,
        service: float = 0.0,
        release: float = 0.0,
        lateness_cost: float = inf,
        prize: float = 0.0,
        required: bool | None = None,
        group: int | None = None,
        name: str = "",
    ) -> int:
        """Add a client; every argument is the field of ``Instance`` with its name.

        Args:
            x: None, like y, where ``build`` gets a matrix.
            y: see ``x``.
            delivery: load brought from the depot; one number or one for each load dimension.
            pickup: load taken to the depot, as ``delivery``.
            window: (earliest, latest) time at which service may start.
            windows: several such pairs to choose from, instead of ``window``.
            service: time spent there.
            release: time before which its goods are not at the depot; its trip leaves later.
            lateness_cost: price per unit of time that service starts late; infinite forbids it.
            prize: price of leaving it out.
            required: whether it must be visited; None is unless it has a prize.
            group: exactly one client of a group is visited; such a client is not required itself.
            name: label for people, also used by errors.

        Raises:
            InstanceError: naming the client and the value.
        """
        return self._add(
            "client",
            x,
            y,
            delivery=_load(delivery),
            pickup=_load(pickup),
            windows=_windows(window, windows),
            service=service,
            release=release,
            lateness_cost=lateness_cost,
            prize=prize,
            required=prize == 0 if required is None else required,
            group=-1 if group is None else group,
            name=name,
        )

    def add_station(
        self, x: float | None = None, y: float | None = None, *, window: Window | None = None, name: str = ""
    ) -> int:
        """Add a charging station.

        Raises:
            InstanceError: naming the station and the value.
        """
        return self._add("station", x, y, windows=_windows(window, None), name=name)

    def add_pair(self, pickup: int, delivery: int, *, load: Load | None = None) -> None:
        """Ask that one trip visits client ``pickup`` before client ``delivery``.

        Args:
            pickup: handle of a client.
            delivery: handle of another one.
            load: what is carried from one to the other; None leaves the loads as they were given.

        Raises:
            InstanceError: if a handle is no client's.
        """
        for handle in (pickup, delivery):
            if self._known(handle).kind != "client":
                raise InstanceError(f"pair: {self._nodes[handle].label} is not a client")
        if load is not None:
            self._nodes[pickup].pickup = self._nodes[delivery].delivery = _load(load)
            _check(self._nodes[pickup])
        self._pairs.append((pickup, delivery))

    def add_vehicle_type(self, **fields: Unpack[VehicleFields]) -> int:
        """Add vehicles of one kind; ``fields`` are those of ``VehicleType``, with handles for nodes.

        Without ``start`` they leave from the first depot, without ``end`` they return to where they
        left (``end=None`` is an open route).

        Returns:
            The index of the type in ``Instance.vehicle_types``.

        Raises:
            InstanceError: for an unknown field, a wrong value or an unknown handle.
        """
        given = dict(fields)
        for name in given:
            if name not in VehicleFields.__annotations__:
                near = get_close_matches(name, VehicleFields.__annotations__, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise InstanceError(f"a vehicle type has no field {name!r}{hint}")
        for handle in _handles(given):
            self._known(handle)
        VehicleType(**given)  # type: ignore[arg-type]
        self._types.append(given)
        return len(self._types) - 1

    def node(self, handle: int) -> int:
        """Index of the node in an instance built now (an added depot shifts the clients).

        Raises:
            InstanceError: for an unknown handle.
        """
        self._known(handle)
        return self._order().index(handle)

    def build(
        self, *, distances: ArrayLike | None = None, durations: ArrayLike | None = None, **fields: Any
    ) -> Instance:
        """The instance of all that was added.

        Args:
            distances: matrix in the order in which nodes were added (their handles).
            durations: as ``distances``.
            fields: other fields of ``Instance``, such as rounding, scale, metric or objective; and
                capacity and vehicles, where no vehicle type was added.

        Raises:
            InstanceError: if something contradicts itself; the message names the client.
        """
        order = self._order()
        if not any(node.kind == "depot" for node in self._nodes):
            raise InstanceError("there is no depot: add_depot makes one")
        index = {handle: node for node, handle in enumerate(order)}
        nodes = [self._nodes[handle] for handle in order]
        if self._types:
            fields["vehicle_types"] = [_vehicle(given, index) for given in self._types]
        try:
            return Instance.build(
                depots=sum(node.kind == "depot" for node in nodes),
                stations=sum(node.kind == "station" for node in nodes),
                distances=_permuted("distances", distances, order),
                durations=_permuted("durations", durations, order),
                pairs=[(index[first], index[second]) for first, second in self._pairs],
                **_columns(nodes),
                **fields,
            )
        except InstanceError as error:
            raise InstanceError(_explained(str(error), nodes)) from None

    def _add(self, kind: str, x: float | None, y: float | None, **fields: Any) -> int:
        node = _Node(kind, len(self._nodes), None, **fields)
        node.place = None if x is None or y is None else (_number(node, "x", x), _number(node, "y", y))
        if (x is None) != (y is None):
            raise InstanceError(f"{node.label}: x is {x}, y is {y}: give both or neither")
        _check(node)
        self._nodes.append(node)
        return node.handle

    def _known(self, handle: int) -> _Node:
        if not 0 <= handle < len(self._nodes):
            raise InstanceError(f"handle {handle} does not exist ({len(self._nodes)} nodes were added)")
        return self._nodes[handle]

    def _order(self) -> list[int]:
        """Handles in the order of nodes."""
        return sorted(range(len(self._nodes)), key=lambda handle: _KINDS.index(self._nodes[handle].kind))


def _windows(window: Window | None, windows: Iterable[Window] | None) -> tuple[Window, ...]:
    if window is not None and windows is not None:
        raise InstanceError(f"give either window ({window}) or windows, not both")
    if windows is None:
        return (_ALWAYS if window is None else _pair(window),)
    if not isinstance(windows, Iterable):
        raise InstanceError(f"windows is {windows!r}, must be pairs of times")
    return tuple(map(_pair, windows)) or (_ALWAYS,)


def _pair(window: Any) -> Window:
    if isinstance(window, str) or not isinstance(window, Iterable) or len(pair := tuple(window)) != 2:
        raise InstanceError(f"window is {window!r}, must be two times")
    return pair


def _number(node: _Node, field: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise InstanceError(f"{node.label}: {field} is {value!r}, must be a number") from None


def _load(value: Load) -> tuple[float, ...]:
    return tuple(float(part) for part in value) if isinstance(value, Iterable) else (float(value),)


def _check(node: _Node) -> None:
    """Raise InstanceError at the first number that no instance could hold."""
    for axis, value in zip("xy", node.place or (), strict=False):
        _reject(not isfinite(value), node, f"{axis} is {value}, must be finite")
    numbers = [("service", node.service), ("release", node.release)]
    numbers += [("delivery", value) for value in node.delivery] + [("pickup", value) for value in node.pickup]
    for field, value in numbers:
        _reject(not (isfinite(value) and value >= 0), node, f"{field} is {value:g}, must be finite and >= 0")
    _reject(not node.lateness_cost >= 0, node, f"lateness_cost is {node.lateness_cost:g}, must be >= 0")
    _reject(not isfinite(node.prize), node, f"prize is {node.prize:g}, must be finite")
    for opens, closes in node.windows:
        _reject(not isfinite(opens) or isnan(closes), node, f"window is ({opens}, {closes}), must be two times")
        _reject(opens > closes, node, f"window closes at {closes:g}, before it opens at {opens:g}")


def _reject(wrong: bool, node: _Node, problem: str) -> None:
    if wrong:
        raise InstanceError(f"{node.label}: {problem}")


def _columns(nodes: list[_Node]) -> dict[str, Any]:
    """What ``Instance.build`` takes for each node."""
    most = max((len(node.windows) for node in nodes), default=1)
    return {
        "coords": _coords(nodes),
        "delivery": _table("delivery", nodes),
        "pickup": _table("pickup", nodes),
        "windows": np.array([node.windows + node.windows[-1:] * (most - len(node.windows)) for node in nodes]),
        **{
            name: [getattr(node, name) for node in nodes]
            for name in ("service", "release", "lateness_cost", "prize", "required", "group")
        },
        "names": tuple(node.name for node in nodes) if any(node.name for node in nodes) else (),
    }


def _coords(nodes: list[_Node]) -> list[tuple[float, float]] | None:
    places = [node.place for node in nodes]
    if not any(places):
        return None
    for node in nodes:
        _reject(node.place is None, node, "x and y are missing, others have them")
    return [place for place in places if place is not None]


def _table(field: str, nodes: list[_Node]) -> np.ndarray:
    """[N, K] loads; a single 0 stands for no load in any dimension."""
    width = max((len(load) for node in nodes for load in (node.delivery, node.pickup)), default=1)
    table = np.zeros((len(nodes), width))
    for row, node in zip(table, nodes, strict=True):
        load = getattr(node, field)
        if load != (0.0,):
            _reject(len(load) != width, node, f"{field} has {len(load)} load dimensions, others have {width}")
            row[:] = load
    return table


def _handles(fields: dict[str, Any]) -> list[int]:
    """All handles in the fields of a vehicle type."""
    ends = [fields[name] for name in ("start", "end") if fields.get(name) is not None]
    clients = [client for client, _ in _prices(fields)]
    return [*ends, *fields.get("reload_depots", ()), *(fields.get("allowed") or ()), *clients]


def _prices(fields: dict[str, Any]) -> list[tuple[int, float]]:
    """(handle, cost) of the preferences, which may also be a mapping."""
    given = fields.get("preference", ())
    return list(given.items() if isinstance(given, Mapping) else given)


def _vehicle(fields: dict[str, Any], index: dict[int, int]) -> VehicleType:
    """The type with node indices for handles."""
    first = min(index, key=index.__getitem__, default=0)
    start = fields.get("start", first)
    end = fields.get("end", start)
    changed: dict[str, Any] = {"start": index.get(start, 0), "end": None if end is None else index[end]}
    if "reload_depots" in fields:
        changed["reload_depots"] = tuple(index[handle] for handle in fields["reload_depots"])
    if fields.get("allowed") is not None:
        changed["allowed"] = frozenset(index[handle] for handle in fields["allowed"])
    if "preference" in fields:
        changed["preference"] = tuple((index[handle], cost) for handle, cost in _prices(fields))
    return VehicleType(**(fields | changed))


def _permuted(name: str, matrix: ArrayLike | None, order: list[int]) -> ArrayLike | None:
    """``matrix`` with rows and columns in the order of nodes."""
    if matrix is None:
        return None
    array = np.asarray(matrix, dtype=np.float64)
    n = len(order)
    if array.ndim < 2 or array.shape[-2:] != (n, n):
        raise InstanceError(f"{name}: matrix is {'x'.join(map(str, array.shape))}, must be {n}x{n}")
    return np.asarray(array[..., order, :][..., order])


def _explained(problem: str, nodes: list[_Node]) -> str:
    """``problem`` with a label for each node whose index it states."""
    named = dict.fromkeys(int(number) for number in re.findall(r"\bnode (\d+)", problem))
    labels = [f"node {number} is {nodes[number].label}" for number in named if number < len(nodes)]
    return f"{problem} ({', '.join(labels)})" if labels else problem
