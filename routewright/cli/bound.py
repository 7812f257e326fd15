"""``routewright bound``: a cost that no solution of a file can beat."""

from json import dumps
from typing import Annotated

import typer

from routewright.cli.options import (
    CapacityOption,
    DurationsOption,
    InstanceFile,
    JsonOption,
    RoundingOption,
    SpeedOption,
    VehiclesOption,
    examples,
    positive,
)

EXAMPLES = examples("bound E-n51-k5.vrp", "bound berlin52.tsp --time-limit 2 --json")


def run(
    file: InstanceFile,
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", parser=positive, help="Stop after so long.", show_default="10")
    ] = 10.0,
    rounding: RoundingOption = "auto",
    durations: DurationsOption = None,
    capacity: CapacityOption = None,
    vehicles: VehiclesOption = None,
    speed: SpeedOption = None,
    json: JsonOption = False,
) -> int:
    """Compute a lower bound of the cost.

    Tours, and routes of equal vehicles with one limit on time. solve --solver exact goes on to a proof.
    """
    from routewright.cli.lines import plural, show
    from routewright.cli.numbers import plain, tidy
    from routewright.data.formats.read import read_explained
    from routewright.solvers.exact import lower_bound

    instance, distances = read_explained(
        file, rounding, None, durations, capacity=capacity, vehicles=vehicles, speed=speed
    )
    found = lower_bound(instance, time_limit=time_limit)
    if json:
        facts = {"bound": tidy(found.cost), "method": found.method, "seconds": round(found.seconds, 3)}
        typer.echo(dumps({"instance": instance.name, "clients": instance.n_clients, **facts}))
        return 0
    show(
        [
            ("instance", f"{instance.name or 'unnamed'}, {plural(instance.n_clients, 'client')}"),
            ("distances", distances),
            ("lower bound", "none in this time" if found.cost is None else plain(found.cost)),
            ("by", found.method),
            ("seconds", f"{found.seconds:.1f}"),
        ]
    )
    return 0
