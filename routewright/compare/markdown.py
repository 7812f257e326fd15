"""Tables of gaps in Markdown, with all that a reader needs to judge or repeat them."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean

from routewright.compare.aggregate import Cell, cell
from routewright.compare.record import MIN_SHARE, Record
from routewright.compare.table import DISTURBED, Row, best_attempts
from routewright.data.errors import RoutewrightError
from routewright.data.formats.atomic import atomic_write

NOTHING = "-"


def headline(table: Sequence[Row], solvers: Sequence[str] | None = None) -> str:
    """One line per solver, one column per budget: the mean gap ± its standard deviation over seeds."""
    budgets = _budgets(table)
    asked = len(_instances(table))
    lines = [line("solver", *(f"{budget:g} s" for budget in budgets)), rule(len(budgets))]
    for solver in solvers or _solvers(table):
        cells = [cell(select(table, solver, budget), asked) for budget in budgets]
        lines.append(line(solver, *map(show, cells)))
    return "\n".join(lines)


def single(table: Sequence[Row], solver: str, budget: float, *, vehicles: bool = False) -> str:
    """One solver's cell of ``headline``, or of ``fleets``; nothing where it was not run."""
    rows = select(table, solver, budget)
    if not rows:
        return ""
    asked = len(_instances(table))
    return fleet(rows, asked) if vehicles else show(cell(rows, asked))


def fleets(table: Sequence[Row], solvers: Sequence[str] | None = None) -> str:
    """One line per solver, one column per budget: mean vehicles, and mean cost where these come before it.

    An instance counts where all seeds have an answer; how many do is said where not all.
    """
    budgets, asked = _budgets(table), len(_instances(table))
    lines = [line("solver", *(f"{budget:g} s" for budget in budgets)), rule(len(budgets))]
    for solver in solvers or _solvers(table):
        lines.append(line(solver, *(fleet(select(table, solver, budget), asked) for budget in budgets)))
    return "\n".join(lines)


def fleet(rows: Sequence[Row], asked: int) -> str:
    """Mean vehicles / mean cost, and of how many of the instances asked for."""
    unknown = {row.instance for row in rows if row.cost is None or row.vehicles is None}
    known = [row for row in rows if row.instance not in unknown]
    if not known:
        return NOTHING
    vehicles = fmean(row.vehicles for row in known if row.vehicles is not None)
    text = f"{vehicles:.2f} / {fmean(row.cost for row in known if row.cost is not None):.1f}"
    count = len(_instances(known))
    return text if count == asked else f"{text} ({count} of {asked})"


def per_instance(table: Sequence[Row], solvers: Sequence[str] | None = None) -> str:
    """One line per instance: its reference, and each solver's gaps at all budgets."""
    names, budgets = solvers or _solvers(table), _budgets(table)
    shown = " / ".join(f"{budget:g}" for budget in budgets)
    lines = [line("instance", "best known", *(f"{name} {shown} s" for name in names)), rule(len(names) + 1)]
    for instance in _instances(table):
        here = _of(table, instance)
        cells = [" / ".join(show(cell(select(here, name, budget))) for budget in budgets) for name in names]
        lines.append(line(instance, _reference(here), *cells))
    return "\n".join(lines)


def fleet_per_instance(table: Sequence[Row], solvers: Sequence[str] | None = None) -> str:
    """One line per instance: each solver's mean vehicles / mean cost at each budget."""
    names, budgets = solvers or _solvers(table), _budgets(table)
    asked = [(name, budget) for name in names for budget in budgets]
    lines = [line("instance", *(f"{name} {budget:g} s" for name, budget in asked)), rule(len(asked))]
    for instance in _instances(table):
        here = _of(table, instance)
        lines.append(line(instance, *(fleet(select(here, name, budget), 1) for name, budget in asked)))
    return "\n".join(lines)


def show(value: Cell) -> str:
    """A cell as text; how many instances it speaks of, where these are not all."""
    if value.mean is None:
        return NOTHING
    text = f"{value.mean:.2f}" if value.spread is None else f"{value.mean:.2f} ± {value.spread:.2f}"
    return text if value.instances == value.asked else f"{text} ({value.instances} of {value.asked})"


def footnotes(table: Sequence[Row], records: Iterable[Record], first: str | None = None) -> str:
    """What the numbers rest on, as a list: references, rounding, clocks, versions, machine, exceptions.

    ``first`` stands in the place of the note on gaps.
    """
    chosen = best_attempts(records)
    notes = [
        first or _gap_note(table),
        *_clock_notes(chosen),
        *_version_notes(chosen),
        *_exceptions(table),
    ]
    return "\n".join(f"- {note}" for note in notes)


def insert(document: str, name: str, text: str) -> str:
    """Put ``text`` between the marks ``<!-- NAME:begin -->`` and ``<!-- NAME:end -->`` of a document.

    Raises:
        RoutewrightError: if the document does not have each mark once, in this order.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if document.count(begin) != 1 or document.count(end) != 1 or document.index(begin) > document.index(end):
        raise RoutewrightError(f"the document needs the marks {begin} and {end} once each, in this order")
    before, rest = document.split(begin)
    return f"{before}{begin}\n{text.strip()}\n{end}{rest.split(end)[1]}"


def insert_into(page: Path, name: str, text: str) -> None:
    """As ``insert``, into a file.

    Raises:
        RoutewrightError: as ``insert``.
    """
    document = insert(page.read_text(encoding="utf-8"), name, text)
    with atomic_write(page) as stream:
        stream.write(document)


def _gap_note(table: Sequence[Row]) -> str:
    roundings = ", ".join(sorted({row.rounding for row in table if row.rounding}))
    sources = {re.sub(r"^.*(?=\.sol$)", "NAME", row.reference) for row in table if row.reference}
    found = ", ".join(sorted(sources)) or "none known"
    return (
        f"Gap in percent above the best known cost ({found}; rounding {roundings}), "
        f"mean over instances and {_seeds(table)}; ± is the standard deviation of that mean "
        "over seeds. `check` judged every answer; one that fails has no gap."
    )


def _seeds(table: Sequence[Row]) -> str:
    """How many seeds the solvers had; those that had fewer than others by name."""
    counts = {solver: len({row.seed for row in table if row.solver == solver}) for solver in _solvers(table)}
    most = max(counts.values(), default=0)
    fewer = ", ".join(f"{solver}: {count}" for solver, count in counts.items() if count < most)
    return f"{most} seed{'s' if most > 1 else ''}{f' ({fewer})' if fewer else ''}"


def _clock_notes(records: Sequence[Record]) -> list[str]:
    notes = [
        f"Budgets are CPU seconds of one thread, from the call to the answer; compilation is excluded. Runs with less "
        f"than {MIN_SHARE:.0%} of a core were repeated where asked for, and are counted below where they stayed so."
    ]
    ran = [record for record in records if not record.unsupported and not record.error]
    anytime = sorted({record.solver for record in ran if record.anytime})
    separate = sorted({record.solver for record in ran if not record.anytime})
    if anytime:
        notes.append(f"One long run read by its CPU stamps: {', '.join(anytime)}.")
    if separate:
        used = [f"{name} {max(r.cpu / r.budget for r in ran if r.solver == name):.2f}" for name in separate]
        notes.append(f"A run for each budget (most CPU time used, in budgets): {', '.join(used)}.")
    return notes


def _version_notes(records: Sequence[Record]) -> list[str]:
    versions = sorted({f"{record.solver} {record.version}".strip() for record in records if not record.error})
    machines = sorted({_machine(record) for record in records if "machine" in record.context})
    commits = sorted({record.context["commit"] for record in records if record.context.get("commit")})
    days = sorted({record.context["time"][:10] for record in records if "time" in record.context})
    notes = [f"Versions: {', '.join(versions)}; sources at {', '.join(commits) or 'no commit'}."]
    if machines:
        period = " to ".join(dict.fromkeys([days[0], days[-1]]))
        notes.append(f"Machine: {'; '.join(machines)}; {period}.")
    return notes


def _machine(record: Record) -> str:
    machine = record.context["machine"]
    return f"{machine['cpu']}, {machine['cores']} cores, Python {record.context['python']}"


def _exceptions(table: Sequence[Row]) -> list[str]:
    """Everything a mean could hide, told by solver."""
    everything, budgets = set(_instances(table)), _budgets(table)
    when: dict[tuple[str, str, str], set[float]] = {}
    for row in table:
        if row.note and not row.note.startswith(DISTURBED):
            when.setdefault((row.solver, row.note, row.instance), set()).add(row.budget)
    notes: dict[tuple[str, str, tuple[float, ...]], set[str]] = {}
    for (solver, note, instance), found in when.items():
        notes.setdefault((solver, note, tuple(sorted(found))), set()).add(instance)
    told = [
        f"{solver}, {'all instances' if names == everything else ', '.join(sorted(names))}: {note}"
        f"{'' if list(found) == budgets else f' at {_listed(found)} s'}."
        for (solver, note, found), names in sorted(notes.items())
    ]
    return [*told, *_disturbed(table)]


def _listed(numbers: Sequence[float]) -> str:
    return " and ".join(f"{number:g}" for number in numbers)


def _disturbed(table: Sequence[Row]) -> list[str]:
    """Runs that shared their core, one line for each solver."""
    shares: dict[str, list[float]] = {}
    for row in table:
        if row.note.startswith(DISTURBED):
            shares.setdefault(row.solver, []).append(float(row.note.removeprefix(DISTURBED)))
    return [
        f"{solver}: {len(found)} {'number' if len(found) == 1 else 'numbers'} from runs with less than {MIN_SHARE:.0%} "
        f"of a core (least {min(found):.2f})."
        for solver, found in sorted(shares.items())
    ]


def select(table: Sequence[Row], solver: str, budget: float) -> list[Row]:
    """Rows of one solver and budget."""
    return [row for row in table if row.solver == solver and row.budget == budget]


def _solvers(table: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row.solver for row in table))


def _of(table: Sequence[Row], instance: str) -> list[Row]:
    return [row for row in table if row.instance == instance]


def _instances(table: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row.instance for row in table))


def _budgets(table: Sequence[Row]) -> list[float]:
    return sorted({row.budget for row in table})


def _reference(rows: Sequence[Row]) -> str:
    known = {row.best_known for row in rows if row.best_known is not None}
    return " or ".join(f"{value:.10g}" for value in sorted(known)) or NOTHING


def line(*cells: str) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def rule(columns: int) -> str:
    """What stands below the heads of a column of words and so many of numbers."""
    return f"|---{'|--:' * columns}|"
