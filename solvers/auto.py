"""What ``auto`` takes, and the measurements that say so.

Mean gaps in percent to the best known costs; the scripts in ``benchmarks/`` wrote the tables that they are copied
from, and tests compare them. A solver belongs into ``ORDER`` where it is ahead of those behind it. On a CPU no
measurement of single instances puts ``neural`` or ``hybrid`` significantly ahead of ``search``, and both know less.
"""

from typing import NamedTuple

ORDER = ("lk", "search", "pyvrp", "ortools")
"""``auto`` takes the first that supports an instance; ``lk`` knows tours of one vehicle alone."""


class Row(NamedTuple):
    """One measurement.

    Attributes:
        command: that repeats it.
        table: of instances.
        seconds: of CPU time for each instance.
        gaps: of each solver.
    """

    command: str
    table: str
    seconds: float
    gaps: dict[str, float]


_QUALITY = "python benchmarks/quality.py"
_TOURS = "python benchmarks/tours.py"
_HYBRID = "python benchmarks/hybrid.py"

MEASURED = (
    Row(_QUALITY, "x8", 10.0, {"search": 0.22, "pyvrp": 1.12, "ortools": 7.02}),
    Row(_QUALITY, "limits", 3.0, {"search": 0.74, "pyvrp": 1.24, "ortools": 15.56}),  # after 10 s 0.49 and 0.41
    Row(_QUALITY, "roads", 10.0, {"search": 0.04, "pyvrp": 0.25, "ortools": 2.23}),
    Row(_QUALITY, "mdvrp", 10.0, {"search": 0.17, "pyvrp": 0.87, "ortools": 6.42}),
    Row(_QUALITY, "vrpb", 10.0, {"search": 1.80, "pyvrp": 4.05, "ortools": 18.21}),
    Row(_QUALITY, "mdvrptw", 10.0, {"search": 2.38, "pyvrp": 9.70, "ortools": 29.56}),
)
"""The table: gaps to the best known costs."""

TOURS = (
    Row(_TOURS, "tsplib", 5.0, {"lk": 0.08, "search": 0.74}),
    Row(_TOURS, "atsp", 5.0, {"lk": 0.03, "search": 0.14}),
)
"""Tours: gaps to the optima."""

POLICIES = (
    Row(_HYBRID, "cvrp20", 0.3, {"search": 0.00, "hybrid": 0.00, "neural": 0.30}),
    Row(_HYBRID, "cvrp50", 1.0, {"search": 0.09, "hybrid": 0.05, "neural": 3.09}),
    Row(_HYBRID, "cvrp100", 1.0, {"search": 0.24, "hybrid": 0.27, "neural": 8.30}),
    Row(_HYBRID, "wide50", 1.0, {"search": 0.05, "hybrid": 0.10, "neural": 63.06}),
)
"""Single instances that policies know: gaps to the best of all runs."""
