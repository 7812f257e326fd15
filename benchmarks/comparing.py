"""The example of docs/comparing.md: its tables, and the pictures of its report.

    python benchmarks/comparing.py

Compares four solvers on five X instances, two seeds each. The runs are appended to
benchmarks/results/comparing.jsonl: stop it whenever you like, the same command goes on where it
stopped. The tables go between the marks of docs/comparing.md, the first of them into README.md as well, the
curves to docs/comparing.png.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from quality import RESULTS
from sets import ROOT, instances_folder

from routewright.compare import Comparison, compare_solvers
from routewright.compare.charts import draw_curves
from routewright.compare.grid import as_markdown
from routewright.compare.markdown import insert_into
from routewright.compare.reports import notes
from routewright.data.draw import save_figure
from routewright.data.errors import RoutewrightError

NAMES = ("X-n101-k25", "X-n110-k13", "X-n125-k30", "X-n139-k10", "X-n153-k22")
SOLVERS = "search,pyvrp,ortools:strategy=savings,hygese"
LIMITS = (0.5, 2.0)
PAGE = ROOT / "docs" / "comparing.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is missing, then write tables and picture."""
    asked = _parse(arguments)
    files = [instances_folder() / "X" / f"{name}.vrp" for name in NAMES]
    try:
        found = compare_solvers(
            files, asked.solvers, time_limit=LIMITS, seeds=2, results=asked.results / "comparing.jsonl",
            attempts=asked.attempts, progress=True,
        )  # fmt: skip
        write_page(found, asked.page, asked.readme)
    except RoutewrightError as error:
        sys.stderr.write(f"comparing: {error}\n")
        return 2
    return 0


def write_page(found: Comparison, page: Path, readme: Path) -> None:
    """Put tables and notes into the page, the first table into the other one, and the curves beside the page."""
    parts = list[str]()
    for grid in found.tables():
        parts += [f"**{grid.title}**", as_markdown(grid), grid.note]
    insert_into(page, "comparing", "\n\n".join([*parts, notes(found)]))
    insert_into(readme, "comparing", parts[1])
    curves = draw_curves(found)
    if curves is not None:
        save_figure(curves, page.with_suffix(".png"), dpi=110)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--solvers", default=SOLVERS, help=f"comma-separated (default: {SOLVERS})")
    add("--attempts", type=int, default=3, help="runs of a job, until one has a core to itself (default: 3)")
    add("--page", type=Path, default=PAGE, help=argparse.SUPPRESS)
    add("--readme", type=Path, default=ROOT / "README.md", help=argparse.SUPPRESS)
    add("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
