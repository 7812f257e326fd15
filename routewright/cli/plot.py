"""``routewright plot``: an instance, or the routes of a solution, as a picture or a map."""

from pathlib import Path
from typing import Annotated

import typer

from routewright.cli.options import (
    CapacityOption,
    DurationsOption,
    RoundingOption,
    SpeedOption,
    VehiclesOption,
    examples,
)

EXAMPLES = examples(
    "plot X-n101-k25.vrp X.png",
    "plot X-n101-k25.vrp X-n101-k25.sol X.svg",
    "plot clients.csv routes.sol map.geojson",
)


def run(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE [SOLUTION] OUT",
            help="Instance, routes to be drawn in it if there are any, and the picture (.png, .svg or .pdf) "
            "or, for latitudes and longitudes, the map (.geojson, or .html with the extra map).",
            show_default=False,
        ),
    ],
    rounding: RoundingOption = "auto",
    durations: DurationsOption = None,
    capacity: CapacityOption = None,
    vehicles: VehiclesOption = None,
    speed: SpeedOption = None,
) -> int:
    """Draw an instance or its routes, as a picture or on a map."""
    from routewright.cli.outputs import PICTURES, check_outputs, check_suffix, draw
    from routewright.data.formats.read import read, read_solution

    if not 2 <= len(paths) <= 3:
        raise typer.BadParameter(f"{len(paths)} paths, must be FILE OUT or FILE SOLUTION OUT")
    file, *routes, out = paths
    check_suffix("OUT", out, PICTURES)
    check_outputs({"OUT": out}, inputs=(file, *routes))
    instance = read(
        file, rounding=rounding, durations=durations, capacity=capacity, vehicles=vehicles, speed=speed
    )  # fmt: skip
    solution = read_solution(routes[0], instance)[0] if routes else None
    draw(instance, solution, out)
    return 0
