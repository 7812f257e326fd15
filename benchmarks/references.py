"""Costs of the reference sets that policies are compared with.

    python benchmarks/references.py cvrp20 tsp20
    python benchmarks/references.py --all

Each instance is solved by ``search``, asymmetric tours by ``lk`` too, with a limit in CPU seconds, on one thread.
Writes policies/references/NAME.json.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from routewright import __version__
from routewright.data.errors import RoutewrightError
from routewright.data.generators.attributes import BASE_VARIANTS
from routewright.policies.references import FINGERED, Reference, draw, fingerprint, write_reference
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop

FIRST_SEED = 9_000_000
LONGER = 10
"""By so much another try takes longer, where the first one found no routes."""


class Plan(NamedTuple):
    """How a set is made: the best that any of the solvers finds in so many seconds counts."""

    family: str
    options: dict[str, Any]
    count: int
    seconds: float
    solvers: tuple[str, ...] = ("search",)


PLANS = {
    "tsp20": Plan("tsp", {"n": 20}, 1000, 0.05),
    "tsp50": Plan("tsp", {"n": 50}, 1000, 0.2),
    "cvrp20": Plan("mtvrp", {"n": 20, "variants": ["CVRP"]}, 1000, 0.1),
    "cvrp50": Plan("mtvrp", {"n": 50, "variants": ["CVRP"]}, 1000, 0.5),
    "cvrp100": Plan("mtvrp", {"n": 100, "variants": ["CVRP"]}, 200, 1.0),
    "vrp20": Plan("mtvrp", {"n": 20, "variants": list(BASE_VARIANTS)}, 200 * len(BASE_VARIANTS), 0.1),
    "vrp50": Plan("mtvrp", {"n": 50, "variants": list(BASE_VARIANTS)}, 50 * len(BASE_VARIANTS), 0.5),
    "atsp20": Plan("streets", {"n": 20, "variants": ["TSP"]}, 200, 0.1, ("search", "lk")),
    "atsp50": Plan("streets", {"n": 50, "variants": ["TSP"]}, 200, 0.5, ("search", "lk")),
    "road20": Plan("streets", {"n": 20, "variants": ["CVRP", "VRPTW"]}, 200, 0.1),
    "road50": Plan("streets", {"n": 50, "variants": ["CVRP", "VRPTW"]}, 200, 0.5),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the sets that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*PLANS, []], help=", ".join(PLANS))
    parser.add_argument("--all", action="store_true", help="make every set")
    asked = parser.parse_args(arguments)
    try:
        for name in PLANS if asked.all else asked.names:
            began = time.monotonic()
            write_reference(make(name, PLANS[name]))
            sys.stdout.write(f"{name}: {time.monotonic() - began:.0f} s\n")
            sys.stdout.flush()
    except RoutewrightError as error:
        sys.stderr.write(f"references: {error}\n")
        return 2
    return 0


def make(name: str, plan: Plan) -> Reference:
    """Draw and solve.

    Raises:
        RoutewrightError: if an instance could not be solved.
    """
    instances = draw(plan.family, plan.options, FIRST_SEED, plan.count)
    costs = []
    for instance in instances:
        for seconds in (plan.seconds, LONGER * plan.seconds):
            stop = Stop(cpu=seconds)
            results = [solve(instance, solver=name, stop=stop, seed=1) for name in plan.solvers]
            found = [result.cost for result in results if result.feasible]
            if found:
                break
        else:
            raise RoutewrightError(f"{name}: {instance.name} was not solved in {seconds:g} s")
        costs.append(min(found))
    solver = f"{' and '.join(plan.solvers)} {__version__}, {plan.seconds:g} CPU seconds"
    print_of = fingerprint(instances[:FINGERED])
    return Reference(name, plan.family, plan.options, FIRST_SEED, tuple(costs), solver, print_of)


if __name__ == "__main__":
    sys.exit(main())
