"""A courier company: each parcel goes from a shop to its customer by the same bicycle, while it is wanted."""

import numpy as np

import routewright as rw

JOBS, BOX = 9, 4


def a_day() -> rw.Instance:
    """Minutes and hundreds of metres; a bicycle makes two of these a minute."""
    rng = np.random.default_rng(11)
    day = rw.InstanceBuilder()
    day.add_depot(30, 30, name="office")
    for number in range(1, JOBS + 1):
        ready = int(rng.integers(0, 120))
        shop = day.add_client(*rng.integers(0, 60, 2), window=(ready, ready + 25), service=2, name=f"shop {number}")
        home = day.add_client(*rng.integers(0, 60, 2), window=(ready, ready + 60), service=3, name=f"home {number}")
        day.add_pair(shop, home, load=int(rng.integers(1, 4)))
    day.add_vehicle_type(name="bicycle", count=3, capacity=BOX, speed=2, shift=(0, 240))
    return day.build(rounding="none", name="couriers")


def main(seconds: float = 2.0) -> rw.Result:
    """Print the order of calls, and what is in the box after each."""
    result = rw.solve(a_day(), time_limit=seconds)
    print(f"{result.vehicles} bicycles, {result.cost / 10:.1f} kilometres")
    for number in range(1, result.vehicles + 1):
        rows = [row for row in result.schedule().rows if row["route"] == number]
        print(f"bicycle {number}: " + " > ".join(f"{row['name']} ({row['load']})" for row in rows))
    return result


if __name__ == "__main__":
    main()
