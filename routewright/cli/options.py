"""Arguments and options that several commands share."""

from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

Rounding = Literal["auto", "none", "round", "ceil", "trunc1", "scale1000", "geo", "att"]
Objective = Literal["cost", "vehicles_first", "max_route"]


def whole(least: int) -> Callable[[Any], int]:
    """A parser of whole numbers that are at least ``least``; its complaint names the value."""

    def parse(word: Any) -> int:
        try:
            number = int(str(word))
        except ValueError:
            raise typer.BadParameter(f"{word!r} is not a whole number") from None
        if number < least:
            raise typer.BadParameter(f"{number} is not >= {least}")
        return number

    return parse


def number(word: Any) -> float:
    """A parser of finite numbers; its complaint names the value."""
    try:
        value = float(str(word))
    except ValueError:
        raise typer.BadParameter(f"{word!r} is not a number") from None
    if not isfinite(value):
        raise typer.BadParameter(f"{word!r} is not a finite number")
    return value


def positive(word: Any) -> float:
    """A parser of finite numbers above zero; its complaint names the value."""
    value = number(word)
    if value <= 0:
        raise typer.BadParameter(f"{word} is not > 0")
    return value


InstanceFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="Instance: VRPLIB, TSPLIB, Solomon, Li & Lim, Cordeau, Schneider, JSON, VROOM or CSV; the content tells.",
        show_default=False,
    ),
]
RoundingOption = Annotated[
    Rounding,
    typer.Option(help="How coordinates become distances; auto is the usual rule of the file's family."),
]
ObjectiveOption = Annotated[
    Objective | None,
    typer.Option(help="What is minimised; left out, what the file's family minimises.", show_default=False),
]
DurationsOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE2", help="Second file of the same nodes: its distances are the travel times."),
]
CapacityOption = Annotated[
    float | None,
    typer.Option(metavar="X", parser=number, help="Of each vehicle; left out, what FILE says (a CSV says nothing)."),
]
VehiclesOption = Annotated[
    int | None,
    typer.Option(metavar="N", parser=whole(0), help="At most so many of each type; left out, what FILE says."),
]
SpeedOption = Annotated[
    float | None,
    typer.Option(metavar="X", parser=positive, help="Distance per unit of time; left out, what FILE says, mostly 1."),
]
SeedOption = Annotated[int, typer.Option(metavar="N", parser=whole(0), help="Seed of the random numbers.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def examples(*lines: str) -> str:
    """Command lines as an epilog; the backspace mark keeps typer from joining them."""
    return "\n".join(("\b", "Examples:", *(f"  routewright {line}" for line in lines)))
