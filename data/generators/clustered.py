"""Clients in heaps: the Gaussian mixtures of Zhou, Wu, Song, Cao & Zhang (2023)."""

import numpy as np
from numpy.typing import NDArray

from routewright.data.generators.grid import placed, suffix
from routewright.data.generators.options import between, generator, whole
from routewright.data.generators.uniform import LARGEST_DEMAND, demands, usual_capacity
from routewright.data.instance import Instance


def generate(
    *,
    n: int,
    seed: int,
    modes: int = 5,
    spread: float = 30.0,
    capacity: int | None = None,
    grid: int | None = None,
) -> Instance:
    """A CVRP whose nodes come from a mixture of Gaussians, with demands uniform in 1 … 9.

    The paper trains on ``modes`` 3, 5 and 7 with ``spread`` 10, 30 and 50. The larger the spread,
    the tighter the heaps, since the points are scaled to the unit square in the end.

    Differences from the paper: the depot is one of the n + 1 points drawn at random, and points
    stand in random order, so that a node's number does not tell its heap.

    Args:
        n: number of clients.
        seed: of the random stream.
        modes: number of Gaussians, each with unit covariance.
        spread: side of the square that their centres are drawn from.
        capacity: of a vehicle; None is ``uniform.usual_capacity(n)``.
        grid: None is the unit square; a number is whole coordinates 0 … grid, rounded distances.

    Returns:
        The instance, with an unlimited fleet.

    Raises:
        InstanceError: if an option is out of range.
    """
    whole("n", n, least=1)
    whole("modes", modes, least=1)
    between("spread", spread, 0.0, 1e6)  # beyond that a heap is one point
    load = usual_capacity(n) if capacity is None else capacity
    whole("capacity", load, least=LARGEST_DEMAND)
    rng = generator(seed)
    points = mixture(rng, n + 1, modes, spread)
    return Instance.build(
        **placed(points, grid),
        delivery=demands(rng, n),
        capacity=load,
        name=f"clustered-n{n}-m{modes}-c{spread:g}-q{load}{suffix(grid)}-s{seed}",
    )


def mixture(rng: np.random.Generator, count: int, modes: int, spread: float) -> NDArray[np.float64]:
    """Points [count, 2] of a Gaussian mixture, scaled to fill the unit square in both directions."""
    centres = rng.uniform(0.0, spread, size=(modes, 2))
    sizes = rng.multinomial(count, np.full(modes, 1.0 / modes))
    points = np.repeat(centres, sizes, axis=0) + rng.standard_normal((count, 2))
    low, high = points.min(axis=0), points.max(axis=0)
    scaled = (points - low) / (high - low)
    return np.asarray(rng.permutation(scaled))
