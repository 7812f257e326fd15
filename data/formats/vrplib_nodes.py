"""Nodes of a VRPLIB file: their ids, places and order, and the sections that have a row per node.

Our nodes are depots first; a file may have them anywhere. Every array handed out here is in our
order, every message speaks of the file's ids and lines.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from routewright.data.formats.vrplib_lexer import Section, Source

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Nodes:
    """The nodes of one file.

    Attributes:
        n: number of nodes (DIMENSION).
        ids: [n] ids in the file, in the order in which the file lists the nodes.
        order: [n] positions in the file of our nodes, depots first.
        depots: number of depots.
    """

    def __init__(self, source: Source, *, first_is_depot: bool) -> None:
        self.source = source
        self.n = source.integer("DIMENSION")
        self.ids = self._read_ids()
        self._position = {int(label): place for place, label in enumerate(self.ids)}
        self.order, self.depots = self._sort(first_is_depot)

    def _read_ids(self) -> Integers:
        """Ids as NODE_COORD_SECTION lists them, else DEMAND_SECTION, else 1 to n."""
        for name, width in (("NODE_COORD_SECTION", 3), ("DISPLAY_DATA_SECTION", 3), ("DEMAND_SECTION", 1)):
            if name in self.source.sections:
                return self._unique(name, self.source.table(name, width, extra=True)[:, 0])
        return np.arange(1, self.n + 1)

    def _unique(self, name: str, ids: Floats) -> Integers:
        section = self.source.sections[name]
        if len(ids) != self.n:
            problem = f"{name} has {len(ids)} rows, DIMENSION is {self.n}"
            self.source.fail(problem, section.lines[-1] if section.lines else section.line)
        fractional = ~np.isfinite(ids) | (ids != np.floor(ids))
        self._reject(section, fractional, lambda row: f"node id {section.rows[row][0]} is not whole")
        again = np.ones(self.n, dtype=bool)
        again[np.unique(ids, return_index=True)[1]] = False
        self._reject(section, again, lambda row: f"node id {ids[row]:g} stands twice")
        return ids.astype(np.int64)

    def _reject(self, section: Section, wrong: ArrayLike, problem: Callable[[int], str]) -> None:
        if np.any(wrong):
            row = int(np.argmax(wrong))
            self.source.fail(f"{section.name}: {problem(row)}", section.lines[row])

    def _sort(self, first_is_depot: bool) -> tuple[Integers, int]:
        depots = self._read_depots(first_is_depot)
        is_client = np.ones(self.n, dtype=bool)
        is_client[depots] = False
        return np.concatenate((depots, np.flatnonzero(is_client))), len(depots)

    def _read_depots(self, first_is_depot: bool) -> Integers:
        """Positions in the file of the depots, in the order of DEPOT_SECTION."""
        if "DEPOT_SECTION" not in self.source.sections:
            if first_is_depot:
                return np.zeros(1, dtype=np.int64)
            self.source.fail("DEPOT_SECTION is missing")
        places: list[int] = []
        for row, line in self.source.lists("DEPOT_SECTION"):
            for label in row:
                place = self._place("DEPOT_SECTION", label, line)
                if place in places:
                    self.source.fail(f"DEPOT_SECTION: depot {label} stands twice", line)
                places.append(place)
        if not places:
            self.source.fail("DEPOT_SECTION names no depot", self.source.sections["DEPOT_SECTION"].line)
        return np.array(places, dtype=np.int64)

    def _place(self, name: str, label: int, line: int) -> int:
        if label not in self._position:
            self.source.fail(f"{name}: node {label} does not exist", line)
        return self._position[label]

    def node(self, name: str, label: int, line: int) -> int:
        """Our index of the node with id ``label``, named by ``name`` in ``line``."""
        return int(self._index[self._place(name, label, line)])

    @property
    def _index(self) -> Integers:
        index = np.empty(self.n, dtype=np.int64)
        index[self.order] = np.arange(self.n)
        return index

    @property
    def names(self) -> tuple[str, ...]:
        """Labels: ids where they are not 1 to n in our order, else words after the coordinates."""
        ids = self.ids[self.order]
        if not np.array_equal(ids, np.arange(1, self.n + 1)):
            return tuple(map(str, ids))
        section = self.source.sections.get("NODE_COORD_SECTION")
        if section is None or any(len(row) < 4 for row in section.rows):
            return ()
        return tuple(" ".join(section.rows[place][3:]) for place in self.order)

    def coords(self) -> Floats | None:
        """Coordinates [n, 2], or None; those for display where there are no others."""
        for name in ("NODE_COORD_SECTION", "DISPLAY_DATA_SECTION"):
            section = self.source.sections.get(name)
            if section is not None:
                table = self.source.table(name, 3, extra=True)
                self._reject(section, np.isinf(table).any(axis=1), lambda _: "coordinate inf, must be finite")
                return table[self.order, 1:]
        return None

    def column(self, name: str) -> Floats:
        """The single number per node of a section [n]."""
        return self.columns(name, 1)[:, 0]

    def columns(self, name: str, width: int | None = None) -> Floats:
        """The numbers per node of a section [n, width], each node exactly once."""
        table = self.source.table(name, None if width is None else width + 1)
        return np.asarray(table[self._rows(name)[self.order], 1:])

    def _rows(self, name: str) -> Integers:
        """[n] the row of a section that speaks of each node of the file."""
        section = self.source.sections[name]
        ids = self.source.table(name, 1, extra=True)[:, 0]
        if np.array_equal(ids, self.ids):
            return np.arange(self.n)
        rows = np.full(self.n, -1)
        for row, label in enumerate(ids):
            place = self._position.get(label)
            if place is None:
                self.source.fail(f"{name}: node {label:g} does not exist", section.lines[row])
            if rows[place] >= 0:
                self.source.fail(f"{name}: node id {label:g} stands twice", section.lines[row])
            rows[place] = row
        if (rows < 0).any():
            missing = self.ids[int(np.argmin(rows))]
            self.source.fail(f"{name}: node {missing} is missing", section.lines[-1] if len(ids) else section.line)
        return rows

    def reject(self, name: str, wrong: ArrayLike, problem: Callable[[int], str]) -> None:
        """Raise FormatError at the first node where ``wrong`` [n], in the line that speaks of it.

        Args:
            name: of the section.
            wrong: [n] in our order.
            problem: makes the message from our index of the node.
        """
        if not np.any(wrong):
            return
        node = int(np.argmax(wrong))
        line = self.source.sections[name].lines[int(self._rows(name)[self.order[node]])]
        self.source.fail(f"{name}: node {self.ids[self.order[node]]} {problem(node)}", line)
