"""A CSV file as rows of named cells, with errors that name line, column and value."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from routewright.data.errors import FormatError
from routewright.data.formats.rows import Row, number, quoted

DELIMITERS = ",;\t"
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True)
class Cells:
    """One data row.

    Attributes:
        row: where it stands.
        cells: text by column; empty cells are left out.
        decimal_comma: whether "1,5" is a number, as in files separated by semicolons.
        titles: what the file calls each column, for errors.
    """

    row: Row
    cells: dict[str, str]
    decimal_comma: bool = False
    titles: dict[str, str] = field(default_factory=dict)

    def title(self, column: str) -> str:
        """The column as the file calls it."""
        return self.titles.get(column, column)

    def number(
        self,
        column: str,
        default: float | None = None,
        infinite: bool = False,
        least: float = -inf,
        most: float = inf,
    ) -> float:
        """The cell as a number from ``least`` to ``most``; without ``default`` it must be filled in."""
        word = self.cells.get(column, "").strip()
        if not word:
            if default is None:
                raise self.row.error(f"{self.title(column)} is empty, must be a number")
            return default
        if infinite and word.lower() == "inf":
            return inf
        value = number(self.row, self.title(column), word.replace(",", ".") if self.decimal_comma else word)
        if not least <= value <= most:
            rule = f">= {least:g}" if most == inf else f"from {least:g} to {most:g}"
            raise self.row.error(f"{self.title(column)} is {quoted(word)}, must be {rule}")
        return value

    def whole(self, column: str, default: int) -> int:
        """The cell as a whole number >= 0."""
        if not self.cells.get(column, "").strip():
            return default
        value = self.number(column)
        if value != int(value) or value < 0:
            raise self.row.error(f"{self.title(column)} is {quoted(self.cells[column])}, must be a whole number >= 0")
        return int(value)

    def flag(self, column: str, default: bool) -> bool:
        """The cell as yes or no."""
        word = self.cells.get(column, "").strip().lower()
        if word and word not in _FLAGS:
            raise self.row.error(
                f"{self.title(column)} is {quoted(self.cells[column])}, must be one of {', '.join(_FLAGS)}"
            )
        return _FLAGS.get(word, default)

    def choice(self, column: str, choices: Sequence[str], default: str) -> str:
        """The cell as one of ``choices``."""
        word = self.cells.get(column, "").strip().lower() or default
        if word not in choices:
            raise self.row.error(
                f"{self.title(column)} is {quoted(self.cells[column])}, must be one of {', '.join(choices)}"
            )
        return word


def table(path: str | Path, text: str, aliases: dict[str, str]) -> tuple[list[str], list[Cells]]:
    """Columns and data rows of ``text``; blank lines are skipped.

    Args:
        path: file named by errors.
        text: its content.
        aliases: known column titles, in lower case, to the names they stand for.

    Raises:
        FormatError: for an unknown, missing or doubled column and for a row of another length.
    """
    delimiter = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(path, reader.line_num, tuple(cells)))
    except csv.Error as error:
        raise FormatError(path, f"is not CSV: {error}", reader.line_num) from None
    if not rows:
        raise FormatError(path, "has no line of column titles")
    columns = _columns(rows[0], aliases)
    titles = {column: word.strip() for column, word in zip(columns, rows[0].words, strict=True)}
    return columns, [_cells(row, titles, delimiter) for row in rows[1:]]


def delimiter_of(text: str) -> str:
    """The delimiter that stands most often in the first line."""
    first = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _columns(row: Row, aliases: dict[str, str]) -> list[str]:
    columns: list[str] = []
    for word in row.words:
        column = aliases.get(word.strip().lower())
        if column is None:
            raise row.error(
                f"column {quoted(word)} is unknown (the first line names the columns); known are {', '.join(aliases)}"
            )
        if column in columns:
            raise row.error(f"column {quoted(word)} stands twice (as {column})")
        columns.append(column)
    return columns


def _cells(row: Row, titles: dict[str, str], delimiter: str) -> Cells:
    if len(row.words) != len(titles):
        raise row.error(f"{len(row.words)} values, must be {len(titles)} ({', '.join(titles.values())})")
    filled = {column: word for column, word in zip(titles, row.words, strict=True) if word}
    return Cells(row, filled, delimiter == ";", titles)
