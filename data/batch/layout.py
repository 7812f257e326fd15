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
    """Doors first, then clients, then charging stations; so many of each as the largest instance has.

    A door is where vehicles of one type leave from: a copy of their depot, for each vehicle type.
    """

    doors: int
    clients: int
    stations: int

    @classmethod
    def around(cls, instances: Iterable[Instance]) -> Self:
        """The smallest that fits all of them."""
        sizes = [(len(each.vehicle_types), each.n_clients, each.stations) for each in instances]
        return cls(*map(max, zip(*sizes, strict=True)))

    @classmethod
    def of(cls, batch: "TensorDict") -> Self:
        """That of a batch."""
        doors = batch["vehicles"].shape[-1]
        stations = batch["stations"].shape[-1] if "stations" in batch else 0
        return cls(doors, batch["clients"].shape[-1] - doors - stations, stations)

    @property
    def nodes(self) -> int:
        """N."""
        return sum(self)

    def places(self, instance: Instance) -> Integers:
        """Numbers in the batch: of the vehicle types' doors, of the clients and of the stations."""
        return np.concatenate([
            np.arange(len(instance.vehicle_types)),
            self.doors + np.arange(instance.n_clients),
            self.doors + self.clients + np.arange(instance.stations),
        ])  # fmt: skip


def sources(instance: Instance) -> Integers:
    """The nodes of the instance that stand at ``Layout.places``."""
    doors = [vehicle.start for vehicle in instance.vehicle_types]
    return np.array([*doors, *instance.clients, *instance.station_nodes], dtype=np.int64)
