"""Where the instances of a step come from."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import torch
from tensordict import TensorDict

from routewright.data.batch import to_tensordict, unsupported
from routewright.data.errors import FormatError, RoutewrightError
from routewright.data.formats.read import read
from routewright.data.instance import Instance
from routewright.data.labels import read_labels
from routewright.envs import generators
from routewright.envs.generators import City, grown_city, read_city
from routewright.policies.training.labelled import FromLabels
from routewright.policies.training.lot import Lot
from routewright.policies.training.recipe import Files, Generated, Labels

CITY_PLACES = 600
"""Places of a grown town."""


@runtime_checkable
class Source(Protocol):
    """Gives lots; the same for the same random numbers."""

    def draw(self, size: int, generator: torch.Generator) -> Lot:
        """About ``size`` instances, on the generator's device."""


def source(data: Generated | Files | Labels, folder: Path) -> Source:
    """That of a recipe in ``folder``.

    Raises:
        RoutewrightError: if a file is missing or nothing that environments know.
    """
    if isinstance(data, Generated):
        return FromGenerator(data, folder)
    if isinstance(data, Files):
        return FromFiles(found(data.files, folder))
    return FromLabels(map(read_labels, found(data.labels, folder)), data.orders, sides=data.sides)


class FromGenerator:
    """New instances in every step, of one size each; of larger ones fewer, so that all steps have as many clients."""

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
        rows = max(1, round(size * min(self._sizes) / n))
        return Lot(self._make(rows, n, generator, **self._options))


class FromFiles:
    """Instances of files, each as likely in every step."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._instances = [_readable(path) for path in paths]

    def draw(self, size: int, generator: torch.Generator) -> Lot:
        """See ``Source``."""
        chosen = torch.randint(len(self._instances), (size,), generator=generator, device=generator.device)
        return Lot(to_tensordict([self._instances[place] for place in chosen.tolist()], device=generator.device))


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
