"""A table of words, and how it looks in Markdown, LaTeX and on a terminal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "±": r"$\pm$", "≤": r"$\leq$", "…": r"\dots{}",
}  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """A table of words.

    Attributes:
        title: what it shows.
        head: of each column.
        lines: cells, as many in each line as there are columns.
        words: so many columns from the left are words; the others are numbers, which stand at the right.
        note: what a reader must know.
        best: (line, column) of cells to be set off.
    """

    title: str
    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    words: int = 1
    note: str = ""
    best: frozenset[tuple[int, int]] = frozenset()


def as_markdown(grid: Grid) -> str:
    """The table alone; cells that are set off are bold."""
    rule = ["---"] * grid.words + ["--:"] * (len(grid.head) - grid.words)
    lines = [list(grid.head), rule, *_marked(grid, "**{}**", _escaped)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def as_latex(grid: Grid) -> str:
    """A ``table`` with rules of the package booktabs."""
    columns = "l" * grid.words + "r" * (len(grid.head) - grid.words)
    lines = [_latex_line(cells) for cells in _marked(grid, r"\textbf{{{}}}", in_latex)]
    caption = f"{grid.title}. {grid.note}".strip()
    return "\n".join([
        r"\begin{table}", r"\centering", rf"\caption{{{in_latex(caption)}}}", rf"\begin{{tabular}}{{{columns}}}",
        r"\toprule", _latex_line([in_latex(word) for word in grid.head]), r"\midrule", *lines, r"\bottomrule",
        r"\end{tabular}", r"\end{table}", "",
    ])  # fmt: skip


def as_rich(grid: Grid) -> "Table":
    """For a terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(grid.title), title_justify="left", caption=Text(grid.note) if grid.note else None,
        caption_justify="left", box=SIMPLE_HEAD,
        pad_edge=False, padding=(0, 1, 0, 0),
    )  # fmt: skip
    for place, word in enumerate(grid.head):
        words = place < grid.words
        table.add_column(
            Text(word if words else _broken(word, [cells[place] for cells in grid.lines])),
            justify="left" if words else "right", overflow="fold", no_wrap=not words, min_width=8 if words else None,
        )  # fmt: skip
    for number, cells in enumerate(grid.lines):
        table.add_row(*(Text(word, "bold" if (number, place) in grid.best else "") for place, word in enumerate(cells)))
    return table


def _broken(head: str, cells: Sequence[str]) -> str:
    """A heading in lines about as long as the cells below it."""
    return "\n".join(wrap(head, max(7, *map(len, cells)), break_long_words=False))


def in_latex(text: str) -> str:
    """Text whose special characters LaTeX prints."""
    return "".join(LATEX.get(letter, letter) for letter in text)


def _marked(grid: Grid, mark: str, escape: Callable[[str], str]) -> list[list[str]]:
    found = []
    for number, cells in enumerate(grid.lines):
        words = [escape(cell) for cell in cells]
        found.append([mark.format(word) if (number, place) in grid.best else word for place, word in enumerate(words)])
    return found


def _escaped(text: str) -> str:
    return text.replace("|", r"\|")


def _latex_line(cells: Sequence[str]) -> str:
    return f"{' & '.join(cells)} \\\\"
