"""Parcel vans: customers are at home at certain hours, drivers rest at noon, a map shows the way."""

from pathlib import Path

import routewright as rw

PARCELS = [  # name, latitude, longitude, parcels, earliest and latest hour
    ("Leuven", 50.879, 4.701, 3, 9, 12),
    ("Mechelen", 51.028, 4.481, 2, 8, 17),
    ("Aalst", 50.938, 4.039, 4, 13, 16),
    ("Halle", 50.736, 4.237, 1, 8, 10),
    ("Wavre", 50.717, 4.601, 3, 10, 15),
    ("Vilvoorde", 50.928, 4.425, 2, 14, 17),
    ("Ninove", 50.836, 4.024, 2, 8, 13),
    ("Tervuren", 50.823, 4.514, 1, 8, 11),
    ("Asse", 50.911, 4.198, 3, 9, 17),
    ("Nivelles", 50.598, 4.328, 2, 11, 17),
    ("Diest", 50.989, 5.050, 2, 12, 16),
    ("Dendermonde", 51.028, 4.101, 2, 9, 14),
]


def a_day() -> rw.Instance:
    """Times in minutes after midnight, distances in kilometres as the crow flies."""
    day = rw.InstanceBuilder()
    day.add_depot(50.850, 4.352, name="Brussels")
    for name, latitude, longitude, parcels, first, last in PARCELS:
        day.add_client(latitude, longitude, delivery=parcels, window=(60 * first, 60 * last), service=10, name=name)
    day.add_vehicle_type(
        name="van",
        count=3,
        capacity=12,
        speed=0.7,  # kilometres per minute
        fixed_cost=50,  # as much as 50 kilometres
        shift=(8 * 60, 17 * 60),
        breaks=rw.Break(earliest=11.5 * 60, latest=13 * 60, duration=30),
    )
    return day.build(metric="haversine", name="parcels")


def main(seconds: float = 2.0, folder: Path = Path("demo")) -> rw.Result:
    """Print the timetable of the vans and write a map."""
    result = rw.solve(a_day(), time_limit=seconds)
    print(f"{result.vehicles} vans, cost {result.cost:.1f}")
    print(result.schedule(clock="minutes"))
    folder.mkdir(exist_ok=True)
    rw.write_geojson(result.instance, folder / "parcels.geojson", result.solution)
    return result


if __name__ == "__main__":
    main()
