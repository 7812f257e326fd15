"""Instances with known routes, as many of which are in one batch from the beginning on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch
from jaxtyping import Bool, Int64
from tensordict import TensorDict
from torch import Tensor

from routewright.data.batch import to_actions, to_tensordict
from routewright.data.instance import Instance
from routewright.data.labels import Label
from routewright.data.solution import Solution
from routewright.policies.decoding.augment import from_side
from routewright.policies.training.lot import Lot

SIDES = 8


class Table(NamedTuple):
    """Labels of one layout.

    Attributes:
        batch: [I] instances.
        stops: clients of each route in a row, -1 after the last one.
        doors: that routes leave from, -1 after the last route.
        both_ways: whether routes may be turned round at the same cost.
    """

    batch: TensorDict
    stops: Int64[Tensor, "instances routes stops"]
    doors: Int64[Tensor, "instances routes"]
    both_ways: Bool[Tensor, " instances"]

    def __len__(self) -> int:
        return len(self.doors)


class FromLabels:
    """Instances, their routes in random orders and, where that is the same, directions.

    Args:
        sets: labels.
        orders: episodes of each instance, which has to be encoded but once for all of them.
        sides: whether instances are seen from a random side; otherwise as they are.
    """

    def __init__(self, sets: Iterable[Sequence[Label]], orders: int = 1, *, sides: bool = True) -> None:
        self._orders, self._sides = orders, SIDES if sides else 1
        self._tables = [_joined(alike) for alike in _by_layout(map(_table, sets))]
        self._sizes = torch.tensor([float(len(table)) for table in self._tables])
        self._least = min(table.batch["clients"].shape[1] for table in self._tables)

    def draw(self, size: int, generator: torch.Generator) -> Lot:
        """See ``Source``."""
        device = generator.device
        which = int(torch.multinomial(self._sizes.to(device), 1, generator=generator))
        table = self._tables[which]
        count = max(1, round(size * self._least / table.batch["clients"].shape[1]))  # of larger ones fewer
        rows = torch.randint(len(table), (count,), generator=generator, device=device)
        side = torch.randint(self._sides, (count,), generator=generator, device=device)
        stops, doors, both_ways = (values[rows.cpu()].to(device) for values in table[1:])
        actions = driven(stops, doors, both_ways, self._orders, generator)
        return Lot(from_side(table.batch[rows.cpu()].to(device), side), actions, both_ways)


def driven(
    stops: Int64[Tensor, "batch routes stops"],
    doors: Int64[Tensor, "batch routes"],
    both_ways: Bool[Tensor, " batch"],
    orders: int,
    generator: torch.Generator,
) -> Int64[Tensor, "batch {orders} steps"]:
    """Actions that drive all routes, ``orders`` times in an order and in directions of their own.

    Args:
        stops: see ``Table``.
        doors: see ``Table``.
        both_ways: see ``Table``.
        orders: episodes of each instance.
        generator: of the random numbers, on the device of all tensors.
    """
    size, routes, longest = stops.shape
    lots = torch.rand((2, size, orders, routes), generator=generator, device=stops.device)
    order = lots[0].masked_fill((doors < 0)[:, None], 2.0).argsort(-1)  # routes that are none stand last
    door = doors[:, None].expand(-1, orders, -1).gather(2, order)
    stop = stops[:, None].expand(-1, orders, -1, -1).gather(2, order[..., None].expand(-1, -1, -1, longest))
    turn = (lots[1] < 0.5) & both_ways[:, None, None]
    stop = torch.where(turn[..., None], stop.flip(-1), stop)
    door[..., 0].masked_fill_(door[..., 0] == 0, -1)  # where episodes begin
    actions = torch.cat([door[..., None], stop], dim=-1).flatten(2)
    there = actions >= 0
    steps = int(there.sum(-1).max())
    actions = actions.gather(2, (~there).to(torch.uint8).argsort(dim=-1, stable=True)[..., :steps])
    return torch.nn.functional.pad(actions.clamp(min=0), (0, 2))  # home, and the end where clients are left out


def _table(labels: Sequence[Label]) -> Table:
    labels = list(labels)
    batch = to_tensordict([label.instance for label in labels])
    routes = [_routes(label.instance, label.solution, batch) for label in labels]
    most, longest = max(map(len, routes)), max(len(stops) for its in routes for _, stops in its)
    stops, doors = torch.full((len(labels), most, longest), -1), torch.full((len(labels), most), -1)
    for row, its in enumerate(routes):
        for number, (door, nodes) in enumerate(its):
            doors[row, number] = door
            stops[row, number, : len(nodes)] = torch.tensor(nodes)
    return Table(batch, stops, doors, torch.tensor([both_ways(label.instance) for label in labels]))


def _routes(instance: Instance, solution: Solution, batch: TensorDict) -> list[tuple[int, list[int]]]:
    """Door and stops of each route, as nodes are numbered in the batch."""
    found = []
    for route in solution:
        actions = to_actions(instance, Solution((route,)), batch)[:-2]
        stops = actions[1:] if route.vehicle_type else actions
        found.append((route.vehicle_type, stops))
    return found


def both_ways(instance: Instance) -> bool:
    """Whether a route may be driven in either direction at the same cost."""
    plain = instance.distances is None and instance.durations is None and instance.speed_periods is None
    timeless = not bool((instance.windows[..., 1] < float("inf")).any())
    one_load = not bool(instance.pickup.any()) and len(instance.pairs) == 0
    return plain and timeless and one_load and all(vehicle.end is not None for vehicle in instance.vehicle_types)


def _by_layout(tables: Iterable[Table]) -> Iterable[list[Table]]:
    alike = defaultdict(list)
    for table in tables:
        layout = sorted((name, *value.shape[1:]) for name, value in table.batch.items())
        alike[str(layout)].append(table)
    return alike.values()


def _joined(tables: list[Table]) -> Table:
    most, longest = (max(table.stops.shape[axis] for table in tables) for axis in (1, 2))
    pad = torch.nn.functional.pad
    stops = [
        pad(table.stops, (0, longest - table.stops.shape[2], 0, most - table.stops.shape[1]), value=-1)
        for table in tables
    ]
    doors = [pad(table.doors, (0, most - table.doors.shape[1]), value=-1) for table in tables]
    batch: TensorDict = torch.cat([table.batch for table in tables])  # type: ignore[assignment]  # of the same kind
    return Table(batch, torch.cat(stops), torch.cat(doors), torch.cat([table.both_ways for table in tables]))
