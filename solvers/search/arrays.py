"""Memory for kernels."""

import numpy as np

from routewright.solvers.search.kernel.model import Int64


def whole(*shape: int) -> Int64:
    """Zeros, as whole numbers of 64 bits."""
    return np.zeros(shape, np.int64)
