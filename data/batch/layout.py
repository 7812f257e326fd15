"""Where the nodes of instances stand in a batch."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance

if TYPE_CHECKING:
    from tensordict import TensorDict

Integers = NDArray[np.int64]


class Layout(NamedTuple):
    """Doors first, then clients, reloads and charging stations; so many of each as the largest instance has.

    A door is where vehicles of one type leave from: a copy of their depot, for each vehicle type. A reload is a copy
    of a depot too, where vehicles under way begin another trip.
    """

    doors: int
    clients: int
    reloads: int
    stations: int

    @classmethod
    def around(cls, instances: Iterable[Instance]) -> Self:
        """The smallest that fits all of them."""
        sizes = [
            (len(each.vehicle_types), each.n_clients, len(reload_depots(each)), each.stations) for each in instances
        ]
        return cls(*map(max, zip(*sizes, strict=True)))

    @classmethod
    def of(cls, batch: "TensorDict") -> Self:
        """That of a batch."""
        doors = batch["vehicles"].shape[-1]
        reloads, stations = (batch[name].shape[-1] if name in batch else 0 for name in ("reloads", "stations"))
        return cls(doors, batch["clients"].shape[-1] - doors - reloads - stations, reloads, stations)

    @property
    def nodes(self) -> int:
        """N."""
        return sum(self)

    def places(self, instance: Instance) -> Integers:
        """Numbers in the batch: of the vehicle types' doors, of clients, reloads and stations."""
        reloads = len(reload_depots(instance))
        counts = (len(instance.vehicle_types), instance.n_clients, reloads, instance.stations)
        first = np.cumsum([0, *self[:-1]])
        return np.concatenate([start + np.arange(count) for start, count in zip(first, counts, strict=True)])


def sources(instance: Instance) -> Integers:
    """The nodes of the instance that stand at ``Layout.places``."""
    doors = [vehicle.start for vehicle in instance.vehicle_types]
    nodes = [*doors, *instance.clients, *reload_depots(instance), *instance.station_nodes]
    return np.array(nodes, dtype=np.int64)


def reload_depots(instance: Instance) -> list[int]:
    """Depots where some vehicle may begin another trip."""
    types = instance.vehicle_types
    return sorted({depot for vehicle in types if vehicle.trip_limit > 1 for depot in vehicle.reload_depots})
