"""Fixed sets of instances with the costs that a solver found for them: what policies are compared with.

A set is a JSON file: a family of ``routewright.data.generators``, its options, the seeds, and the costs. Instances are
drawn anew when the set is read; their fingerprint tells whether they are still the same.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tensordict import TensorDict

from routewright.data.batch import to_tensordict
from routewright.data.errors import FormatError
from routewright.data.formats.atomic import atomic_write
from routewright.data.generators import generate
from routewright.data.instance import Instance

FOLDER = Path(__file__).parent / "references"
"""Sets that ship."""


@dataclass(frozen=True)
class Reference:
    """A set.

    Attributes:
        name: of the set.
        family: of instances.
        options: of the family, ``variants`` taken in turn.
        first_seed: of the first instance; the others follow.
        costs: found for each instance.
        solver: that found them, in words.
        fingerprint: of the first instances.
    """

    name: str
    family: str
    options: dict[str, Any]
    first_seed: int
    costs: tuple[float, ...]
    solver: str
    fingerprint: str

    def instances(self, count: int | None = None) -> list[Instance]:
        """The first ``count`` of them, or all.

        Raises:
            FormatError: if the generator draws others than those whose costs are known.
        """
        wanted = len(self.costs) if count is None else min(count, len(self.costs))
        found = draw(self.family, self.options, self.first_seed, max(wanted, FINGERED))
        if fingerprint(found[:FINGERED]) != self.fingerprint:
            raise FormatError(self.name, "was made by a generator that drew other instances: make the set again")
        return found[:wanted]

    def batch(self, count: int | None = None, device: torch.device | str | None = None) -> TensorDict:
        """As one batch."""
        return to_tensordict(self.instances(count), device=device)


FINGERED = 4
"""Instances that the fingerprint is taken of."""


def draw(family: str, options: dict[str, Any], first_seed: int, count: int) -> list[Instance]:
    """Instances of consecutive seeds, of the ``variants`` in turn."""
    rest = dict(options)
    n = rest.pop("n")
    kinds = [{"variant": name} for name in rest.pop("variants", ())] or [{}]
    return [generate(family, n, first_seed + place, **rest, **kinds[place % len(kinds)]) for place in range(count)]


def fingerprint(instances: Sequence[Instance]) -> str:
    """Sixteen hexadecimal digits that other instances would not have."""
    digest = hashlib.sha256()
    for instance in instances:
        for array in (instance.coords, instance.distances, instance.delivery, instance.windows):
            if array is not None:
                digest.update(np.round(np.nan_to_num(array, posinf=-1.0), 6).tobytes())
    return digest.hexdigest()[:16]


def read_reference(name: str | Path) -> Reference:
    """A set that ships, by its name, or one of a file.

    Raises:
        FormatError: if there is none, or the file is none.
    """
    shipped = FOLDER / f"{name}.json"
    path = Path(name) if Path(name).exists() else shipped
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return Reference(path.stem, **(entries | {"costs": tuple(map(float, entries["costs"]))}))
    except OSError as error:
        names = ", ".join(sorted(each.stem for each in FOLDER.glob("*.json")))
        raise FormatError(name, f"is no reference set: {error.strerror}; those that ship are {names}") from None
    except (ValueError, TypeError, KeyError) as error:
        raise FormatError(name, f"is no reference set: {error}") from None


def write_reference(reference: Reference, folder: Path = FOLDER) -> None:
    """Write a set to ``folder``."""
    entries = {name: value for name, value in vars(reference).items() if name != "name"}
    with atomic_write(folder / f"{reference.name}.json") as stream:
        stream.write(json.dumps(entries | {"costs": [round(cost, 6) for cost in reference.costs]}) + "\n")
