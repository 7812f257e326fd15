"""Checks of generator options: one line each, naming the option and the value."""

from collections.abc import Iterable

import numpy as np

from routewright.data.errors import InstanceError

WIDEST_GRID = 10_000_000
"""Far beyond any use; squares of such coordinates still add up exactly in float64."""


def generator(seed: int) -> np.random.Generator:
    """The random stream of ``seed``, the same on every platform (of one NumPy release, NEP 19)."""
    whole("seed", seed, least=0)
    return np.random.default_rng(seed)


def whole(name: str, value: int, *, least: int, most: int | None = None) -> None:
    """Reject a value that is not a whole number of at least ``least`` and at most ``most``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise InstanceError(f"{name} is {value!r}, must be a whole number")
    if value < least:
        raise InstanceError(f"{name} is {value}, must be >= {least}")
    if most is not None and value > most:
        raise InstanceError(f"{name} is {value}, must be <= {most}")


def between(name: str, value: float, least: float, most: float = np.inf) -> None:
    """Reject a value that is not a finite number in [least, most]."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise InstanceError(f"{name} is {value!r}, must be a number")
    if not (least <= value <= most and np.isfinite(value)):
        limits = f"in [{least:g}, {most:g}]" if np.isfinite(most) else f"finite and >= {least:g}"
        raise InstanceError(f"{name} is {value:g}, must be {limits}")


def one_of(name: str, value: object, choices: Iterable[object]) -> None:
    """Reject a value that is none of ``choices``."""
    listed = list(choices)
    if value not in listed:
        raise InstanceError(f"{name} is {value!r}, must be one of {', '.join(map(str, listed))}")
