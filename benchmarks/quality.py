"""Gaps to the best known costs at 1, 3 and 10 seconds of CPU time.

    python benchmarks/quality.py --set x8
    python benchmarks/quality.py --set x32 --solvers search --budgets 30 --seeds 1
    python benchmarks/quality.py --instances ~/instances 'more/*.vrp' --name mine --solvers search,pyvrp
    python benchmarks/quality.py --readme

A set's runs are appended to benchmarks/results/NAME.jsonl: stop it whenever you like, the same
command goes on where it stopped. Its tables are NAME.csv (one row per run and budget) and NAME.md.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sets import EVERYONE, MAIN, ROOT, SETS, NamedSet, instances_folder

from routewright.compare import Job, Row, SolverSpec, known_solver, plan, rows, run, write_csv
from routewright.compare.child import run_in_child
from routewright.compare.files import instance_files
from routewright.compare.journal import read_records
from routewright.compare.markdown import (
    fleet_per_instance,
    fleets,
    footnotes,
    headline,
    insert_into,
    line,
    per_instance,
    rule,
    single,
)
from routewright.compare.record import Outcome, Record
from routewright.compare.yardstick import measured, yardsticks
from routewright.data.errors import RoutewrightError
from routewright.data.formats.atomic import atomic_write

RESULTS = ROOT / "benchmarks" / "results"
SOLVERS = {name: known_solver(name) for name in EVERYONE}
SHOWN = 10
"""Seconds of the line in the README, if no fewer were tried."""
CUSTOM = NamedSet("", (), solvers=EVERYONE)
FLEET_NOTE = "Means over seeds, then over instances; fewer vehicles are better at any distance. `check` judged each."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is missing, then write the tables."""
    asked = _parse(arguments)
    try:
        for name in asked.set or ([asked.name] if asked.instances else []):
            results = asked.results / f"{name}.jsonl"
            if not asked.report:
                _measure(asked, name, results)
            write_tables(name, results)
        if asked.readme is not None:
            write_readme(asked.readme, asked.results)
    except RoutewrightError as error:
        sys.stderr.write(f"quality: {error}\n")
        return 2
    return 0


def write_tables(name: str, results: Path) -> None:
    """Write NAME.csv and NAME.md beside the results."""
    records = read_records(results)
    table = _rows(name, records)
    write_csv(table, results.with_suffix(".csv"))
    names = _in_order(records)
    parts = [
        f"# {_title(name)}",
        *_remark(name),
        *_headline(name, table, names),
        "Each instance:",
        (fleet_per_instance if _fleet_first(name) else per_instance)(table, names),
        _footnotes(name, table, records),
    ]
    with atomic_write(results.with_suffix(".md")) as stream:
        stream.write("\n\n".join(parts) + "\n")


def write_readme(readme: Path, results: Path) -> None:
    """Put a line for each measured set between the marks of a document, and into pages beside it all that there is.

    ``docs/quality.md`` has the headlines of every set, ``docs/benchmarks.md`` a line for each set and budget.
    """
    short, long = [line("", "instances", "seconds", *SOLVERS), rule(2 + len(SOLVERS))], list[str]()
    parts = [
        "# Quality",
        "A section for each set: mean gaps of each solver after so many seconds of CPU time, and what the numbers rest "
        "on. `benchmarks/results/NAME.md` has each instance. Written by `python benchmarks/quality.py --readme`.",
    ]
    for name, known in SETS.items():
        file = results / f"{name}.jsonl"
        if file.exists():
            records = read_records(file)
            table = _rows(name, records)
            budgets = sorted({row.budget for row in table})
            shown = min((each for each in budgets if each >= SHOWN), default=budgets[-1])
            short.append(_of_set(known, table, shown))
            long += [_of_set(known, table, budget) for budget in budgets if name in MAIN]
            parts += [f"## {known.title}", *_headline(name, table, _in_order(records)), *_remark(name)]
            parts.append(_footnotes(name, table, records))
    docs = readme.parent / "docs"
    docs.mkdir(exist_ok=True)
    insert_into(readme, "quality", "\n".join(short))
    insert_into(docs / "benchmarks.md", "main", "\n".join([*short[:2], *long]))
    with atomic_write(docs / "quality.md") as stream:
        stream.write("\n\n".join(parts) + "\n")


def _of_set(known: NamedSet, table: Sequence[Row], budget: float) -> str:
    cells = [single(table, solver, budget, vehicles=known.vehicles_first) for solver in SOLVERS]
    return line(known.title, str(len({row.instance for row in table})), f"{budget:g}", *cells)


def _headline(name: str, table: Sequence[Row], names: Sequence[str]) -> list[str]:
    if _fleet_first(name):
        return ["Mean vehicles / mean distance:", fleets(table, names)]
    return ["Mean gap in percent:", headline(table, names)]


def _footnotes(name: str, table: Sequence[Row], records: Sequence[Record]) -> str:
    return footnotes(table, records, first=FLEET_NOTE if _fleet_first(name) else None)


def _fleet_first(name: str) -> bool:
    return name in SETS and SETS[name].vehicles_first


def _rows(name: str, records: Sequence[Record]) -> list[Row]:
    table = rows(records)
    if name in SETS and SETS[name].best_of_run:
        return measured(table, yardsticks(table, (), {}, "", {}))
    return table


def _measure(asked: argparse.Namespace, name: str, results: Path) -> None:
    files, usual = _files(asked, name), SETS.get(name, CUSTOM)
    budgets = [float(word) for word in asked.budgets.split(",")] if asked.budgets else usual.budgets
    solvers = known_solvers(asked.solvers or ",".join(usual.solvers))
    jobs = plan(solvers, files, seeds=range(1, (asked.seeds or usual.seeds) + 1), budgets=budgets)
    seconds = sum(job.budget for job in jobs)
    _say(f"{name}: {len(files)} instances, {len(jobs)} runs, about {seconds / 60:.0f} CPU minutes from nothing")
    report = run(jobs, results, execute=_runner(asked.here), on_record=_tell)
    _say(f"{report.done} runs, {report.skipped} done before")
    for word, keys in (("less than 90 % of a core", report.low_share), ("failed", report.failed)):
        for key in keys:
            _say(f"  {word}: {key}")


def _runner(here: bool) -> Callable[[Job], Outcome]:
    if not here:
        return run_in_child
    from routewright.compare.execute import execute

    return execute


def _files(asked: argparse.Namespace, name: str) -> list[Path]:
    if asked.instances:
        return instance_files(asked.instances, Path())[0]
    if name not in SETS:
        raise RoutewrightError(f"set is {name!r}, must be one of {', '.join(SETS)}")
    found = SETS[name].files(instances_folder())
    if not found:
        raise RoutewrightError(f"no instances in {instances_folder()} (set ROUTEWRIGHT_INSTANCES)")
    return found


def known_solvers(words: str) -> list[SolverSpec]:
    """The solvers of a comma-separated list.

    Raises:
        RoutewrightError: if there is no such solver.
    """
    for word in words.split(","):
        if word not in SOLVERS:
            raise RoutewrightError(f"solver is {word!r}, must be one of {', '.join(SOLVERS)}")
    return [SOLVERS[word] for word in words.split(",")]


def _in_order(records: Sequence[Record]) -> list[str]:
    """Labels of the solvers, ours first."""
    found = dict.fromkeys(record.solver for record in records)
    return sorted(found, key=lambda label: [*SOLVERS, label].index(label))


def _title(name: str) -> str:
    return SETS[name].title if name in SETS else name


def _remark(name: str) -> list[str]:
    return [SETS[name].remark] if name in SETS and SETS[name].remark else []


def _tell(record: Record) -> None:
    what = record.error or "; ".join(record.unsupported) or f"cost {record.cost}, CPU {record.cpu:.2f} s"
    doubt = "" if record.unsupported or record.error or record.clean else f", only {record.share:.2f} of a core"
    _say(f"  {record.instance} {record.solver} {record.budget:g} s seed {record.seed}: {what}{doubt}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--set", action="append", choices=list(SETS), help="named set, may be repeated")
    add("--instances", nargs="+", metavar="FOLDER_OR_GLOB", help="other instances than a named set's")
    add("--name", default="custom", help="of the results of --instances (default: custom)")
    add("--solvers", help="comma-separated (default: the set's; of --instances all)")
    add("--budgets", help="CPU seconds, comma-separated (default: the set's, mostly 1,3,10)")
    add("--seeds", type=int, help="seeds 1 to this (default: the set's, mostly 2)")
    add("--here", action="store_true", help="run in this process instead of a fresh one for each run")
    add("--report", action="store_true", help="run nothing, only write the tables")
    add("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    add(
        "--readme",
        type=Path,
        nargs="?",
        const=ROOT / "README.md",
        help="put a line for each set there, and into docs/quality.md and docs/benchmarks.md beside it",
    )
    asked = parser.parse_args(arguments)
    if asked.set and asked.instances:
        parser.error("give --set or --instances, not both")
    return asked


if __name__ == "__main__":
    sys.exit(main())
