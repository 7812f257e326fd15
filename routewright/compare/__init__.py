"""Comparing solvers on sets of instances: equal CPU time, checked answers, gaps that name their reference."""

from routewright.compare.comparing import compare_solvers
from routewright.compare.comparison import Comparison
from routewright.compare.job import Job, SolverSpec, plan
from routewright.compare.known import known_solver
from routewright.compare.runner import Report, run
from routewright.compare.table import Row, rows, summarise, write_csv

__all__ = [
    "Comparison",
    "Job",
    "Report",
    "Row",
    "SolverSpec",
    "compare_solvers",
    "known_solver",
    "plan",
    "rows",
    "run",
    "summarise",
    "write_csv",
]
