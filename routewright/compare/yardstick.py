"""What gaps refer to: a table of the user's, published routes, or the best cost of the comparison itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from routewright.compare.record import Record
from routewright.compare.table import BEST_HERE, Row, gap


@dataclass(frozen=True)
class Yardstick:
    """The reference of an instance.

    Attributes:
        cost: in reported units.
        source: where it comes from.
    """

    cost: float
    source: str


def yardsticks(
    rows: Sequence[Row],
    batches: Iterable[Record],
    given: Mapping[str, float],
    source: str,
    published: Mapping[str, Yardstick],
) -> dict[str, Yardstick]:
    """Of each instance that has one.

    Args:
        rows: of the runs on single instances.
        batches: runs on many, whose costs may be the best ones too.
        given: costs by instance, which come first.
        source: of those.
        published: those of published routes, which come next; the best cost found here is the last resort.
    """
    parts = [part for record in batches if not record.late for part in record.parts]
    best: dict[str, float] = {}
    for name, cost in [*((row.instance, row.cost) for row in rows), *((name, cost) for name, cost, _ in parts)]:
        if cost is not None:
            best[name] = min(cost, best.get(name, cost))
    found = {name: Yardstick(cost, BEST_HERE) for name, cost in best.items()}
    found |= published
    return found | {name: Yardstick(cost, source) for name, cost in given.items()}


def measured(rows: Iterable[Row], by: Mapping[str, Yardstick]) -> list[Row]:
    """The rows with gaps to these references."""
    return [_measured(row, by.get(row.instance)) for row in rows]


def _measured(row: Row, by: Yardstick | None) -> Row:
    if by is None:
        return replace(row, best_known=None, gap=None, reference="")
    return replace(row, best_known=by.cost, gap=gap(row.cost, by.cost), reference=by.source)
