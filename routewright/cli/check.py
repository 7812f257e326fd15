"""``routewright check``: what the judge says about a solution file."""

from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from routewright.cli.lines import plural
from routewright.cli.numbers import plain
from routewright.cli.options import (
    CapacityOption,
    DurationsOption,
    InstanceFile,
    JsonOption,
    ObjectiveOption,
    RoundingOption,
    SpeedOption,
    VehiclesOption,
    examples,
    number,
)

if TYPE_CHECKING:
    from routewright.data.check import Violation
    from routewright.data.instance import Instance
    from routewright.data.solution import Solution

EXAMPLES = examples("check X-n101-k25.vrp X-n101-k25.sol", "check C101.vrp C101.sol --cost 827.3 --json")

SolutionFile = Annotated[Path, typer.Argument(metavar="SOLUTION", help="Routes (.sol or .json).", show_default=False)]


def run(
    file: InstanceFile,
    solution: SolutionFile,
    cost: Annotated[
        float | None,
        typer.Option(
            metavar="COST",
            parser=number,
            help="Cost to be confirmed; left out, the one that SOLUTION claims.",
            show_default=False,
        ),
    ] = None,
    rounding: RoundingOption = "auto",
    objective: ObjectiveOption = None,
    durations: DurationsOption = None,
    capacity: CapacityOption = None,
    vehicles: VehiclesOption = None,
    speed: SpeedOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of each broken rule what it asks and what could be done.")
    ] = False,
    json: JsonOption = False,
) -> int:
    """Check a solution against its instance.

    Names every rule that it breaks, or its cost. A claimed cost may be in raw units, as in some
    published files, or rounded to the decimals it has; the answer says so.

    Exit code 0 means that all rules hold and the claimed cost is right, 1 that they do not.
    """
    from routewright.cli.claim import judge
    from routewright.data.formats.read import read_explained, read_solution

    instance, distances = read_explained(
        file, rounding, objective, durations, capacity=capacity, vehicles=vehicles, speed=speed
    )
    answer, claimed = read_solution(solution, instance)
    claimed = claimed if cost is None else cost
    violations, found, words = judge(instance, answer, claimed)
    told = instance if explain else None
    _print(_facts(instance, distances, answer, claimed, found), violations, words, json, told)
    return 1 if violations else 0


def _facts(
    instance: "Instance", distances: str, answer: "Solution", claimed: float | None, found: float | None
) -> dict[str, Any]:
    from routewright.cli.numbers import tidy

    return {
        "instance": instance.name,
        "distances": distances,
        "routes": sum(1 for route in answer.routes if len(route)),
        "claimed_cost": tidy(claimed),
        "cost": tidy(found),
    }


def _print(
    facts: dict[str, Any], violations: "list[Violation]", words: str, json: bool, told: "Instance | None"
) -> None:
    from routewright.cli.report import violation_lines, violations_json

    if json:
        typer.echo(dumps({**facts, "feasible": not violations, "violations": violations_json(violations, told)}))
        return
    typer.echo(f"{facts['instance'] or 'unnamed'}, {facts['distances']}")
    if violations:
        typer.echo("\n".join(violation_lines(violations, told)))
    else:
        typer.echo(f"feasible: {plural(facts['routes'], 'route')}, cost {plain(facts['cost'])} ({words})")
