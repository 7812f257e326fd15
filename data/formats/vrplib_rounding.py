"""Which rounding a VRPLIB or TSPLIB file means where it does not say so."""

import re

from routewright.data.distance import ROUNDINGS
from routewright.data.formats.rounding import RoundingRule, unit_factor
from routewright.data.formats.vrplib_lexer import Source

BY_TYPE = {
    "TSP": "round", "ATSP": "round", "CVRP": "round", "ACVRP": "round", "DCVRP": "round", "OVRP": "round",
    "VRPB": "round", "VRPMPD": "round", "VRPSPD": "round", "GVRP": "round", "MDVRP": "round", "SDVRP": "round",
    "PCVRP": "round", "MTVRP": "round",
    "VRPTW": "trunc1", "CVRPTW": "trunc1", "PCVRPTW": "trunc1", "MTVRPTW": "trunc1", "MTVRPTWR": "trunc1",
    "OVRPTW": "trunc1", "VRPBTW": "trunc1", "VRPMPDTW": "trunc1", "VRPSPDTW": "trunc1",
    "MDVRPTW": "scale1000", "SDVRPTW": "scale1000", "HFVRP": "scale1000",
}  # fmt: skip
"""TYPE -> rounding of EUC_2D; the conventions under which best known values are published."""

BY_EDGE_WEIGHT = {"CEIL_2D": "ceil", "GEO": "geo", "ATT": "att"}
EDGE_WEIGHT_TYPES = ("EUC_2D", *BY_EDGE_WEIGHT, "EXPLICIT")

MARKER = "routewright:"
"""Begins a COMMENT in which our writer states what the format has no field for."""

_DECIMAL = re.compile(r"\s*\d+\.\d+\s*$")


def choose_rounding(source: Source, asked: str) -> RoundingRule:
    """The rule for one file: what the user asks, else what the file states, else its family's.

    A CVRP is rounded to whole numbers, unless the file lets know that its costs are not whole:
    it limits durations (DISTANCE, SERVICE_TIME), or its COMMENT is nothing but a cost with
    decimals. That tells CMT, Golden, Li and Tai apart from all other CVRPLIB sets; coordinates
    with decimals do not (F-n45-k4 has them, and its published cost is a rounded one).
    """
    weight = source.word("EDGE_WEIGHT_TYPE")
    if weight not in EDGE_WEIGHT_TYPES:
        line = source.headers.get("EDGE_WEIGHT_TYPE", ("", None))[1]
        source.fail(f"EDGE_WEIGHT_TYPE is {weight or 'missing'}, must be one of {', '.join(EDGE_WEIGHT_TYPES)}", line)
    if asked != "auto":
        if weight == "EXPLICIT" and asked in ("geo", "att"):
            source.fail(f"rounding is {asked}, which needs coordinates, but EDGE_WEIGHT_TYPE is EXPLICIT")
        return _rule(source, asked, "as asked")
    stated = read_marker(source)
    if "rounding" in stated:
        scale = int(stated.get("scale", unit_factor(stated["rounding"])))
        return RoundingRule(stated["rounding"], scale, "as the file's COMMENT states")
    return _rule(source, *_by_family(source, weight))


def _by_family(source: Source, weight: str) -> tuple[str, str]:
    if weight == "EXPLICIT":
        return "none", "EXPLICIT distances are taken as they stand"
    if weight in BY_EDGE_WEIGHT:
        return BY_EDGE_WEIGHT[weight], f"EDGE_WEIGHT_TYPE is {weight}"
    kind = source.word("TYPE")
    if kind in ("CVRP", "DCVRP"):
        for name in ("DISTANCE", "SERVICE_TIME", "SERVICE_TIME_SECTION"):
            if name in source.headers or name in source.sections:
                return "none", f"a CVRP with {name} has unrounded costs"
        for comment in source.comments:
            if _DECIMAL.match(comment):
                return "none", f"the cost in COMMENT ({comment.strip()}) is not a whole number"
    return BY_TYPE[kind], f"convention of {kind} files"


def _rule(source: Source, rounding: str, reason: str) -> RoundingRule:
    # Prices in HFVRP files are hundredths.
    hundredths = 100 if source.word("TYPE") == "HFVRP" else 1
    return RoundingRule(rounding, unit_factor(rounding) * hundredths, reason)


def read_marker(source: Source) -> dict[str, str]:
    """What our writer stated in a COMMENT: rounding, scale, objective, backhaul, split."""
    choices = {
        "rounding": ROUNDINGS,
        "scale": None,
        "objective": ("cost", "vehicles_first", "max_route"),
        "backhaul": ("none", "classic", "mixed"),
        "split": ("yes",),
    }
    for comment in source.comments:
        if not comment.startswith(MARKER):
            continue
        stated = dict(word.partition("=")[::2] for word in comment[len(MARKER) :].split())
        for key, value in stated.items():
            allowed = choices.get(key, ())
            known = value.isdecimal() and int(value) > 0 if allowed is None else value in allowed
            if not known:
                source.fail(f"COMMENT {MARKER} {key}={value} is unknown")
        return stated
    return {}
