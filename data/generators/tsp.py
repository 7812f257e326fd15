"""The travelling salesman as a routing problem: one vehicle that nothing limits."""

from routewright.data.generators.grid import placed, suffix
from routewright.data.generators.options import generator, whole
from routewright.data.instance import Instance


def generate(*, n: int, seed: int, grid: int | None = None) -> Instance:
    """A TSP with cities uniform in the unit square (Kool, van Hoof & Welling 2019).

    Args:
        n: number of cities, the first of which is the depot (so that "TSP100" is n = 100).
        seed: of the random stream.
        grid: None is the unit square; a number is whole coordinates 0 … grid, rounded distances.

    Returns:
        The instance: one vehicle, no loads.

    Raises:
        InstanceError: if an option is out of range.
    """
    whole("n", n, least=2)
    points = generator(seed).random((n, 2))
    return Instance.build(**placed(points, grid), vehicles=1, name=f"tsp-n{n}{suffix(grid)}-s{seed}")
