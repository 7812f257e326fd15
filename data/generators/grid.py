"""Points of the unit square, left as they are or moved to a grid of whole numbers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.generators.options import WIDEST_GRID, whole

Floats = NDArray[np.float64]


def placed(points: Floats, grid: int | None) -> dict[str, Any]:
    """Coordinates [N, 2] and the rounding that goes with them, as fields of an instance.

    Args:
        points: [N, 2] in the unit square.
        grid: None keeps the points and their unrounded distances (files of neural solvers); a
            number spreads them over whole coordinates 0 … grid with rounded distances (files of
            classical solvers).
    """
    if grid is None:
        return {"coords": points, "rounding": "none"}
    whole("grid", grid, least=1, most=WIDEST_GRID)
    cells = np.minimum(np.floor(points * (grid + 1)), grid)  # every coordinate equally likely
    return {"coords": cells, "rounding": "round"}


def suffix(grid: int | None) -> str:
    """How an instance's name tells the grid."""
    return "" if grid is None else f"-grid{grid}"
