"""``routewright convert``: an instance from one file format to another."""

from pathlib import Path
from typing import Annotated

import typer

from routewright.cli.options import (
    CapacityOption,
    DurationsOption,
    ObjectiveOption,
    RoundingOption,
    SpeedOption,
    VehiclesOption,
    examples,
)

EXAMPLES = examples("convert X-n101-k25.vrp X.json", "convert clients.csv clients.vrp --rounding round")


def run(
    source: Annotated[Path, typer.Argument(metavar="IN", help="Instance in any format.", show_default=False)],
    out: Annotated[
        Path,
        typer.Argument(metavar="OUT", help="Its ending names the format; .json holds everything.", show_default=False),
    ],
    rounding: RoundingOption = "auto",
    objective: ObjectiveOption = None,
    durations: DurationsOption = None,
    capacity: CapacityOption = None,
    vehicles: VehiclesOption = None,
    speed: SpeedOption = None,
) -> int:
    """Write an instance in another format.

    Where that format cannot hold all of it, the error names what would be lost.
    """
    from routewright.cli.outputs import check_outputs
    from routewright.data.formats.read import read_explained
    from routewright.data.formats.write import write

    check_outputs({"OUT": out}, inputs=(source, durations))
    instance, _ = read_explained(
        source, rounding, objective, durations, capacity=capacity, vehicles=vehicles, speed=speed
    )
    write(instance, out)
    return 0
