"""Where the instances of a step come from."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

import torch
from tensordict import TensorDict
from torch import Tensor
from torch.utils.data import ConcatDataset

from routewright.data.batch import to_actions, to_tensordict, unsupported
from routewright.data.errors import FormatError, RoutewrightError
from routewright.data.formats.read import read
from routewright.data.instance import Instance
from routewright.data.labels import Label, LabelledSet, read_labels
from routewright.data.solution import Route, Solution
from routewright.envs import generators
from routewright.envs.generators import City, grown_city, read_city
from routewright.policies.training.recipe import Files, Generated, Recipe

CITY_PLACES = 600
"""Places of a grown town."""


class Lot(NamedTuple):
    """What one step learns from."""

    batch: TensorDict
    actions: Tensor | None = None  # [B, 1, T] to imitate
    both_ways: Tensor | None = None  # [B] bool whose routes may be turned round at the same cost


@runtime_checkable
class Source(Protocol):
    """Gives lots; the same for the same random numbers."""

    def draw(self, size: int, generator: torch.Generator) -> Lot:
        """``size`` instances, on the generator's device."""


def source(recipe: Recipe) -> Source:
    """That of a recipe.

    Raises:
        RoutewrightError: if a file is missing or nothing that environments know.
    """
    data = recipe.data
    if isinstance(data, Generated):
        return FromGenerator(data, recipe.folder)
    if isinstance(data, Files):
        return FromFiles(found(data.files, recipe.folder))
    return FromLabels([read_labels(recipe.folder / path) for path in data.labels])


class FromGenerator:
    """New instances in every step, of one size each."""

    def __init__(self, data: Generated, folder: Path) -> None:
        self._sizes = data.n
        options = dict(data.options)
        if data.generator == "roads":
            options["cities"] = _cities(data.cities, folder)
        self._options = options
        self._make: Callable[..., TensorDict] = getattr(generators, data.generator)
        try:
            self.draw(1, torch.Generator().manual_seed(0))
        except TypeError as error:
            raise RoutewrightError(f"options of the generator {data.generator!r}: {error}") from None

    def draw(self, size: int, generator: torch.Generator) -> Lot:
        """See ``Source``."""
        n = self._sizes[0]
        if len(self._sizes) > 1:
            which = torch.randint(len(self._sizes), (1,), generator=generator, device=generator.device)
            n = self._sizes[int(which)]
        return Lot(self._make(size, n, generator, **self._options))


class FromFiles:
    """Instances of files, each as likely in every step."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._instances = [_readable(path) for path in paths]

    def draw(self, size: int, generator: torch.Generator) -> Lot:
        """See ``Source``."""
        chosen = torch.randint(len(self._instances), (size,), generator=generator, device=generator.device)
        return Lot(to_tensordict([self._instances[place] for place in chosen.tolist()], device=generator.device))


class FromLabels:
    """Instances with their routes, in a random order, each driven in a random direction where that is the same."""

    def __init__(self, sets: Sequence[LabelledSet]) -> None:
        self._labels: ConcatDataset[Label] = ConcatDataset(sets)  # type: ignore[arg-type]  # sequences will do

    def draw(self, size: int, generator: torch.Generator) -> Lot:
        """See ``Source``."""
        device = generator.device
        places = torch.randint(len(self._labels), (size,), generator=generator, device=device)
        labels = [self._labels[place] for place in places.tolist()]
        batch = to_tensordict([label.instance for label in labels])
        lots = torch.rand((size, 2, max(len(label.solution) for label in labels)), generator=generator, device=device)
        driven = [
            to_actions(label.instance, _shuffled(label.instance, label.solution, own.tolist()), batch)
            for label, own in zip(labels, lots, strict=True)
        ]
        longest = max(map(len, driven))
        actions = torch.tensor([[*each, *[0] * (longest - len(each))] for each in driven], device=device)
        either = torch.tensor([_both_ways(label.instance) for label in labels], device=device)
        return Lot(batch.to(device), actions[:, None], either)


def _shuffled(instance: Instance, solution: Solution, lots: Sequence[Sequence[float]]) -> Solution:
    """Routes by random numbers, those below a half turned round where that changes nothing."""
    routes = [
        Route((route.stops[::-1],), route.vehicle_type) if turn < 0.5 and _both_ways(instance) else route
        for route, turn in zip(solution, lots[0], strict=False)
    ]
    order = sorted(range(len(routes)), key=lambda number: lots[1][number])
    return Solution(tuple(routes[number] for number in order), solution.unserved)


def _both_ways(instance: Instance) -> bool:
    """Whether a route may be driven in either direction at the same cost."""
    plain = instance.distances is None and instance.durations is None and instance.speed_periods is None
    timeless = not bool((instance.windows[..., 1] < float("inf")).any())
    one_load = not bool(instance.pickup.any()) and len(instance.pairs) == 0
    return plain and timeless and one_load and all(vehicle.end is not None for vehicle in instance.vehicle_types)


def _readable(path: Path) -> Instance:
    instance = read(path)
    reasons = unsupported(instance)
    if reasons:
        raise FormatError(path, f"environments do not know {', '.join(reasons)}")
    return instance


def found(patterns: Sequence[str], folder: Path) -> list[Path]:
    """Files that match.

    Raises:
        FormatError: if nothing matches a pattern.
    """
    paths = []
    for pattern in patterns:
        whole = folder / pattern
        some = sorted(Path(whole.anchor).glob(str(whole.relative_to(whole.anchor))))
        if not some:
            raise FormatError(pattern, f"no such file in {folder}")
        paths += some
    return paths


def _cities(cities: int | str, folder: Path) -> list[City]:
    if isinstance(cities, int):
        return [grown_city(CITY_PLACES, seed) for seed in range(cities)]
    return [read_city(path) for path in found((f"{cities}/*.npz",), folder)]
