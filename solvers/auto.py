"""What ``auto`` takes, and the measurements that say so.

Mean gaps in percent to the best known costs; the scripts in ``benchmarks/`` wrote the tables that they are copied
from, and a test compares them. A solver belongs into ``ORDER`` where it is ahead of those behind it.
No measurement puts ``neural`` or ``hybrid`` ahead of ``search`` yet, and both know less.
"""

from typing import NamedTuple

ORDER = ("search", "pyvrp", "ortools")
"""``auto`` takes the first that supports an instance."""


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

MEASURED = (
    Row(_QUALITY, "x8", 10.0, {"search": 0.29, "pyvrp": 1.31, "ortools": 6.78}),
    Row(_QUALITY, "limits", 10.0, {"search": 0.57, "pyvrp": 1.10, "ortools": 12.93}),
    Row(_QUALITY, "roads", 10.0, {"search": 0.05, "pyvrp": 0.32, "ortools": 2.08}),
    Row(_QUALITY, "mdvrp", 10.0, {"search": 0.15, "pyvrp": 1.13, "ortools": 7.16}),
    Row(_QUALITY, "vrpb", 10.0, {"search": 1.43, "pyvrp": 4.09, "ortools": 19.81}),
    Row(_QUALITY, "mdvrptw", 10.0, {"search": 2.78, "pyvrp": 10.67, "ortools": 33.97}),
)
"""The table."""
