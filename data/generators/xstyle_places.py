"""Where depots and clients of X-style instances stand (Uchoa et al. 2017, sections 4.1 and 4.2)."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

GRID = 1000
DECAY = 40.0
"""Distance to a seed over which the chance of a place halves."""

Depot = Literal["central", "eccentric", "random"]
Customers = Literal["random", "clustered", "random-clustered"]
Floats = NDArray[np.float64]

_DRAWS = 1024  # places tried at once


def depot_place(rng: np.random.Generator, depot: str) -> Floats:
    """Coordinates [2] of the depot."""
    drawn = rng.integers(0, GRID, size=2, endpoint=True)
    fixed = {"central": np.full(2, GRID // 2), "eccentric": np.zeros(2)}
    return np.asarray(fixed.get(depot, drawn), dtype=np.float64)


def places(rng: np.random.Generator, n: int, customers: str, clusters: int, depot: Floats) -> Floats:
    """Places [n, 2] of the clients in random order, all different, none the depot's.

    ``random`` takes every place with equal chance. ``clustered`` first draws ``clusters`` seeds,
    which are clients too; the others gather around them (``attraction``). ``random-clustered``
    draws n // 2 at random and the rest, seeds included, clustered.
    """
    alone = {"random": n, "clustered": 0, "random-clustered": n // 2}[customers]
    taken = {_key(depot)}
    lonely = _anywhere(rng, alone, taken)
    if alone == n:
        return lonely
    seeds = _anywhere(rng, clusters, taken)
    gathered = _near(rng, n - alone - clusters, seeds, taken)
    return np.asarray(rng.permutation(np.concatenate([lonely, seeds, gathered])))


def attraction(points: Floats, seeds: Floats) -> Floats:
    """Weight [P] of each place: the sum of 2^(-d / 40) over the distances d to all seeds.

    Base 2 is the published generator's (Queiroga et al. 2022).
    """
    apart = points[:, None, :] - seeds[None, :, :]
    return np.asarray(np.exp2(-np.sqrt((apart * apart).sum(axis=2)) / DECAY).sum(axis=1))


def _anywhere(rng: np.random.Generator, count: int, taken: set[int]) -> Floats:
    found: list[Floats] = []
    while len(found) < count:
        _take(found, _draw(rng), count, taken)
    return np.array(found).reshape(-1, 2)


def _near(rng: np.random.Generator, count: int, seeds: Floats, taken: set[int]) -> Floats:
    """Accept or reject places by their attraction, relative to that of the strongest seed."""
    strongest = attraction(seeds, seeds).max()
    found: list[Floats] = []
    while len(found) < count:
        points = _draw(rng)
        accepted = rng.random(_DRAWS) * strongest <= attraction(points, seeds)
        _take(found, points[accepted], count, taken)
    return np.array(found).reshape(-1, 2)


def _draw(rng: np.random.Generator) -> Floats:
    return rng.integers(0, GRID, size=(_DRAWS, 2), endpoint=True).astype(np.float64)


def _take(found: list[Floats], points: Floats, count: int, taken: set[int]) -> None:
    for point in points:
        if len(found) == count:
            return
        if _key(point) not in taken:
            taken.add(_key(point))
            found.append(point)


def _key(point: Floats) -> int:
    return int(point[0]) * (GRID + 1) + int(point[1])
