"""Random numbers of our own: the state is an array, so that a run can be repeated and resumed."""

import numpy as np

from routewright.solvers.search.kernel.jit import inlined
from routewright.solvers.search.kernel.model import Random


@inlined
def bits(random: Random) -> np.uint64:
    """Next 64 random bits (xorshift64, Marsaglia 2003)."""
    x = random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    random[0] = x
    return x  # type: ignore[no-any-return]


@inlined
def uniform(random: Random) -> float:
    """Uniform in [0, 1)."""
    return (bits(random) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@inlined
def below(random: Random, n: int) -> int:
    """Uniform whole number in [0, n), n < 2**32."""
    # numba: unsigned and signed numbers together would become floats
    return np.int64(((bits(random) >> np.uint64(32)) * np.uint64(n)) >> np.uint64(32))  # type: ignore[return-value]


def seeded(seed: int) -> Random:
    """State for a seed; neighbouring seeds start far apart (splitmix64)."""
    mask = (1 << 64) - 1
    z = (seed + 1) * 0x9E3779B97F4A7C15 & mask
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & mask
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & mask
    return np.array([z ^ (z >> 31) or 1], dtype=np.uint64)
