"""Seeded generators of instances, one module per family.

Each module offers ``generate(*, n, seed, **options) -> Instance``, a pure function: the same seed
and options give the same instance.
"""

import inspect
from collections.abc import Callable
from typing import Any

from routewright.data.errors import InstanceError
from routewright.data.generators import clustered, mtvrp, solomon_like, streets, tsp, uniform, xstyle
from routewright.data.instance import Instance

GENERATORS: dict[str, Callable[..., Instance]] = {
    "clustered": clustered.generate,
    "mtvrp": mtvrp.generate,
    "solomon_like": solomon_like.generate,
    "streets": streets.generate,
    "tsp": tsp.generate,
    "uniform": uniform.generate,
    "xstyle": xstyle.generate,
}


def generate(kind: str, n: int, seed: int = 0, **options: Any) -> Instance:
    """Generate an instance of a family.

    Args:
        kind: a key of ``GENERATORS``.
        n: size, usually the number of clients.
        seed: of the random stream.
        **options: what the family's own ``generate`` takes beyond n and seed.

    Raises:
        InstanceError: if the family or an option is unknown or out of range.
    """
    if kind not in GENERATORS:
        raise InstanceError(f"no generator {kind!r}, there are {', '.join(GENERATORS)}")
    known = [name for name in inspect.signature(GENERATORS[kind]).parameters if name not in ("n", "seed")]
    for name in options:
        if name not in known:
            raise InstanceError(f"generator {kind} has no option {name!r}, it has {', '.join(known)}")
    return GENERATORS[kind](n=n, seed=seed, **options)


__all__ = ["GENERATORS", "generate"]
