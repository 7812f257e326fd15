"""What LKH reads and writes."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from routewright.data.errors import FormatError
from routewright.data.instance import Instance
from routewright.solvers.plain import capacity, demand, enough_vehicles
from routewright.solvers.scaling import Scaling

PROBLEM, PARAMETERS, TOUR = "problem.vrp", "problem.par", "problem.tour"


def write_problem(instance: Instance, folder: Path, *, seconds: float, seed: int, one_tour: bool) -> Path:
    """Write problem and parameters; returns the path of the latter."""
    scaling = Scaling.of(instance)
    matrix = scaling.later(instance.distance_matrix())
    symmetric = bool((matrix == matrix.T).all())
    kind = ("TSP" if symmetric else "ATSP") if one_tour else ("CVRP" if symmetric else "ACVRP")
    lines = [
        f"NAME : problem\nTYPE : {kind}\nDIMENSION : {instance.n_nodes}",
        "EDGE_WEIGHT_TYPE : EXPLICIT\nEDGE_WEIGHT_FORMAT : FULL_MATRIX",
        *([] if one_tour else [f"CAPACITY : {int(scaling.down(capacity(instance), scaling.load))}"]),
        "EDGE_WEIGHT_SECTION",
        *(" ".join(map(str, row)) for row in matrix.tolist()),
        *([] if one_tour else _demand_lines(instance, scaling)),
        "EOF\n",
    ]
    (folder / PROBLEM).write_text("\n".join(lines))
    words = {
        "PROBLEM_FILE": PROBLEM, "TOUR_FILE": TOUR, "RUNS": 1, "SEED": max(seed, 1), "MAX_TRIALS": 10**9,
        "PRECISION": 1, "TIME_LIMIT": f"{seconds:.3f}", "TOTAL_TIME_LIMIT": f"{seconds:.3f}", "TRACE_LEVEL": 0,
    }  # fmt: skip
    if not one_tour:
        words |= {"VEHICLES": _vehicles(instance), "MTSP_MIN_SIZE": 0}
    special = "" if one_tour else "SPECIAL\n"
    (folder / PARAMETERS).write_text(special + "".join(f"{name} = {value}\n" for name, value in words.items()))
    return folder / PARAMETERS


def read_routes(folder: Path, nodes: int) -> list[list[int]]:
    """Routes of the tour that LKH wrote: nodes count from 1, the depot is 1 and every number above ``nodes``.

    Raises:
        FormatError: if it wrote none, or one that is no tour.
    """
    path = folder / TOUR
    try:
        words = path.read_text().split()
        begin = words.index("TOUR_SECTION") + 1
        tour = [int(word) for word in words[begin : words.index("-1", begin)]]
    except (OSError, ValueError):
        raise FormatError(TOUR, "LKH wrote no tour") from None
    stops = np.array([0 if number == 1 or number > nodes else number - 1 for number in tour])
    return _cut(stops)


def _cut(stops: NDArray[np.int64]) -> list[list[int]]:
    """A cycle through the depot, cut at its visits."""
    depots = np.flatnonzero(stops == 0)
    if not len(depots):
        raise FormatError(TOUR, "the tour of LKH does not visit the depot")
    around = np.roll(stops, -int(depots[0]))
    pieces = np.split(around, np.flatnonzero(around == 0)[1:])
    return [piece[1:].tolist() for piece in pieces if len(piece) > 1]


def _demand_lines(instance: Instance, scaling: Scaling) -> list[str]:
    loads = scaling.up(demand(instance), scaling.load)
    numbered = [f"{number} {load}" for number, load in enumerate(loads.tolist(), start=1)]
    return ["DEMAND_SECTION", *numbered, "DEPOT_SECTION", "1", "-1"]


def _vehicles(instance: Instance) -> int:
    count = instance.vehicle_types[0].count
    enough = enough_vehicles(instance, demand(instance), capacity(instance))
    return enough if count is None else min(count, enough)
