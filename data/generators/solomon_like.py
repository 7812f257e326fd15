"""Vehicle routing with time windows in the manner of Solomon (1987).

"Algorithms for the Vehicle Routing and Scheduling Problems with Time Window Constraints",
Operations Research 35(2), section 4; horizons, capacities and service times are his files'.
"""

from typing import Literal, get_args

import numpy as np

from routewright.data.distance import between as distance
from routewright.data.generators.options import between, generator, one_of, whole
from routewright.data.generators.solomon_places import Placement, demands, places
from routewright.data.generators.solomon_windows import UNIT, Day, random_centres, routed_centres, windows
from routewright.data.instance import Instance

_HORIZON = {("C", 1): 1236, ("C", 2): 3390, ("R", 1): 230, ("R", 2): 1000, ("RC", 1): 240, ("RC", 2): 960}
_CAPACITY = {("C", 1): 200, ("C", 2): 700, ("R", 1): 200, ("R", 2): 1000, ("RC", 1): 200, ("RC", 2): 1000}
_SERVICE = {"C": 90, "R": 10, "RC": 10}


def generate(
    *,
    n: int,
    seed: int,
    placement: Placement = "R",
    horizon_type: Literal[1, 2] = 1,
    density: float = 1.0,
    width: float | None = None,
    deviation: float = 0.0,
) -> Instance:
    """A VRPTW with distances and times cut after one decimal (``trunc1``, raw units of 0.1).

    Every client can be served on a route of its own. Windows of R and RC are centred on uniform
    times, those of C on arrivals along short routes.

    Args:
        n: number of clients.
        seed: of the random stream.
        placement: R random, C clustered, RC half of each.
        horizon_type: 1 is a short day with small vehicles, 2 a long one with large vehicles.
        density: share of the clients that have a window (Solomon: 0.25, 0.5, 0.75 or 1).
        width: mean width of a window in the file's units; None is a tenth of the horizon.
        deviation: standard deviation of the width, in the same units.

    Returns:
        The instance, with an unlimited fleet; the objective is distance (DIMACS convention).

    Raises:
        InstanceError: if an option is out of range.
    """
    whole("n", n, least=1)
    one_of("placement", placement, get_args(Placement))
    one_of("horizon_type", horizon_type, (1, 2))
    between("density", density, 0.0, 1.0)
    horizon, capacity = _HORIZON[placement, horizon_type], _CAPACITY[placement, horizon_type]
    wide = horizon // 10 if width is None else width
    between("width", wide, 0.0)
    between("deviation", deviation, 0.0)
    rng = generator(seed)
    coords = places(rng, n, placement)
    load = demands(rng, n, placement)
    home = distance(coords[0], coords[1:], "euclidean", "trunc1")
    day = Day(home=home, service=UNIT * _SERVICE[placement], horizon=UNIT * horizon)
    centres = routed_centres(coords, day, load, capacity) if placement == "C" else random_centres(rng, day)
    open_times = windows(rng, day, centres, density, UNIT * wide, UNIT * deviation)
    return Instance.build(
        coords=coords,
        rounding="trunc1",
        scale=int(UNIT),
        delivery=np.concatenate([[0.0], load]),
        windows=np.concatenate([[[0.0, day.horizon]], open_times]),
        service=np.concatenate([[0.0], np.full(n, day.service)]),
        capacity=capacity,
        name=f"solomon-like-{placement}{horizon_type}-n{n}-d{100 * density:g}-w{wide:g}-s{seed}",
    )
