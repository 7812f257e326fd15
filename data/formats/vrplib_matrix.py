"""EDGE_WEIGHT_SECTION: the matrix layouts of TSPLIB 95 (Reinelt 1991, section 1.2)."""

import numpy as np
from numpy.typing import NDArray

from routewright.data.formats.vrplib_lexer import Source

Floats = NDArray[np.float64]

# Of a symmetric matrix the columns of one triangle are the rows of the other.
_TRIANGLES: dict[str, tuple[str, int]] = {
    "LOWER_ROW": ("lower", -1),
    "UPPER_COL": ("lower", -1),
    "LOWER_DIAG_ROW": ("lower", 0),
    "UPPER_DIAG_COL": ("lower", 0),
    "UPPER_ROW": ("upper", 1),
    "LOWER_COL": ("upper", 1),
    "UPPER_DIAG_ROW": ("upper", 0),
    "LOWER_DIAG_COL": ("upper", 0),
}
LAYOUTS = ("FULL_MATRIX", *_TRIANGLES)


def read_matrix(source: Source, n: int) -> Floats:
    """The matrix [n, n] of a file with explicit distances, in the order of its nodes.

    The diagonal is 0 whatever the file says: ATSP files hold large numbers there to forbid
    standing still.
    """
    layout = source.word("EDGE_WEIGHT_FORMAT")
    if layout not in LAYOUTS:
        line = source.headers.get("EDGE_WEIGHT_FORMAT", ("", None))[1]
        source.fail(f"EDGE_WEIGHT_FORMAT is {layout or 'missing'}, must be one of {', '.join(LAYOUTS)}", line)
    if "EDGE_WEIGHT_SECTION" not in source.sections:
        source.fail("EDGE_WEIGHT_TYPE is EXPLICIT, but EDGE_WEIGHT_SECTION is missing")
    numbers = _finite(source)
    expected = _count(layout, n)
    if len(numbers) != expected:
        source.fail(
            f"EDGE_WEIGHT_SECTION holds {len(numbers)} numbers, {layout} of {n} nodes needs {expected}",
            source.sections["EDGE_WEIGHT_SECTION"].line,
        )
    matrix = _unfold(numbers, layout, n)
    np.fill_diagonal(matrix, 0.0)
    return matrix


def _finite(source: Source) -> Floats:
    numbers = source.stream("EDGE_WEIGHT_SECTION")
    wrong = ~np.isfinite(numbers) | (numbers < 0)
    if wrong.any():
        where = int(np.argmax(wrong))
        section = source.sections["EDGE_WEIGHT_SECTION"]
        row = int(np.searchsorted(np.cumsum([len(words) for words in section.rows]), where, side="right"))
        source.fail(f"EDGE_WEIGHT_SECTION: {numbers[where]:g}, must be finite and >= 0", section.lines[row])
    return numbers


def _count(layout: str, n: int) -> int:
    if layout == "FULL_MATRIX":
        return n * n
    return n * (n + 1) // 2 if "DIAG" in layout else n * (n - 1) // 2


def _unfold(numbers: Floats, layout: str, n: int) -> Floats:
    if layout == "FULL_MATRIX":
        return numbers.reshape(n, n).copy()
    side, offset = _TRIANGLES[layout]
    matrix = np.zeros((n, n))
    matrix[np.tril_indices(n, offset) if side == "lower" else np.triu_indices(n, offset)] = numbers
    upper_is_empty = side == "lower"
    return matrix + (np.tril(matrix, -1).T if upper_is_empty else np.triu(matrix, 1).T)
