"""Instances as one batch of tensors."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.batch.extras import extras
from routewright.data.batch.fleet import of_fleet
from routewright.data.batch.layout import Layout, sources
from routewright.data.batch.support import unsupported
from routewright.data.batch.ways import ways
from routewright.data.errors import InstanceError, UnsupportedError
from routewright.data.instance import Instance

if TYPE_CHECKING:
    import torch
    from tensordict import TensorDict

Floats = NDArray[np.float64]


def to_tensordict(
    instances: Iterable[Instance],
    *,
    dtype: "torch.dtype | None" = None,
    device: "torch.device | str | None" = None,
    matrices: bool = False,
) -> "TensorDict":
    """Pad instances of any sizes into one batch that environments reset from.

    Nodes are numbered doors first: one for each vehicle type, at its depot; D of them, the most that any instance
    has. Then come the clients, then R reloads, which are depots where vehicles begin another trip, then M charging
    stations. All numbers are the instances' raw ones; divide a cost by ``scale`` for the reported one.

    Args:
        instances: at least one, of what ``unsupported`` finds nothing against.
        dtype: of the numbers; None is float32, in which whole numbers are exact below 2**24, sums included.
        device: of the tensors.
        matrices: write distances out even where they could be computed from coordinates at each step, which takes
            N x N numbers for each instance and is faster on a CPU where a rule looks at all distances.

    Returns:
        TensorDict of batch size [B] with, for N nodes, D doors, K load dimensions and P travel profiles:

        * ``clients`` [B, N] bool: real clients; ``doors`` [B] int64: real doors;
        * ``coords`` [B, N, 2]: raw, zeros where there are none; ``unit`` [B]: their larger extent, for policies;
        * ``delivery``, ``pickup`` [B, N, K]; ``required`` [B, N] bool, ``prize`` [B, N] of clients that are not;
        * ``windows`` [B, N, 2], ``service`` [B, N];
        * of the vehicle types: ``vehicles`` [B, D], how many, ``capacity`` [B, D, K], ``max_distance``,
          ``max_duration`` [B, D]: inf for no limit; ``shift`` [B, D, 2], ``speed`` (distance per time, where there are
          no ``durations``), ``fixed_cost``, ``distance_cost`` [B, D], ``open`` [B, D] bool, ``profile`` [B, D] int64;
        * ``classic`` (backhauls), ``max_route``, ``vehicles_first`` (objectives), ``exact`` [B] bool; ``scale`` [B].

        Only where an instance of the batch has them:

        * ``distances``, ``durations`` [B, N, N], or [B, P, N, N] for several profiles; diagonals are 0. ``distances``
          where an instance has more than plain coordinates, or ``matrices`` is set;
        * ``second_of`` [B, N] int64: of a pair's first node its second one, else 0; ``is_second`` [B, N] bool. The
          second node of a pair has no delivery: what the first one picks up is taken off its pickup;
        * ``allowed`` [B, D, N] bool, ``preference`` [B, D, N]: clients that vehicles may visit, and what it costs;
        * ``stations`` [B, M] bool, ``battery``, ``energy_use``, ``recharge`` [B, D]: see ``VehicleType.battery``; a
          battery of 0 stands for none;
        * ``trips`` [B, D]: the most that a route may have; ``reloads`` [B, D, R] bool: those that vehicles may use;
        * ``release`` [B, N]; ``group`` [B, N] int64: -1 for none; ``split`` [B] bool.

    Raises:
        InstanceError: without instances, or where the load dimensions differ.
        UnsupportedError: if the environments cannot express an instance.
    """
    import torch
    from tensordict import TensorDict

    given = list(instances)
    _validate(given)
    layout = Layout.around(given)
    rows = [_of_nodes(instance, layout) | of_fleet(instance, layout) for instance in given]
    for more in (*ways(given, layout, matrices), *extras(given, layout)):
        for row, fields in zip(rows, more, strict=True):
            row |= fields
    number = torch.float32 if dtype is None else dtype
    batch = {name: torch.as_tensor(np.stack([row[name] for row in rows])) for name in rows[0]}
    batch = {name: value.to(number) if value.is_floating_point() else value for name, value in batch.items()}
    return TensorDict(batch, batch_size=[len(given)], device=device)


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


def _of_nodes(instance: Instance, layout: Layout) -> dict[str, Any]:
    place, source = layout.places(instance), sources(instance)

    def spread(values: Floats, rest: float | Floats = 0.0) -> Floats:
        wide = np.empty((layout.nodes, *values.shape[1:]))
        wide[:] = rest
        wide[place] = values[source]
        return wide

    clients, required = np.zeros((2, layout.nodes), np.bool_)
    clients[layout.doors + np.arange(instance.n_clients)] = True
    required[place] = instance.required[source] | (instance.group[source] >= 0)
    coords = np.zeros((instance.n_nodes, 2)) if instance.coords is None else instance.coords
    delivery, pickup = _loads(instance)
    return {
        "clients": clients,
        "coords": spread(coords),
        "unit": np.float64(np.ptp(coords, axis=0).max() or 1.0),
        "delivery": spread(delivery),
        "pickup": spread(pickup),
        "required": required,
        "prize": np.where(required, 0.0, spread(instance.prize)),
        "windows": spread(instance.windows[:, 0], np.array([0.0, np.inf])),
        "service": spread(np.where(np.arange(instance.n_nodes) < instance.clients.stop, instance.service, 0.0)),
        "classic": np.bool_(instance.backhaul == "classic"),
        "max_route": np.bool_(instance.objective == "max_route"),
        "vehicles_first": np.bool_(instance.objective == "vehicles_first"),
        "exact": np.bool_(instance.exact),
        "scale": np.float64(instance.scale),
    }


def _loads(instance: Instance) -> tuple[Floats, Floats]:
    """Deliveries and pickups; second nodes of pairs give back what the first ones took."""
    delivery, pickup = instance.delivery.copy(), instance.pickup.copy()
    if len(instance.pairs):
        first, second = instance.pairs.T
        pickup[second] -= pickup[first]
        delivery[second] = 0.0
    return delivery, pickup
