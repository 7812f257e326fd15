"""Lines of numbers, with errors that name file, line, column and value."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from routewright.data.errors import FormatError, InstanceError

SHOWN = 40
"""Characters of a wrong value that an error repeats."""


@dataclass(frozen=True)
class Row:
    """One line that holds something.

    Attributes:
        path: file it stands in.
        line: 1-based number of the line.
        words: its words.
    """

    path: str | Path
    line: int
    words: tuple[str, ...]

    def error(self, problem: str) -> FormatError:
        """The error to raise about this line."""
        return FormatError(self.path, problem, self.line)

    def numbers(self, columns: Sequence[str]) -> list[float]:
        """The first words as numbers, one for each name in ``columns``.

        Raises:
            FormatError: if words are missing or are no finite numbers.
        """
        if len(self.words) < len(columns):
            raise self.error(f"{len(self.words)} values, must be {len(columns)} ({', '.join(columns)})")
        return [self.number(index, name) for index, name in enumerate(columns)]

    def number(self, index: int, name: str) -> float:
        """Word ``index`` as a finite number called ``name``."""
        return number(self, name, self.words[index])

    def whole(self, index: int, name: str) -> int:
        """Word ``index`` as a whole number >= 0 called ``name``."""
        if index >= len(self.words):
            raise self.error(f"{name} is missing")
        value = self.number(index, name)
        if value < 0 or value != int(value):
            raise self.error(f"{name} is {quoted(self.words[index])}, must be a whole number >= 0")
        return int(value)


def number(row: Row, name: str, word: str) -> float:
    """``word`` of ``row`` as a finite number called ``name``.

    Raises:
        FormatError: if it is none.
    """
    try:
        value = float(word)
    except ValueError:
        raise row.error(f"{name} is {quoted(word)}, must be a number") from None
    if not isfinite(value):
        raise row.error(f"{name} is {quoted(word)}, must be finite")
    return value


def rows(path: str | Path, text: str) -> list[Row]:
    """Rows of all lines that are not blank."""
    words = ((line, tuple(content.split())) for line, content in enumerate(text.splitlines(), start=1))
    return [Row(path, line, found) for line, found in words if found]


def node_names(body: Sequence[Row]) -> tuple[str, ...]:
    """First words of the rows of all nodes, empty where they count from 0 (``Instance.names``).

    Raises:
        FormatError: if one stands twice.
    """
    seen: set[str] = set()
    for row in body:
        if row.words[0] in seen:
            raise row.error(f"number {quoted(row.words[0])} stands twice")
        seen.add(row.words[0])
    names = tuple(row.words[0] for row in body)
    return () if names == tuple(map(str, range(len(names)))) else names


@contextmanager
def naming(path: str | Path) -> Iterator[None]:
    """Let errors about an instance name the file that it came from."""
    try:
        yield
    except InstanceError as error:
        raise FormatError(path, str(error)) from None


def quoted(word: object) -> str:
    """A value as an error shows it: quoted, on one line, not too long."""
    text = repr(word)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
