"""A salesman with one day: which visits are worth the way? And which offers should he rather not take?"""

import numpy as np

import routewright as rw

VISITS = 25


def a_day() -> rw.Instance:
    """A prize is what a visit left out costs; two visits are promised, of three branches of a bank one will do."""
    rng = np.random.default_rng(7)
    day = rw.InstanceBuilder()
    day.add_depot(50, 50, name="home")
    for number in range(1, VISITS + 1):
        prize = int(rng.integers(5, 45))
        day.add_client(*rng.integers(0, 100, 2), prize=prize, service=20, name=f"visit {number}, worth {prize}")
    for place in ((20, 80), (75, 65)):
        day.add_client(*place, service=30, name="promised visit")
    for place in ((10, 10), (90, 20), (45, 95)):
        day.add_client(*place, group=1, service=30, name="a branch of the bank")
    day.add_vehicle_type(name="car", count=1, max_duration=540)
    return day.build(rounding="round", name="salesman")


def main(seconds: float = 2.0) -> rw.Result:
    """Print the tour, and what was left out."""
    result = rw.solve(a_day(), time_limit=seconds)
    day = result.instance
    (tour,) = result.solution.routes
    missed = sum(day.prize[node] for node in result.solution.unserved)
    print(f"drives {result.cost - missed:g}, misses {missed:g} of {day.prize.sum():g}")
    print("tour: " + " > ".join(day.label(node) for node in tour.stops))
    print(f"left out: {len(result.solution.unserved)} visits")
    print(f"the most valuable of them: {max((day.prize[n], day.label(n)) for n in result.solution.unserved)[1]}")
    return result


if __name__ == "__main__":
    main()
