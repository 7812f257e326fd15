"""Tiny instances of the 48 attribute combinations, in the plane and in a town, for the oracle."""

from routewright.data.generators import generate
from routewright.data.instance import Instance

CAPACITY = 12
"""Binds with few clients; the usual capacity would take nearly all of them along."""


def plane(variant: str, seed: int, n: int) -> Instance:
    """Unrounded distances in the unit square."""
    return generate("mtvrp", n, seed, variant=variant, capacity=CAPACITY, depots=_depots(variant))


def town(variant: str, seed: int, n: int) -> Instance:
    """Asymmetric matrices of distances and of durations."""
    return generate("streets", n, seed, variant=variant, capacity=CAPACITY, depots=_depots(variant))


def _depots(variant: str) -> int | None:
    return 2 if variant.startswith("MD") else None


FORMS = {"plane": plane, "town": town}
