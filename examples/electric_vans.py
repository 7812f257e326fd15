"""Electric vans: the battery does not last for the whole tour, charging takes time and customers wait."""

import routewright as rw

CUSTOMERS = [  # x, y in kilometres, boxes, from and until in minutes after the start
    (12, 48, 3, 0, 240),
    (8, 70, 2, 60, 300),
    (35, 85, 4, 60, 360),
    (60, 90, 3, 0, 400),
    (88, 72, 2, 100, 420),
    (93, 45, 4, 100, 480),
    (80, 15, 3, 0, 300),
    (55, 8, 2, 60, 480),
    (25, 15, 3, 0, 480),
    (70, 55, 2, 0, 480),
]
CHARGERS = [(25, 65), (75, 80), (85, 30), (40, 12)]


def a_day() -> rw.Instance:
    """Kilometres, minutes, kilowatt-hours."""
    day = rw.InstanceBuilder()
    day.add_depot(50, 45, name="depot")
    for number, (x, y, boxes, first, last) in enumerate(CUSTOMERS, start=1):
        day.add_client(x, y, delivery=boxes, window=(first, last), service=8, name=f"customer {number}")
    for x, y in CHARGERS:
        day.add_station(x, y, name=f"charger at {x}, {y}")
    battery = rw.Battery(capacity=24, use=0.2, recharge=2.5)  # 120 kilometres; 2.5 minutes for a kilowatt-hour
    day.add_vehicle_type(name="van", capacity=15, fixed_cost=80, speed=0.8, shift=(0, 540), battery=battery)
    return day.build(rounding="none", name="electric")


def main(seconds: float = 2.0) -> rw.Result:
    """Print each tour with the charge on leaving every stop."""
    result = rw.solve(a_day(), time_limit=seconds)
    print(f"{result.vehicles} vans, cost {result.cost:.1f}")
    for number in range(1, result.vehicles + 1):
        rows = [row for row in result.schedule().rows if row["route"] == number]
        print(f"van {number}:")
        for row in rows:
            charged = f", charged {row['charged']:.1f} kWh" if row["charged"] else ""
            print(f"  {row['arrival']:5.0f} min  {row['name']:<20} {row['battery']:4.1f} kWh{charged}")
    return result


if __name__ == "__main__":
    main()
