"""The tables of a comparison."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import inf

from routewright.compare.batch_view import batch_table
from routewright.compare.comparison import Comparison
from routewright.compare.grid import Grid
from routewright.compare.groups import families, size_of
from routewright.compare.integral import mean_integral
from routewright.compare.markdown import fleet, select
from routewright.compare.paired import Pair, pairs
from routewright.compare.standing import Standing, standing
from routewright.compare.table import Row

NOTHING = "-"
MOST_LINES = 400
"""Instances of the table of instances; there is a CSV for more."""


def tables(found: Comparison) -> list[Grid]:
    """Those that there is something to say in, the most important first."""
    grids = [
        summary(found),
        significance(found),
        by_group(found, "Families", "family", families(found.files)),
        by_group(found, "Sizes", "size", _sizes(found)),
        each_instance(found),
        fleets(found),
        batch_table(found),
    ]
    return [grid for grid in grids if grid.lines]


def summary(found: Comparison) -> Grid:
    """One line for each solver at each budget."""
    integrals = {solver: _integral(found, solver) for solver in found.solvers}
    lines = [
        _summary_line(each, integrals[each.solver] if each.budget == found.budgets[-1] else None)
        for each in found.standings
    ]
    return Grid(
        "Gap to the best known cost, in percent",
        ("solver", "CPU s", "mean", "median", "worst", "solved", "feasible", "integral"),
        tuple(lines) if found.rows else (),
        best=_least(found.standings),
        note="Solved: runs as good as the best known cost. Integral: gap on average over the longest run, 100 % "
        "before its first solution; a dash where a solver tells of nothing on the way.",
    )


def significance(found: Comparison) -> Grid:
    """Each solver against the first one."""
    compared = pairs(found.rows, found.solvers) if found.rows else []
    return Grid(
        f"Against {found.solvers[0]}, on the same instances",
        ("solver", "CPU s", "difference", "95 % interval", "better / worse", "p", "verdict"),
        tuple(_pair_line(pair) for pair in compared),
        note="Difference of mean gaps in points of percent, with a bootstrap interval over instances; below zero the "
        "solver is better. p: Wilcoxon's signed ranks, two-sided, corrected for the number of solvers (Holm). Open: "
        "not significant, or means and ranks disagree.",
    )


def by_group(found: Comparison, title: str, word: str, group: Mapping[str, str]) -> Grid:
    """Mean gaps of each solver on the instances of each group."""
    groups = [
        name for name in dict.fromkeys(group.values()) if any(group.get(row.instance) == name for row in found.rows)
    ]
    lines = [_group_line(found, name, {each for each in group if group[each] == name}) for name in groups]
    return Grid(
        title,
        (word, "instances", *(_with_budgets(solver, found) for solver in found.solvers)),
        tuple(lines) if len(groups) > 1 else (),
        note="Mean gap in percent.",
    )


def each_instance(found: Comparison) -> Grid:
    """Mean gaps over seeds of each solver on each instance."""
    there = {row.instance for row in found.rows}
    names = [name for name in found.files if name in there]
    shown = names[:MOST_LINES]
    left_out = f" The CSV has the other {len(names) - len(shown)} instances." if len(names) > len(shown) else ""
    return Grid(
        "Instances",
        ("instance", "best known", *(_with_budgets(solver, found) for solver in found.solvers)),
        tuple((name, _yardstick(found, name), *_gaps(found, found.solvers, {name})) for name in shown),
        note=f"Mean gap in percent over seeds.{left_out}",
    )


def fleets(found: Comparison) -> Grid:
    """Vehicles and cost on instances that ask for few vehicles first: all of them, then each."""
    names = list(dict.fromkeys(row.instance for row in found.fleets))
    groups = [("all", set(names)), *((name, {name}) for name in names[:MOST_LINES])]
    lines = [
        (title, *(_fleets(found, solver, members) for solver in found.solvers))
        for title, members in (groups if len(names) > 1 else groups[1:])
    ]
    return Grid(
        "Vehicles first: mean vehicles / mean cost",
        ("instance", *(_with_budgets(solver, found) for solver in found.solvers)),
        tuple(lines),
        note="Fewer vehicles are better whatever the cost, so that there are no gaps in percent. An instance counts "
        "where all seeds have an answer.",
    )


def _fleets(found: Comparison, solver: str, members: set[str]) -> str:
    rows = [row for row in found.fleets if row.instance in members]
    return ", ".join(fleet(select(rows, solver, budget), len(members)) for budget in found.budgets)


def _summary_line(each: Standing, integral: float | None) -> tuple[str, ...]:
    rates = f"{each.solved:.0%}", f"{each.feasible:.0%}"
    return (
        each.solver, f"{each.budget:g}", _mean(each), number(each.median), number(each.worst), *rates, number(integral),
    )  # fmt: skip


def _least(standings: Sequence[Standing]) -> frozenset[tuple[int, int]]:
    """The lowest mean of each budget, among solvers that answered as many instances as any."""
    best = set()
    for budget in {each.budget for each in standings}:
        here = [(number, each) for number, each in enumerate(standings) if each.budget == budget]
        most = max(each.instances for _, each in here)
        means = {number: each.mean for number, each in here if each.instances == most and each.mean is not None}
        best |= {(number, 2) for number, mean in means.items() if mean == min(means.values())}
    return frozenset(best)


def _pair_line(pair: Pair) -> tuple[str, ...]:
    interval = f"{pair.low:+.2f} to {pair.high:+.2f}" if pair.instances > 1 else NOTHING
    return (
        pair.solver, f"{pair.budget:g}", f"{pair.difference:+.2f}", interval,
        f"{pair.better} / {pair.worse}", f"{pair.p:.2g}", pair.verdict,
    )  # fmt: skip


def _group_line(found: Comparison, name: str, members: set[str]) -> tuple[str, ...]:
    there = {row.instance for row in found.rows} & members
    return (name, str(len(there)), *_gaps(found, found.solvers, members))


def _gaps(found: Comparison, solvers: Sequence[str], members: set[str]) -> list[str]:
    """Mean gap of each solver at all budgets, such as 0.52 / 0.31."""
    rows: list[Row] = [row for row in found.rows if row.instance in members]
    return [
        " / ".join(_mean(replace(standing(rows, solver, budget), spread=None)) for budget in found.budgets)
        for solver in solvers
    ]  # fmt: skip


def _mean(each: Standing) -> str:
    """With its deviation over seeds, and of how many instances it speaks where these are not all."""
    counted = f" ({each.instances} of {each.asked})" if each.instances < each.asked and each.instances else ""
    spread = "" if each.spread is None else f" ± {each.spread:.2f}"
    return f"{number(each.mean)}{spread}{counted}"


def _with_budgets(solver: str, found: Comparison) -> str:
    return f"{solver} {' / '.join(f'{budget:g}' for budget in found.budgets)} s"


def _integral(found: Comparison, solver: str) -> float | None:
    return mean_integral(found.runs_of(solver), {name: each.cost for name, each in found.yardsticks.items()})


def _yardstick(found: Comparison, name: str) -> str:
    known = found.yardsticks.get(name)
    return NOTHING if known is None else f"{known.cost:.8g}"


def _sizes(found: Comparison) -> dict[str, str]:
    nodes = {record.instance: record.nodes for record in found.records if record.nodes}
    order: Callable[[str], float] = lambda name: nodes.get(name, inf)  # noqa: E731
    return {name: size_of(nodes[name]) for name in sorted(nodes, key=order)}


def number(value: float | None) -> str:
    """Two digits, without a negative zero."""
    return NOTHING if value is None else f"{round(value, 2) + 0.0:.2f}"
