"""A town: instances whose distances and travel times are shortest paths in a street network.

Streets form a grid whose crossings are shifted at random. Every fifth street is a main road, fast and
open both ways; some of the others are one-way, a few are missing. Distances are metres and times
seconds, both whole along every piece of street, so that their sums keep the triangle inequality exactly.
"""

from math import ceil, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.data.generators.attributes import MEAN_DISTANCE, Roads, drawn, frame
from routewright.data.generators.options import between, generator
from routewright.data.instance import Instance

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

BLOCK = 150.0
"""Metres between two crossings."""
SHIFT = 0.3
"""Largest shift of a crossing, in blocks."""
CROSSINGS = 4
"""Crossings for each place that is needed."""
MAIN_EVERY = 5
MAIN_SPEED = 60 / 3.6
SIDE_SPEEDS = np.array([30 / 3.6, 40 / 3.6, 50 / 3.6])
"""Metres per second."""
MISSING = 0.05
"""Share of side streets' pieces that are not there."""


class Streets(NamedTuple):
    """Pieces of street between crossings, one for each direction of travel."""

    places: Floats  # [C, 2] crossings, metres
    start: Integers  # [P] crossing
    end: Integers
    metres: Integers
    seconds: Integers


def generate(
    *,
    n: int,
    seed: int,
    variant: str = "CVRP",
    depots: int | None = None,
    capacity: int | None = None,
    one_way: float = 0.4,
) -> Instance:
    """Depots and clients at crossings of a town, with explicit asymmetric distances and durations.

    Args:
        n: number of clients.
        seed: of the random stream.
        variant: one of ``attributes.VARIANTS``, or TSP.
        depots: where the variant has several; None is 3.
        capacity: of a vehicle; None is what papers use for n.
        one_way: share of the side streets that are open one way only.

    Returns:
        The instance, with an unlimited fleet at each depot. Coordinates are for drawing.

    Raises:
        InstanceError: if an option is out of range.
    """
    wanted, doors, load = frame(n, variant, depots, capacity)
    between("one_way", one_way, 0.0, 1.0)
    rng = generator(seed)
    streets = town(rng, ceil(sqrt(CROSSINGS * (n + doors))), one_way)
    chosen = rng.permutation(connected(streets))[: n + doors]
    metres, seconds = shortest(streets, streets.metres, chosen), shortest(streets, streets.seconds, chosen)
    roads = Roads(
        there=metres[:doors, doors:],
        back=metres[doors:, :doors].T,
        time_there=seconds[:doors, doors:],
        time_back=seconds[doors:, :doors].T,
        between_clients=lambda: (metres[doors:, doors:], seconds[doors:, doors:]),
        distance_unit=float(metres.mean()) / MEAN_DISTANCE,
        time_unit=float(seconds.mean()) / MEAN_DISTANCE,
        whole=True,
    )
    return Instance.build(
        coords=streets.places[chosen],
        metric="explicit",
        distances=metres,
        durations=seconds,
        **drawn(rng, wanted, load, roads),
        name=f"streets-{wanted.name}-n{n}-s{seed}",
    )


def town(rng: np.random.Generator, size: int, one_way: float) -> Streets:
    """A grid of ``size`` by ``size`` crossings; its rim is a main road."""
    size = max(size, 2)
    columns, rows = np.meshgrid(np.arange(size), np.arange(size), indexing="ij")
    places = BLOCK * (np.stack([columns, rows], axis=-1) + rng.uniform(-SHIFT, SHIFT, (size, size, 2)))
    number = np.arange(size * size).reshape(size, size)
    found = [_along(rng, number, one_way), _along(rng, number.T, one_way)]
    start, end, speed = (np.concatenate(parts) for parts in zip(*found, strict=True))
    flat = places.reshape(-1, 2)
    metres = np.ceil(np.hypot(*(flat[start] - flat[end]).T)).astype(np.int64)
    return Streets(flat, start, end, metres, np.ceil(metres / speed).astype(np.int64))


def _along(rng: np.random.Generator, number: Integers, one_way: float) -> tuple[Integers, Integers, Floats]:
    """Pieces of the streets that are the rows of ``number``: start, end and speed."""
    size = len(number)
    main = np.arange(size) % MAIN_EVERY == 0
    main[-1] = True
    speed = np.where(main, MAIN_SPEED, rng.choice(SIDE_SPEEDS, size))
    single = (rng.random(size) < one_way) & ~main
    ahead = rng.random(size) < 0.5
    pieces = number[:, :-1], number[:, 1:]
    # Not beside a main road and not in a one-way street, which would leave places that nobody can get out of.
    inner = ~main[:-1] & ~main[1:]
    missing = (rng.random(pieces[0].shape) < MISSING) & inner[None, :] & ~(main | single)[:, None]
    forth = ~missing & ~(single & ~ahead)[:, None]
    back = ~missing & ~(single & ahead)[:, None]
    speeds = np.broadcast_to(speed[:, None], pieces[0].shape)
    return (
        np.concatenate([pieces[0][forth], pieces[1][back]]),
        np.concatenate([pieces[1][forth], pieces[0][back]]),
        np.concatenate([speeds[forth], speeds[back]]),
    )


def connected(streets: Streets) -> Integers:
    """Crossings that can be reached from the first, which is on a main road, and left for it."""
    from scipy.sparse.csgraph import connected_components

    _, label = connected_components(_graph(streets, streets.metres), connection="strong")
    return np.flatnonzero(label == label[0])


def shortest(streets: Streets, weights: Integers, chosen: Integers) -> Floats:
    """Lengths [n, n] of shortest paths between the chosen crossings."""
    from scipy.sparse.csgraph import dijkstra

    return np.asarray(dijkstra(_graph(streets, weights), indices=chosen)[:, chosen], dtype=np.float64)


def _graph(streets: Streets, weights: Integers) -> "csr_array":
    from scipy.sparse import csr_array

    size = len(streets.places)
    return csr_array((weights.astype(np.float64), (streets.start, streets.end)), shape=(size, size))
