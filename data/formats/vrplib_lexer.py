"""VRPLIB and TSPLIB text cut into headers and sections, every piece with its line number.

The ``vrplib`` package reads the same files; it is not used here because it forgets where in the
file a value stood, and an error message without the line does not help its reader.
"""

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from routewright.data.errors import FormatError

Floats = NDArray[np.float64]

_LARGEST = 10_000_000  # nodes or vehicles: more is a slip of the pen, and would not fit in memory

_HEADER = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*:\s*(.*?)\s*$")
_SECTION = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*_SECTION)\s*:?\s*$")


@dataclass
class Section:
    """Rows of one section: the words of each line and the line's number."""

    name: str
    line: int
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


class Source:
    """One file, cut up. The accessors raise FormatError with file, line, field and value."""

    def __init__(self, path: object, text: str) -> None:
        self.path = path
        self.headers: dict[str, tuple[str, int]] = {}
        self.comments: list[str] = []
        self.sections: dict[str, Section] = {}
        self._cut(text)

    def fail(self, problem: str, line: int | None = None) -> NoReturn:
        """Raise FormatError at ``line`` of this file."""
        raise FormatError(self.path, problem, line)

    def _cut(self, text: str) -> None:
        current: Section | None = None
        for number, line in enumerate(text.splitlines(), start=1):
            words = line.split()
            if not words:
                continue
            if words[0][0].isalpha():
                if words[0] == "EOF":
                    return
                opened = _SECTION.match(line)
                header = _HEADER.match(line)
                if opened:
                    current = self._open(opened[1].upper(), number)
                    continue
                if header:
                    self._keep(header[1].upper(), header[2], number)
                    current = None
                    continue
            if current is None:
                self.fail(f"{line.strip()[:40]!r} is neither a field (NAME : value) nor part of a section", number)
            current.rows.append(words)
            current.lines.append(number)

    def _open(self, name: str, number: int) -> Section:
        if name in self.sections:
            self.fail(f"{name} stands twice, first in line {self.sections[name].line}", number)
        self.sections[name] = Section(name, number)
        return self.sections[name]

    def _keep(self, key: str, value: str, number: int) -> None:
        if key == "COMMENT":
            self.comments.append(value)
            return
        if key in self.headers:
            self.fail(f"{key} stands twice, first in line {self.headers[key][1]}", number)
        self.headers[key] = (value, number)

    def has(self, name: str) -> bool:
        """Whether the file has the header ``name`` or the section ``name``_SECTION."""
        return name in self.headers or f"{name}_SECTION" in self.sections

    def word(self, key: str, default: str = "") -> str:
        """First word of a header, in capitals."""
        words = self.headers.get(key, ("", 0))[0].split()
        return words[0].upper() if words else default

    def numbers(self, key: str) -> Floats:
        """The numbers of a header, which must be there."""
        if key not in self.headers:
            self.fail(f"{key} is missing")
        value, line = self.headers[key]
        if not value.split():
            self.fail(f"{key} has no value", line)
        return self._row_of_numbers(key, value.split(), line)

    def number(self, key: str) -> float:
        """The one number of a header, finite and not negative."""
        found = self.numbers(key)
        value, line = self.headers[key]
        if len(found) != 1 or not 0 <= found[0] < np.inf:
            self.fail(f"{key} is {value}, must be one finite number >= 0", line)
        return float(found[0])

    def integer(self, key: str) -> int:
        """The one whole number of a header, at least 1 and not absurd."""
        found = self.number(key)
        value, line = self.headers[key]
        if not 1 <= found <= _LARGEST or found != int(found):
            self.fail(f"{key} is {value}, must be a whole number from 1 to {_LARGEST}", line)
        return int(found)

    def table(self, name: str, columns: int | None = None, *, extra: bool = False) -> Floats:
        """All rows of a section as numbers [rows, columns].

        Args:
            name: of the section.
            columns: numbers per row; None takes as many as the first row has.
            extra: words after these columns are names and are ignored.
        """
        section = self.sections[name]
        width = columns or (len(section.rows[0]) if section.rows else 1)
        rows = [row[:width] for row in section.rows] if extra else section.rows
        for row, line in zip(rows, section.lines, strict=True):
            if len(row) != width:
                self.fail(f"{name}: {len(row)} values, must be {width}: {' '.join(row)[:60]!r}", line)
        unclear = any("_" in word for row in rows for word in row)  # such as 1_000
        try:
            table = np.array([] if unclear else rows, dtype=np.float64).reshape(-1, width)
        except ValueError:
            unclear = True
        if unclear:  # slowly, to name the word
            found = [self._row_of_numbers(name, row, line) for row, line in zip(rows, section.lines, strict=True)]
            table = np.array(found)
        self._reject_nan(name, table, section)
        return table

    def _reject_nan(self, name: str, table: Floats, section: Section) -> None:
        bad = np.isnan(table).any(axis=1)
        if bad.any():
            row = int(np.argmax(bad))
            word = section.rows[row][int(np.argmax(np.isnan(table[row])))]
            self.fail(f"{name}: {word!r} is not a number", section.lines[row])

    def stream(self, name: str) -> Floats:
        """All numbers of a section one after the other, wherever its lines break."""
        section = self.sections[name]
        text = " ".join(map(" ".join, section.rows))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", DeprecationWarning)  # how older NumPy reports a bad word
                numbers = np.fromstring(text, dtype=np.float64, sep=" ")
        except (DeprecationWarning, ValueError):
            numbers = np.full(1, np.nan)
        if not np.isnan(numbers).any():
            return numbers
        rows = [self._row_of_numbers(name, *pair) for pair in zip(section.rows, section.lines, strict=True)]
        return np.concatenate(rows) if rows else np.zeros(0)

    def lists(self, name: str) -> list[tuple[list[int], int]]:
        """Rows of whole numbers, with their lines; -1 ends a row, a row of -1 alone the section."""
        found = []
        section = self.sections[name]
        for row, line in zip(section.rows, section.lines, strict=True):
            numbers = self._row_of_numbers(name, row, line)
            for value in numbers:
                if not value.is_integer():
                    self.fail(f"{name}: {value:g} is not a whole number", line)
            values = [int(value) for value in numbers]
            if values[0] == -1:
                break
            found.append((values[: values.index(-1)] if -1 in values else values, line))
        return found

    def _row_of_numbers(self, name: str, words: Sequence[str], line: int) -> Floats:
        numbers = []
        for word in words:
            try:
                value = float(word)
            except ValueError:
                value = float("nan")
            if value != value or "_" in word:
                self.fail(f"{name}: {word!r} is not a number", line)
            numbers.append(value)
        return np.array(numbers)
