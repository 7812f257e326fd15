"""From the shapes that callers find natural to the arrays that an ``Instance`` holds.

Legend as there: N nodes, K load dimensions, W windows, P travel profiles.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from routewright.data.errors import InstanceError
from routewright.data.vehicle import VehicleType

Floats = NDArray[np.float64]


class Nodes(NamedTuple):
    """How many nodes there are: ``total`` in all, depots first, stations last."""

    total: int
    depots: int
    stations: int

    @property
    def clients(self) -> slice:
        """Positions of the clients."""
        return slice(self.depots, max(self.depots, self.total - self.stations))


def own(name: str, value: ArrayLike, kind: type) -> NDArray[Any]:
    """``value`` as a read-only array of ``kind``, copied unless it is one already.

    Raises:
        InstanceError: if it is no regular array, or does not hold whole numbers where ``kind`` is int.
    """
    if isinstance(value, np.ndarray) and value.dtype == np.dtype(kind) and not value.flags.writeable:
        return value
    array = as_floats(name, value)
    if kind is int:
        bad = np.argwhere(array != np.rint(array))  # NaN included
        if len(bad):
            where = ", ".join(map(str, bad[0]))
            raise InstanceError(f"{name}[{where}] is {array[tuple(bad[0])]:g}, must be a whole number")
    return _read_only(array.astype(kind, copy=False))


def hand_over(array: Floats | None) -> Floats | None:
    """A fresh array made read-only, so that ``own`` need not copy it."""
    return None if array is None else _read_only(array)


def _read_only(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array


def as_floats(name: str, value: ArrayLike) -> Floats:
    """A float64 copy of ``value``: the caller's array stays writeable."""
    try:
        return np.array(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InstanceError(f"{name}: not a regular array of numbers ({error})") from None


def as_profiles(name: str, value: ArrayLike | None) -> Floats | None:
    """Matrices [P, N, N]; a single matrix is one profile."""
    if value is None:
        return None
    matrix = as_floats(name, value)
    return matrix[None] if matrix.ndim == 2 else matrix


def in_twos(name: str, value: ArrayLike) -> Floats:
    """Rows [R, 2]; an empty list is no row."""
    array = as_floats(name, value)
    if array.size == 0:
        return np.zeros((0, 2))
    if array.ndim != 2 or array.shape[1] != 2:
        raise InstanceError(f"{name}: shape is {array.shape}, must be (rows, 2)")
    return array


def count_nodes(*arrays: Floats | None) -> int:
    """N, by the first array that is there."""
    for array in arrays:
        if array is not None and array.ndim >= 2:
            return int(array.shape[-2])
    raise InstanceError("an instance needs coords [N, 2] or distances [N, N]")


def per_node(name: str, value: ArrayLike, nodes: Nodes) -> Floats:
    """An array [N]; a scalar speaks of every node."""
    array = as_floats(name, value)
    if array.ndim == 0:
        return np.full(nodes.total, float(array))
    if array.shape != (nodes.total,):
        raise InstanceError(
            f"{name}: shape is {array.shape}, must be ({nodes.total},) for {nodes.total} nodes{_hint(array, nodes)}"
        )
    return array


def _hint(array: Floats, nodes: Nodes) -> str:
    """What is amiss where an array speaks of clients alone."""
    clients = nodes.total - nodes.depots - nodes.stations
    if array.ndim and len(array) == clients != nodes.total:
        return f" (rows for the {clients} clients only: the depots come first, and stations last)"
    return ""


def per_client(name: str, value: ArrayLike, nodes: Nodes) -> Floats:
    """An array [N]; a scalar speaks of every client, and depots and stations hold 0."""
    array = per_node(name, value, nodes)
    if np.ndim(value) == 0:
        array[: nodes.clients.start] = array[nodes.clients.stop :] = 0.0
    return array


def loads(delivery: ArrayLike, pickup: ArrayLike, nodes: Nodes) -> tuple[Floats, Floats]:
    """Loads [N, K]; one that was left at its scalar 0 takes the other's number of dimensions."""
    columns = []
    for name, value in (("delivery", delivery), ("pickup", pickup)):
        array = as_floats(name, value)
        array = per_client(name, array, nodes) if array.ndim == 0 else array
        columns.append(array[:, None] if array.ndim == 1 else array)
    for name, column in zip(("delivery", "pickup"), columns, strict=True):
        if column.ndim == 2 and len(column) != nodes.total:
            rows = f"{name}: {len(column)} rows, must be {nodes.total} for {nodes.total} nodes"
            raise InstanceError(f"{rows}{_hint(column, nodes)}")
    zero = np.zeros((nodes.total, max(column.shape[-1] for column in columns)))
    filled = [zero.copy() if column.shape != zero.shape and not column.any() else column for column in columns]
    return filled[0], filled[1]


def as_windows(value: ArrayLike | None, nodes: Nodes) -> Floats:
    """Windows [N, W, 2]; [N, 2] is one for each node, None is always open."""
    if value is None:
        return np.tile(np.array([0.0, np.inf]), (nodes.total, 1, 1))
    array = as_floats("windows", value)
    array = array[:, None, :] if array.ndim == 2 else array
    if array.ndim == 3 and len(array) != nodes.total:
        rows = f"windows: {len(array)} rows, must be {nodes.total} for {nodes.total} nodes"
        raise InstanceError(f"{rows}{_hint(array, nodes)}")
    return array


def required_clients(value: ArrayLike, group: Floats, nodes: Nodes) -> NDArray[Any]:
    """Which nodes [N] must be visited; a group is required, not its members."""
    return np.asarray((per_node("required", value, nodes) != 0) & ~(group >= 0))


def clients_only(flags: NDArray[Any], depots: int, stations: int) -> NDArray[Any]:
    """``flags`` [N], read-only, False at depots and stations."""
    if not flags[:depots].any() and not flags[len(flags) - stations :].any():
        return flags
    kept = flags.copy()
    kept[:depots] = kept[len(flags) - stations :] = False
    return _read_only(kept)


def one_type_per_depot(
    capacity: float | Iterable[float] | None,
    vehicles: int | None,
    vehicle_types: Iterable[VehicleType] | VehicleType | None,
    depots: int,
) -> tuple[VehicleType, ...]:
    """The fleet: ``vehicle_types``, or ``vehicles`` vehicles of ``capacity`` at each depot."""
    if vehicle_types is not None:
        if capacity is not None or vehicles is not None:
            raise InstanceError("give either vehicle_types or capacity and vehicles, not both")
        return (vehicle_types,) if isinstance(vehicle_types, VehicleType) else tuple(vehicle_types)
    load = () if capacity is None else capacity
    return tuple(VehicleType(count=vehicles, capacity=load, start=d, end=d) for d in range(depots))  # type: ignore[arg-type]
