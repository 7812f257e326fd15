"""Instances as one batch of tensors, and actions back as solutions."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.errors import InstanceError, UnsupportedError
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution

if TYPE_CHECKING:
    import torch
    from tensordict import TensorDict

Floats = NDArray[np.float64]

LARGEST_MATRIX = 1_001
"""Nodes up to which distances that coordinates and rounding define are written out as matrices."""


def to_tensordict(
    instances: Iterable[Instance],
    *,
    dtype: "torch.dtype | None" = None,
    device: "torch.device | str | None" = None,
    matrices: bool = False,
) -> "TensorDict":
    """Pad instances of any sizes into one batch that environments reset from.

    Nodes are numbered depots first: D places for depots, the most that any instance has, then the
    clients. All numbers are the instances' raw ones; divide a cost by ``scale`` for the reported one.

    Args:
        instances: at least one, of what ``unsupported`` finds nothing against.
        dtype: of the numbers; None is float32, in which whole numbers are exact below 2**24, sums included.
        device: of the tensors.
        matrices: write distances out even where they could be computed from coordinates at each step, which takes
            N x N numbers for each instance and is faster on a CPU where a rule looks at all distances.

    Returns:
        TensorDict of batch size [B] with, for N nodes and K load dimensions:

        * ``clients`` [B, N] bool: real clients; ``depots`` [B] int64: real depots;
        * ``coords`` [B, N, 2]: raw, zeros where there are none; ``unit`` [B]: their larger extent, for policies;
        * ``distances`` [B, N, N], ``durations`` [B, N, N]: only where an instance has more than plain
          coordinates, or ``matrices`` is set; diagonals are 0;
        * ``speed`` [B]: distance per time, where there are no ``durations``;
        * ``delivery``, ``pickup`` [B, N, K]; ``capacity`` [B, K]. The second node of a pair has no delivery: what
          the first one picks up is taken off its pickup;
        * ``second_of`` [B, N] int64: of a pair's first node its second one, else 0; ``is_second`` [B, N] bool;
        * ``required`` [B, N] bool, ``prize`` [B, N] of clients that are not;
        * ``windows`` [B, N, 2], ``service`` [B, N], ``shift`` [B, 2];
        * ``fixed_cost``, ``distance_cost`` [B];
        * ``max_distance``, ``max_duration`` [B], ``vehicles`` [B, D]: inf for no limit;
        * ``open``, ``classic`` (backhauls), ``max_route`` (objective), ``exact`` [B] bool; ``scale`` [B].

    Raises:
        InstanceError: without instances, or where the load dimensions differ.
        UnsupportedError: if the environments cannot express an instance.
    """
    import torch
    from tensordict import TensorDict

    given = list(instances)
    _validate(given)
    depots = max(instance.depots for instance in given)
    nodes = depots + max(instance.n_clients for instance in given)
    rows = [_fields(instance, depots, nodes) for instance in given]
    for name, wanted in (("distances", _needs_distances), ("durations", _needs_durations)):
        if any(map(wanted, given)) or (matrices and name == "distances"):
            for instance, row in zip(given, rows, strict=True):
                row[name] = _matrix(instance, name, depots, nodes)
    number = torch.float32 if dtype is None else dtype
    batch = {name: torch.as_tensor(np.stack([row[name] for row in rows])) for name in rows[0]}
    batch = {name: value.to(number) if value.is_floating_point() else value for name, value in batch.items()}
    return TensorDict(batch, batch_size=[len(given)], device=device)


def to_solution(instance: Instance, actions: Sequence[int], *, depots: int | None = None) -> Solution:
    """The routes that a sequence of actions describes.

    Args:
        instance: what the actions were taken on.
        actions: [T] nodes as numbered in the batch; a depot closes the route and opens the next one there.
        depots: depots of the batch (D). Without it, that is as many as the instance has: routes are wrong if it is not.

    Returns:
        The solution; clients that were not visited are listed as unserved.

    Raises:
        InstanceError: if an action is no node of the instance.
    """
    shift = (instance.depots if depots is None else depots) - instance.depots
    types = {vehicle.start: number for number, vehicle in enumerate(instance.vehicle_types)}
    routes: list[Route] = []
    origin, stops = 0, list[int]()
    for raw in [*map(int, actions), 0]:
        node = raw if raw < instance.depots else raw - shift
        if not 0 <= node < instance.depots + instance.n_clients or instance.depots <= raw < instance.depots + shift:
            hint = "" if shift else "; depots= must be given if it has fewer depots than its batch"
            raise InstanceError(f"action {raw} is no node of {instance!r}{hint}")
        if node >= instance.depots:
            stops.append(node)
            continue
        if stops:
            routes.append(Route((tuple(stops),), vehicle_type=types[origin]))
        origin, stops = node, []
    visited = {node for route in routes for node in route.stops}
    return Solution(tuple(routes), tuple(node for node in instance.clients if node not in visited))


def unsupported(instance: Instance) -> list[str]:
    """Reasons why the environments cannot express an instance; empty where they can."""
    first = instance.vehicle_types[0]
    alike = {_apart_from_depot(vehicle) for vehicle in instance.vehicle_types}
    starts = [vehicle.start for vehicle in instance.vehicle_types]
    clients = list(instance.clients)
    found = {
        "charging stations": instance.stations > 0,
        "pairs beside classic backhauls": len(instance.pairs) > 0 and instance.backhaul == "classic",
        "split deliveries": instance.split,
        "groups of clients": bool((instance.group[clients] >= 0).any()),
        "release times": bool(instance.release.any()),
        "several windows": instance.windows.shape[1] > 1 and bool((instance.windows != instance.windows[:, :1]).any()),
        "soft windows": bool(np.isfinite(instance.lateness_cost[np.isfinite(instance.windows).all(axis=(1, 2))]).any()),
        "speed periods": instance.speed_periods is not None,
        "vehicles before distance": instance.objective == "vehicles_first",
        "vehicle types that differ": len(alike) > 1,
        "several vehicle types at one depot": len(set(starts)) < len(starts),
        "depots without vehicles": set(starts) != set(range(instance.depots)),
        "vehicles that end elsewhere than they start": any(
            v.end not in (None, v.start) for v in instance.vehicle_types
        ),
        "a price of duration": first.duration_cost != 0.0,
        "several trips": bool(first.reload_depots),
        "overtime": first.max_overtime > 0,
        "clients that a vehicle may not visit": first.allowed is not None,
        "preferences": bool(first.preference),
        "breaks": bool(first.breaks),
        "batteries": first.battery is not None,
    }
    return [reason for reason, present in found.items() if present]


def _apart_from_depot(vehicle: Any) -> tuple[object, ...]:
    return tuple(
        (vehicle.end is None) if name == "end" else getattr(vehicle, name)
        for name in vehicle.__dataclass_fields__
        if name not in ("start", "count", "name")
    )


def _validate(given: list[Instance]) -> None:
    if not given:
        raise InstanceError("there are no instances to make a batch of")
    for number, instance in enumerate(given):
        reasons = unsupported(instance)
        if reasons:
            raise UnsupportedError(
                f"instance {number} {instance.name!r}: environments do not know {', '.join(reasons)}"
            )
        if instance.n_loads != given[0].n_loads:
            raise InstanceError(
                f"instance {number} {instance.name!r} has {instance.n_loads} load dimensions, the first has "
                f"{given[0].n_loads}: one batch needs one number"
            )


def _fields(instance: Instance, depots: int, nodes: int) -> dict[str, Any]:
    place = _places(instance, depots)
    vehicle = instance.vehicle_types[0]

    def spread(values: Floats, rest: float | Floats = 0.0) -> Floats:
        wide = np.empty((nodes, *values.shape[1:]))
        wide[:] = rest
        wide[place] = values
        return wide

    pickup, delivery = spread(instance.pickup), spread(instance.delivery)
    second_of, is_second = np.zeros(nodes, np.int64), np.zeros(nodes, np.bool_)
    if len(instance.pairs):
        first, second = (place[end] for end in instance.pairs.T)
        second_of[first], is_second[second] = second, True
        pickup[second] -= pickup[first]
        delivery[second] = 0.0
    required = np.zeros(nodes, np.bool_)
    required[place] = instance.required
    counts = np.zeros(depots)
    for each in instance.vehicle_types:
        counts[each.start] = np.inf if each.count is None else each.count
    clients = np.zeros(nodes, np.bool_)
    clients[place[instance.depots :]] = True
    coords = np.zeros((instance.n_nodes, 2)) if instance.coords is None else instance.coords
    return {
        "clients": clients,
        "depots": np.int64(instance.depots),
        "coords": spread(coords),
        "unit": np.float64(np.ptp(coords, axis=0).max() or 1.0),
        "speed": np.float64(vehicle.speed),
        "delivery": delivery,
        "pickup": pickup,
        "second_of": second_of,
        "is_second": is_second,
        "required": required,
        "prize": np.where(required, 0.0, spread(instance.prize)),
        "capacity": instance.capacities[0],
        "windows": spread(instance.windows[:, 0], np.array([0.0, np.inf])),
        "service": spread(instance.service),
        "shift": np.array(vehicle.shift),
        "max_distance": np.float64(vehicle.max_distance),
        "max_duration": np.float64(vehicle.max_duration),
        "fixed_cost": np.float64(vehicle.fixed_cost),
        "distance_cost": np.float64(vehicle.distance_cost),
        "vehicles": counts,
        "open": np.bool_(vehicle.end is None),
        "classic": np.bool_(instance.backhaul == "classic"),
        "max_route": np.bool_(instance.objective == "max_route"),
        "exact": np.bool_(instance.exact),
        "scale": np.float64(instance.scale),
    }


def _places(instance: Instance, depots: int) -> NDArray[np.int64]:
    """Where the nodes of an instance stand in the batch."""
    return np.concatenate([np.arange(instance.depots), depots + np.arange(instance.n_clients)])


def _needs_distances(instance: Instance) -> bool:
    return instance.distances is not None or instance.metric != "euclidean" or instance.rounding != "none"


def _needs_durations(instance: Instance) -> bool:
    return instance.durations is not None


def _matrix(instance: Instance, name: str, depots: int, nodes: int) -> Floats:
    if instance.distances is None and nodes > LARGEST_MATRIX:
        raise UnsupportedError(
            f"{instance.name!r}: distances are written out as matrices for up to {LARGEST_MATRIX} nodes, where they "
            f"are rounded or ``matrices`` is set; this batch has {nodes}"
        )
    profile = instance.vehicle_types[0].profile
    matrix = instance.distance_matrix(profile)
    if name == "durations":
        vehicle = instance.vehicle_types[0]
        matrix = matrix / vehicle.speed if instance.durations is None else instance.durations[profile]
    place = _places(instance, depots)
    wide = np.zeros((nodes, nodes))
    wide[np.ix_(place, place)] = matrix
    np.fill_diagonal(wide, 0.0)
    return wide
