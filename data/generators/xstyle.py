"""The recipe of the X instances: Uchoa, Pecin, Pessoa, Poggi, Vidal & Subramanian (2017).

"New benchmark instances for the Capacitated Vehicle Routing Problem", EJOR 257(3), section 4.
Where the paper leaves a choice, the published generator of the same family decides (Queiroga,
Sadykov, Uchoa & Vidal 2022, "10,000 optimal CVRP solutions").
"""

from math import ceil
from typing import get_args

import numpy as np

from routewright.data.errors import InstanceError
from routewright.data.generators.options import between, generator, one_of, whole
from routewright.data.generators.xstyle_demands import DEMANDS, Demand, demands
from routewright.data.generators.xstyle_places import GRID, Customers, Depot, Floats, depot_place, places
from routewright.data.instance import Instance

MOST_CLIENTS = 200_000
"""The grid has a million places; near that, drawing free ones would never end."""
ROUTE_SIZE = (3.0, 6.0, 25.0)
"""Least, likeliest and most clients per route: r of section 4.4, triangular."""
CLUSTERS = (3, 8)
"""Fewest and most seeds: S of section 4.2."""


def generate(
    *,
    n: int,
    seed: int,
    depot: Depot | None = None,
    customers: Customers | None = None,
    demand: Demand | None = None,
    route_size: float | None = None,
    clusters: int | None = None,
) -> Instance:
    """A CVRP on the 1000 x 1000 grid with rounded distances; whatever is None is drawn.

    Args:
        n: number of clients.
        seed: of the random stream.
        depot: central (500, 500), eccentric (0, 0) or random; None: each equally likely.
        customers: random, clustered, or half of each; None: each equally likely.
        demand: one of the seven distributions of ``xstyle_demands``; None: each equally likely.
        route_size: r, the desired clients per route; None: triangular between 3 and 25, mode 6.
        clusters: S, seeds that clustered clients gather around; None: 3 … 8, each equally likely;
            given only with clustered customers.

    Returns:
        The instance, with an unlimited fleet and capacity ceil(r * sum of demands / n), or the
        largest demand where that is more.

    Raises:
        InstanceError: if an option is out of range.
    """
    whole("n", n, least=1, most=MOST_CLIENTS)
    if clusters is not None and customers in (None, "random"):
        raise InstanceError(f"clusters is {clusters}: give customers clustered or random-clustered with it")
    rng = generator(seed)
    # All are drawn, wanted or not: fixing one option leaves the others as they were.
    drawn_depot = _either(rng, depot, "depot", get_args(Depot))
    drawn_customers = _either(rng, customers, "customers", get_args(Customers))
    drawn_demand = _either(rng, demand, "demand", DEMANDS)
    size = _route_size(rng, n, route_size)
    heaps = _clusters(rng, n, drawn_customers, clusters)
    root = depot_place(rng, drawn_depot)
    clients = places(rng, n, drawn_customers, heaps, root)
    load = demands(rng, drawn_demand, clients, GRID)
    return Instance.build(
        coords=np.concatenate([root[None], clients]),
        rounding="round",
        delivery=np.concatenate([[0.0], load]),
        capacity=_capacity(load, size),
        name=_name(n, drawn_depot, drawn_customers, heaps, drawn_demand, size, seed),
    )


def _either(rng: np.random.Generator, wanted: str | None, name: str, choices: tuple[str, ...]) -> str:
    drawn = choices[int(rng.integers(len(choices)))]
    if wanted is None:
        return drawn
    one_of(name, wanted, choices)
    return wanted


def _route_size(rng: np.random.Generator, n: int, wanted: float | None) -> float:
    drawn = round(float(rng.triangular(*ROUTE_SIZE)), 2)  # rounded: the name tells it all
    if wanted is None:
        return min(drawn, float(n))
    between("route_size", wanted, 1.0, float(n))
    return float(wanted)


def _clusters(rng: np.random.Generator, n: int, customers: str, wanted: int | None) -> int:
    drawn = int(rng.integers(*CLUSTERS, endpoint=True))
    if customers == "random":
        return 0
    room = n if customers == "clustered" else n - n // 2  # seeds are clients themselves
    if wanted is None:
        return min(drawn, room)
    whole("clusters", wanted, least=1, most=room)
    return wanted


def _capacity(load: Floats, size: float) -> int:
    """Q of section 4.4; never below the largest demand, which must fit (Queiroga et al. 2022)."""
    return max(int(load.max()), ceil(size * float(load.sum()) / len(load)))


def _name(n: int, depot: str, customers: str, heaps: int, demand: str, size: float, seed: int) -> str:
    ground: dict[str, str] = {"random": "R", "clustered": f"C{heaps}", "random-clustered": f"RC{heaps}"}
    return f"xstyle-n{n}-{depot[0].upper()}-{ground[customers]}-{demand}-r{size:g}-s{seed}"
