"""What can be visited: clients, or pieces of them where deliveries may be split.

Pieces are made beforehand, large and small ones (Chen, Golden, Wang & Wasil 2017, a-priori splitting), and
those that end on the same route are one visit.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]

SHARES = (0.2, 0.1, 0.05, 0.01)
"""Sizes of pieces, in capacities."""
FINE = 60.0
"""Whole loads that add up to this at most are split into units."""


@dataclass(frozen=True)
class Visits:
    """V visits of an instance.

    Attributes:
        place: [V] client.
        share: [V] part of its load.
        mates: [M, 2] visits of pairs.
    """

    place: Int64
    share: Floats
    mates: Int64

    @classmethod
    def of(cls, instance: Instance) -> "Visits":
        """One visit for each client, or one for each piece."""
        shares = {client: np.ones(1) for client in instance.clients}
        if instance.split:
            shares |= {client: pieces(instance, client) for client in instance.clients}
            for first, second in instance.pairs.tolist():
                shares[second] = shares[first]
        begin = dict(zip(shares, np.cumsum([0, *map(len, shares.values())]).tolist(), strict=False))
        mates = [
            (begin[first] + i, begin[second] + i)
            for first, second in instance.pairs.tolist()
            for i in range(len(shares[first]))
        ]
        return cls(
            place=np.repeat(list(shares), [len(parts) for parts in shares.values()]).astype(np.int64),
            share=np.concatenate([*shares.values()]),
            mates=np.array(mates, dtype=np.int64).reshape(-1, 2),
        )

    @cached_property
    def first_of(self) -> dict[int, int]:
        """The first visit of each client."""
        return {int(client): int(visit) for visit, client in reversed(list(enumerate(self.place.tolist())))}

    @property
    def are_pieces(self) -> bool:
        """Whether some client has several."""
        return len(self.first_of) < len(self.place)

    def load(self, instance: Instance) -> tuple[Floats, Floats]:
        """Delivery and pickup [V, K]."""
        share = self.share[:, None]
        return instance.delivery[self.place] * share, instance.pickup[self.place] * share


def pieces(instance: Instance, client: int) -> Floats:
    """Shares [...] of a client's load that add up to 1; whole loads of one dimension have whole pieces."""
    load = np.maximum(instance.delivery[client], instance.pickup[client])
    rooms = instance.capacities[[vehicle.count != 0 for vehicle in instance.vehicle_types]].max(axis=0)
    filled = np.divide(load, rooms, out=np.zeros_like(load), where=np.isfinite(rooms) & (rooms > 0))
    tightest = int(np.argmax(filled))
    asked = float(load[tightest])
    if filled[tightest] == 0.0:
        return np.ones(1)
    room = float(rooms[tightest])
    total = float(np.maximum(instance.delivery, instance.pickup)[:, tightest].sum())
    whole = asked.is_integer()
    if whole and total <= FINE:
        return np.full(int(asked), 1.0 / asked)
    found: list[float] = []
    for size in (share * room for share in SHARES):
        size = max(1.0, round(size)) if whole else size
        count = int((asked - sum(found)) / size + 1e-9)
        found += [size] * count
    rest = asked - sum(found)
    return np.array([*found, rest] if rest > 1e-9 * asked else found) / asked
