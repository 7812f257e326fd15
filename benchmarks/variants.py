"""Mean cost on the sixteen basic attribute combinations, the yardstick of every policy.

    python benchmarks/variants.py --n 50 --instances 64
    python benchmarks/variants.py --n 100 --instances 4 --variants VRPB,OVRPTW

Instances are generated (``routewright generate mtvrp``, seeds 1 and up) and kept under build/. Runs are
appended to benchmarks/results/variants-nN.jsonl: stop it whenever you like, the same command goes on
where it stopped. A table speaks of the instances that every solver has answered.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

from quality import RESULTS, SOLVERS, known_solvers
from sets import ROOT

from routewright.compare import Row, plan, rows, run, write_csv
from routewright.compare.execute import execute
from routewright.compare.journal import read_records
from routewright.compare.markdown import footnotes
from routewright.compare.record import Record
from routewright.data.errors import RoutewrightError
from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.write import write
from routewright.data.generators import generate
from routewright.data.generators.attributes import BASE_VARIANTS, VARIANTS, attributes

INSTANCES = ROOT / "build" / "variants"
BUDGETS = (0.1, 1.0, 10.0)
NOTE = (
    "Mean cost over generated instances, one seed each; `check` judged every answer. A dash: the solver answered none "
    "of the variant's instances. A mean over all variants only where the solver has one for each."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is missing, then write the table."""
    asked = _parse(arguments)
    name = f"variants-n{asked.n}"
    results = asked.results / f"{name}.jsonl"
    try:
        if not asked.report:
            variants = [attributes(word).name for word in asked.variants.split(",")]
            files = [_file(variant, asked.n, seed) for seed in range(1, asked.instances + 1) for variant in variants]
            jobs = plan(known_solvers(asked.solvers), files, budgets=BUDGETS)
            run(jobs, results, execute=execute, on_record=_tell)
        write_table(asked.n, results)
    except RoutewrightError as error:
        sys.stderr.write(f"variants: {error}\n")
        return 2
    return 0


def write_table(n: int, results: Path) -> None:
    """Write the CSV and the Markdown table beside the results."""
    records = read_records(results)
    found = rows(records)
    write_csv(found, results.with_suffix(".csv"))
    title = f"# Mean cost on the basic attribute combinations, {n} clients"
    with atomic_write(results.with_suffix(".md")) as stream:
        stream.write("\n\n".join([title, table(found), footnotes(found, records, first=NOTE)]) + "\n")


def table(found: Sequence[Row]) -> str:
    """One line per variant: instances, and the mean cost of each solver after each budget."""
    columns = sorted(
        {(row.solver, row.budget) for row in found}, key=lambda pair: (list(SOLVERS).index(pair[0]), pair[1])
    )
    variants = [variant for variant in VARIANTS if any(_variant(row.instance) == variant for row in found)]
    cost = {(row.instance, row.solver, row.budget): row.cost for row in found}
    head = ["variant", "instances", *(f"{solver} {budget:g} s" for solver, budget in columns)]
    lines = [head, ["---", *["--:"] * (len(head) - 1)]]
    means: list[list[float | None]] = []
    counted = 0
    for variant in variants:
        names = [name for name in dict.fromkeys(row.instance for row in found) if _variant(name) == variant]
        able = [column for column in columns if any(cost.get((name, *column)) is not None for name in names)]
        names = [name for name in names if all(cost.get((name, *column)) is not None for column in able)]
        if not names:
            continue
        means.append([fmean(cost[name, *c] for name in names) if c in able else None for c in columns])  # type: ignore[misc]
        counted += len(names)
        lines.append([variant, str(len(names)), *(_figure(mean) for mean in means[-1])])
    overall = [None if None in column else fmean(column) for column in zip(*means, strict=True)]  # type: ignore[type-var]
    lines.append(["mean of variants", str(counted), *(_figure(mean) for mean in overall)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _figure(mean: float | None) -> str:
    return "-" if mean is None else f"{mean:.4f}"


def _variant(instance: str) -> str:
    return instance.split("-")[1]


def _file(variant: str, n: int, seed: int) -> Path:
    path = INSTANCES / f"mtvrp-{variant}-n{n}-s{seed}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write(generate("mtvrp", n, seed, variant=variant), path)  # anew, should the generator have changed
    return path


def _tell(record: Record) -> None:
    sys.stdout.write(f"  {record.instance} {record.solver} {record.budget:g} s: {record.error or record.cost}\n")
    sys.stdout.flush()


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--n", type=int, default=50, help="clients (default: 50)")
    add("--instances", type=int, default=64, help="of each variant (default: 64)")
    add("--variants", default=",".join(BASE_VARIANTS), help="comma-separated (default: the sixteen)")
    add("--solvers", default="search,pyvrp,ortools", help="comma-separated (default: search,pyvrp,ortools)")
    add("--report", action="store_true", help="run nothing, only write the table")
    add("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
