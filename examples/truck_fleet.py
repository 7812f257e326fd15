"""A mixed fleet at two depots: small trucks are cheap, large ones take more, some streets are too narrow."""

from dataclasses import replace

import numpy as np

import routewright as rw

CLIENTS, NORTH, SOUTH = 18, 0, 1


def a_day() -> rw.Instance:
    """Arrays say it shortest: depots are the first rows, clients the others."""
    rng = np.random.default_rng(4)
    coords = np.vstack([[50, 80], [50, 20], rng.integers(0, 100, (CLIENTS, 2))])
    pallets = np.concatenate([[0, 0], rng.integers(1, 7, CLIENTS)])
    wide = frozenset(range(2, 2 + CLIENTS)) - {2, 5, 9, 14}
    small = rw.VehicleType(name="small, north", count=3, capacity=(10,), fixed_cost=40, start=NORTH, end=NORTH)
    large = rw.VehicleType(name="large, south", count=2, capacity=(24,), fixed_cost=70, start=SOUTH, end=SOUTH)
    return rw.Instance.build(
        coords=coords,
        depots=2,
        rounding="round",
        delivery=pallets,
        vehicle_types=[
            small,
            replace(small, name="small, south", count=2, start=SOUTH, end=SOUTH),
            replace(large, distance_cost=1.5, allowed=wide),
        ],
        name="trucks",
    )


def main(seconds: float = 2.0) -> rw.Result:
    """Print who drives where and how full."""
    result = rw.solve(a_day(), time_limit=seconds)
    print(f"cost {result.cost:g}, {result.vehicles} trucks")
    for route in result.solution:
        kind = result.instance.vehicle_types[route.vehicle_type]
        load = result.instance.delivery[list(route.stops)].sum()
        print(f"{kind.name}: {load:g} of {kind.capacity[0]:g} pallets to {', '.join(map(str, route.stops))}")
    return result


if __name__ == "__main__":
    main()
