"""Reports as files: the ending says in which form."""

from collections.abc import Callable
from pathlib import Path

from routewright.compare.comparison import Comparison
from routewright.compare.grid import as_latex, as_markdown
from routewright.compare.markdown import footnotes
from routewright.compare.table import write_csv
from routewright.data.errors import FormatError
from routewright.data.formats.atomic import atomic_write

FORMS = (".html", ".md", ".tex", ".csv")


def write_report(found: Comparison, path: str | Path) -> None:
    """Write a comparison as .html, .md, .tex or .csv.

    Raises:
        FormatError: for another ending, or if the file cannot be written.
    """
    check_form(path)
    if Path(path).suffix.lower() == ".csv":
        write_csv([*found.rows, *found.fleets], path)
        return
    text = _writers()[Path(path).suffix.lower()](found)
    with atomic_write(path) as stream:
        stream.write(text)


def check_form(path: str | Path) -> None:
    """Refuse an ending that tells no form.

    Raises:
        FormatError: naming those that would do.
    """
    if Path(path).suffix.lower() not in FORMS:
        raise FormatError(path, f"unknown ending {Path(path).suffix!r}, must be one of {', '.join(FORMS)}")


def as_markdown_text(found: Comparison) -> str:
    """All tables and what they rest on, in Markdown."""
    parts = []
    for grid in found.tables():
        parts += [f"## {grid.title}", as_markdown(grid), *([grid.note] if grid.note else [])]
    return "\n\n".join([*parts, notes(found)]) + "\n"


def as_latex_text(found: Comparison) -> str:
    """All tables in LaTeX, for the package booktabs; what they rest on as comments."""
    remarks = "".join(f"% {line}\n" for line in notes(found).splitlines())
    return "\n".join([*(as_latex(grid) for grid in found.tables()), remarks])


def notes(found: Comparison) -> str:
    """References, clocks, versions, machine and exceptions, as a list in Markdown."""
    if not found.rows:
        return footnotes(found.fleets, found.records or found.batches, first="`check` judged every answer.")
    return footnotes([*found.rows, *found.fleets], found.records)


def _writers() -> dict[str, Callable[[Comparison], str]]:
    from routewright.compare.html import as_html

    return {".html": as_html, ".md": as_markdown_text, ".tex": as_latex_text}
