"""Cells of a table as JSON lines: what has ended is kept, so that a benchmark goes on where it stopped."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from routewright.data.formats.atomic import atomic_write


def read_cells(journal: Path) -> list[dict[str, Any]]:
    """Those that have ended; none before the first."""
    return [json.loads(line) for line in journal.read_text().splitlines()] if journal.exists() else []


def write_cells(cells: Sequence[Mapping[str, Any]], journal: Path) -> None:
    """All of them anew."""
    with atomic_write(journal) as stream:
        stream.writelines(json.dumps(cell) + "\n" for cell in cells)
