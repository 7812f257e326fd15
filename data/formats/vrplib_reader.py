"""VRPLIB and TSPLIB files (.vrp, .tsp, .atsp), in the dialect of CVRPLIB and of PyVRP's instances.

Source of the format: TSPLIB 95 (Reinelt 1991), the CVRPLIB headers (CAPACITY, DISTANCE,
SERVICE_TIME, VEHICLES) and PyVRP's sections (time windows, groups, prizes, vehicles one by one).
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routewright.data.distance import between, rounded
from routewright.data.errors import FormatError, InstanceError
from routewright.data.formats.rounding import RoundingRule, check_rounding
from routewright.data.formats.text import read_text
from routewright.data.formats.vrplib_clients import read_choices, read_loads, read_times, reject_too_large
from routewright.data.formats.vrplib_fleet import NODE_LISTS, PLAIN_NUMBERS, TIMES_AND_PRICES, FleetReader
from routewright.data.formats.vrplib_lexer import Source
from routewright.data.formats.vrplib_matrix import read_matrix
from routewright.data.formats.vrplib_nodes import Nodes
from routewright.data.formats.vrplib_rounding import BY_TYPE, choose_rounding, read_marker
from routewright.data.instance import Instance

Floats = NDArray[np.float64]

_HEADERS = {
    "NAME", "TYPE", "DIMENSION", "CAPACITY", "EDGE_WEIGHT_TYPE", "EDGE_WEIGHT_FORMAT", "DISTANCE", "SERVICE_TIME",
    "VEHICLES", *TIMES_AND_PRICES, *PLAIN_NUMBERS,
}  # fmt: skip
_REMARKS = {
    "EDGE_WEIGHT_UNIT_OF_MEASUREMENT", "DISPLAY_DATA_TYPE", "NODE_COORD_TYPE", "AUTHOR", "BEST_KNOWN", "OPTIMAL",
}  # fmt: skip
_SECTIONS = {
    f"{name}_SECTION"
    for name in (
        "NODE_COORD", "DISPLAY_DATA", "EDGE_WEIGHT", "DEPOT", "DEMAND", "BACKHAUL", "TIME_WINDOW", "SERVICE_TIME",
        "RELEASE_TIME", "PRIZE", "MUTUALLY_EXCLUSIVE_GROUP", "FIXED_EDGES", "CAPACITY", *TIMES_AND_PRICES,
        *PLAIN_NUMBERS, *NODE_LISTS,
    )
}  # fmt: skip


def read_vrplib(path: str | Path, rounding: str = "auto") -> Instance:
    """Read a VRPLIB or TSPLIB file.

    Nodes are depots first. Where the file's ids are not 1 to n in this order, they are kept in
    ``names``. A TSP or ATSP is one vehicle without a load that starts at the file's first node.
    DISTANCE limits a route's duration (driving and service); VEHICLES is the most there are.

    Args:
        path: the file.
        rounding: one of ``routewright.data.distance.ROUNDINGS``, or ``auto`` for the convention
            of the file's family, see ``vrplib_rounding.choose_rounding``.

    Raises:
        FormatError: naming file, line, field and value.
    """
    return read_vrplib_with_rule(path, rounding)[0]


def read_vrplib_with_rule(path: str | Path, rounding: str = "auto") -> tuple[Instance, RoundingRule]:
    """Like ``read_vrplib``, and the rounding that was chosen."""
    return parse_vrplib(path, read_text(path), rounding)


def parse_vrplib(path: str | Path, text: str, rounding: str = "auto") -> tuple[Instance, RoundingRule]:
    """Like ``read_vrplib``, of a file's text; ``path`` is for messages."""
    check_rounding(path, rounding)
    source = Source(path, text)
    _check_known(source)
    rule = choose_rounding(source, rounding)
    try:
        return _build(source, rule), rule
    except InstanceError as error:
        raise FormatError(path, str(error)) from None


def _check_known(source: Source) -> None:
    kind = source.word("TYPE")
    if kind not in BY_TYPE:
        line = source.headers.get("TYPE", ("", None))[1]
        source.fail(f"TYPE is {kind or 'missing'}, must be one of {', '.join(BY_TYPE)}", line)
    for name, (_, line) in source.headers.items():
        if name not in _HEADERS | _REMARKS:
            source.fail(f"{name} is no known field (remarks belong into COMMENT)", line)
    for name, section in source.sections.items():
        if name not in _SECTIONS:
            source.fail(f"{name} is no known section", section.line)


def _build(source: Source, rule: RoundingRule) -> Instance:
    kind = source.word("TYPE")
    is_tour = kind in ("TSP", "ATSP")
    stated = read_marker(source)
    # Site-dependent files have one depot, the first node, and do not name it.
    nodes = Nodes(source, first_is_depot=is_tour or kind.startswith("SDVRP"))
    fields = _geometry(source, nodes, rule) | read_loads(source, nodes, is_tour) | read_times(source, nodes, rule)
    fields |= read_choices(source, nodes, rule)
    fleet = FleetReader(source, nodes, rule, open_routes=kind.startswith("OVRP"))
    if is_tour and not fleet.limited:
        fleet.reject(f"TYPE is {kind}, a tour of one vehicle without limits, unless VEHICLES says how many there are")
        fields["vehicles"] = 1
    else:
        fields["vehicle_types"] = fleet.read()
    fields["split"] = "split" in stated or (
        kind == "SDVRP" and "VEHICLES_ALLOWED_CLIENTS_SECTION" not in source.sections
    )
    reject_too_large(nodes, fields)
    return Instance.build(
        **fields,
        depots=nodes.depots,
        backhaul=stated.get("backhaul", _backhaul(kind)),
        objective=stated.get("objective", "cost"),
        rounding=rule.rounding,
        scale=rule.scale,
        names=nodes.names,
        name=source.headers.get("NAME", ("", 0))[0],
    )


def _backhaul(kind: str) -> str:
    if kind.startswith("VRPB"):
        return "classic"
    return "mixed" if kind.startswith("VRPMPD") else "none"


def _geometry(source: Source, nodes: Nodes, rule: RoundingRule) -> dict[str, Any]:
    coords = nodes.coords()
    if source.word("EDGE_WEIGHT_TYPE") != "EXPLICIT":
        if coords is None:
            source.fail(f"EDGE_WEIGHT_TYPE is {source.word('EDGE_WEIGHT_TYPE')}, but NODE_COORD_SECTION is missing")
        return {"coords": coords, "metric": "euclidean"} | _fixed_edge(source, nodes, coords, rule)
    if "FIXED_EDGES_SECTION" in source.sections:
        source.fail(
            "FIXED_EDGES_SECTION: an edge can be fixed among coordinates only",
            source.sections["FIXED_EDGES_SECTION"].line,
        )
    matrix = read_matrix(source, nodes.n)[np.ix_(nodes.order, nodes.order)]
    if rule.rounding not in ("geo", "att"):  # those are made from coordinates, never from distances
        matrix = rounded(matrix, rule.rounding)
    return {"coords": coords, "distances": matrix, "metric": "explicit"}


def _fixed_edge(source: Source, nodes: Nodes, coords: Floats | None, rule: RoundingRule) -> dict[str, Any]:
    """One edge that every tour must use, as explicit distances that forbid any other way out of its first node.

    A tour may be driven in either direction, so asking that its first node is left along the
    edge excludes no tour that uses it. With a second edge that would no longer hold.
    """
    section = source.sections.get("FIXED_EDGES_SECTION")
    if section is None:
        return {}
    edges = source.lists(section.name)
    if source.word("TYPE") != "TSP" or len(edges) != 1 or len(edges[0][0]) != 2:
        source.fail(f"{section.name}: only one edge of a TSP can be fixed", section.line)
    first, second = (nodes.node(section.name, label, edges[0][1]) for label in edges[0][0])
    assert coords is not None  # checked by the caller
    everywhere = np.arange(nodes.n)
    matrix = between(coords[everywhere, None], coords[None, everywhere], "euclidean", rule.rounding)
    others = everywhere[(everywhere != first) & (everywhere != second)]
    matrix[first, others] = matrix.max(axis=1).sum() + 1.0  # dearer than any tour
    return {"distances": matrix, "metric": "explicit"}
