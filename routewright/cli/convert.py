"""``routewright convert``: an instance from one file format to another."""

from pathlib import Path
from typing import Annotated

import typer

from routewright.cli.options import DurationsOption, ObjectiveOption, RoundingOption, examples

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
) -> int:
    """Write an instance in another format.

    Where that format cannot hold all of it, the error names what would be lost.
    """
    from routewright.cli.outputs import INSTANCES, check_outputs, check_suffix
    from routewright.data.formats.read import read
    from routewright.data.formats.write import write

    check_suffix("OUT", out, INSTANCES)
    check_outputs({"OUT": out}, inputs=(source, durations))
    write(read(source, rounding, objective, durations), out)
    return 0
