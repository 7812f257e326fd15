"""Instances on roads: places of a city, with its distances and driving times, both asymmetric."""

from collections.abc import Sequence
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
import torch
from numpy.lib.npyio import NpzFile
from numpy.typing import NDArray
from tensordict import TensorDict

from routewright.data.errors import FormatError, InstanceError
from routewright.data.generators.attributes import DEPOTS, MEAN_DISTANCE
from routewright.data.generators.options import generator as random_numbers
from routewright.data.generators.streets import connected, shortest, town
from routewright.envs.generators.attributes import Ways, choose, count_depots, write
from routewright.envs.generators.neutral import neutral

UNREACHABLE = 1e5
"""Distances and times above it stand for no way at all, in files."""
LEAST = 1e-3
"""What a negative entry of a file becomes."""
CROSSINGS = 1.5
"""Crossings of a town for each place that is asked of it."""


class City(NamedTuple):
    """Places that instances are drawn from."""

    places: NDArray[np.float32]  # [M, 2]
    distances: NDArray[np.float32]  # [M, M]
    durations: NDArray[np.float32]  # [M, M]


def grown_city(places: int, seed: int, *, one_way: float = 0.4) -> City:
    """Crossings of a generated town: ``data/generators/streets.py``, in metres and seconds.

    Args:
        places: how many.
        seed: of the random stream.
        one_way: share of the side streets that are open one way only.
    """
    streets = town(random_numbers(seed), int(np.ceil(np.sqrt(CROSSINGS * places))), one_way)
    chosen = connected(streets)
    if len(chosen) < places:
        raise InstanceError(f"places is {places}: the town of seed {seed} has {len(chosen)} that can be reached")
    chosen = random_numbers(seed + 1).permutation(chosen)[:places]
    ways = (shortest(streets, weights, chosen) for weights in (streets.metres, streets.seconds))
    return City(streets.places[chosen].astype(np.float32), *(way.astype(np.float32) for way in ways))


def read_city(path: str | PathLike[str]) -> City:
    """A city of RRNCO's data set (Son et al. 2025): ``points``, ``distance`` in km and ``duration`` in minutes.

    Places that another one cannot be reached from are left out.

    Raises:
        FormatError: if the file is no such city.
    """
    places, *ways = _arrays(path, ("points", "distance", "duration"))
    if places.ndim != 2 or places.shape[1] != 2 or not np.isfinite(places).all():
        raise FormatError(path, f"points have shape {places.shape}, must be two finite numbers for each place")
    for name, way in zip(("distance", "duration"), ways, strict=True):
        if way.shape != (len(places), len(places)):
            raise FormatError(path, f"{name} has shape {way.shape}, must be {(len(places), len(places))}")
    cleaned = [np.where(np.isnan(way), np.inf, np.where(way < 0, LEAST, way)) for way in ways]
    kept = _within_reach(np.maximum(*cleaned) <= UNREACHABLE)
    return City(places[kept].astype(np.float32), *(way[np.ix_(kept, kept)].astype(np.float32) for way in cleaned))


def _arrays(path: str | PathLike[str], names: Sequence[str]) -> list[NDArray[np.float64]]:
    unreadable = (OSError, ValueError, EOFError, BadZipFile)
    try:
        content = BytesIO(Path(path).read_bytes())
    except OSError as error:
        raise FormatError(path, f"cannot be opened: {error.strerror}") from error
    try:
        file = np.load(content)
    except unreadable as error:
        raise FormatError(path, f"is no .npz file: {error}") from error
    if not isinstance(file, NpzFile):
        raise FormatError(path, "is no .npz file but a single array")
    missing = [name for name in names if name not in file]
    if missing:
        raise FormatError(path, f"has no array {missing[0]!r}, but {', '.join(file) or 'none'}")
    try:
        return [np.asarray(file[name], np.float64) for name in names]
    except unreadable as error:
        raise FormatError(path, f"holds arrays that cannot be read: {error}") from error


def _within_reach(reaches: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Places that all reach each other, the worst left out one by one."""
    kept = np.arange(len(reaches))
    while len(kept):
        lost = ~reaches[np.ix_(kept, kept)]
        faults = lost.sum(0) + lost.sum(1)
        if not faults.any():
            break
        kept = np.delete(kept, faults.argmax())
    return kept


def roads(
    batch: int,
    n: int,
    generator: torch.Generator,
    cities: Sequence[City],
    *,
    variants: Sequence[str] = ("CVRP",),
    capacity: int | None = None,
    depots: int = DEPOTS,
) -> TensorDict:
    """Instances of random places, each of a random city.

    Args:
        batch: number of instances.
        n: clients of each.
        generator: of all random numbers; the instances are made on its device.
        cities: at least one, with enough places.
        variants: drawn with equal probability; see ``mtvrp``.
        capacity: of a vehicle; None is what papers use for n.
        depots: where a variant has several.

    Returns:
        As ``mtvrp``, with ``distances`` and ``durations`` [B, N, N] in the units of the cities.

    Raises:
        InstanceError: if a city is too small.
    """
    flags = choose(variants, batch, generator)
    doors = count_depots(variants, depots)
    nodes, device = doors + n, generator.device
    small = [city for city in cities if len(city.places) < nodes]
    if small or not cities:
        what = f"one has {len(small[0].places)}" if small else "there is none"
        raise InstanceError(f"cities must have at least {nodes} places for {n} clients: {what}")
    city = torch.randint(len(cities), (batch,), generator=generator, device=device)
    coords = torch.zeros((batch, nodes, 2), device=device)
    ways = torch.zeros((2, batch, nodes, nodes), device=device)
    for number, each in enumerate(cities):
        rows = (city == number).nonzero()[:, 0]
        lots = torch.rand((len(rows), len(each.places)), generator=generator, device=device)
        chosen = lots.topk(nodes, dim=1).indices
        coords[rows] = torch.as_tensor(each.places, device=device)[chosen]
        for kind, matrix in enumerate((each.distances, each.durations)):
            ways[kind, rows] = torch.as_tensor(matrix, device=device)[chosen[:, :, None], chosen[:, None, :]]
    ways.diagonal(dim1=2, dim2=3).zero_()
    drawn = neutral(coords, doors)
    drawn["distances"], drawn["durations"] = ways
    write(drawn, flags, _ways(ways, doors), capacity, generator)
    return drawn


def _ways(ways: torch.Tensor, doors: int) -> Ways:
    distances, times = ways
    n = ways.shape[-1] - doors
    column = torch.arange(n, device=ways.device)

    def before(step: int) -> tuple[torch.Tensor, torch.Tensor]:
        earlier = doors + (column - step) % n
        return distances[:, earlier, doors + column], times[:, earlier, doors + column]

    there, time_there = ways[:, :, :doors, doors:]
    back, time_back = ways[:, :, doors:, :doors].transpose(-1, -2)
    distance_unit, time_unit = ways.mean((2, 3)) / MEAN_DISTANCE
    return Ways(there, back, time_there, time_back, before, distance_unit, time_unit)
