"""Figures of our own, and files of anyone's.

Figures are made without pyplot: they need no screen, change no global state and are freed when the
last reference to their Axes goes.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from routewright.data.errors import FormatError
from routewright.data.formats.atomic import atomic_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

INK = "#22262b"
"""Text and depots."""
FAINT = "#8a929c"
"""What is there for orientation only."""


def new_axes(width: float, height: float) -> "Axes":
    """Axes of a new figure of ``width`` x ``height`` inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def quiet_frame(ax: "Axes") -> None:
    """Leave the frame and its numbers in the background."""
    for spine in ax.spines.values():
        spine.set_color("#d5d9de")
    ax.tick_params(colors=FAINT, labelsize=8, length=3)
    ax.xaxis.label.set_color(INK)
    ax.yaxis.label.set_color(INK)


def set_heading(ax: "Axes", name: str, facts: str) -> None:
    """The name as title, the facts in a smaller line below it; either may be empty."""
    ax.set_title("\n".join(filter(None, [name, facts])), fontsize=11, color=INK, loc="left")


def save_figure(ax: "Axes", path: str | Path, dpi: float = 150.0) -> None:
    """Write the whole figure of ``ax``; the suffix of ``path`` (png, pdf, svg …) is the format.

    Raises:
        FormatError: if matplotlib has no such format, or the file cannot be written.
    """
    from matplotlib.figure import SubFigure

    figure = ax.figure.figure if isinstance(ax.figure, SubFigure) else ax.figure
    known = figure.canvas.get_supported_filetypes()
    suffix = Path(path).suffix[1:].lower()
    if suffix not in known:
        raise FormatError(path, f"pictures end in {', '.join(sorted(known))}, not in {suffix or 'nothing'!r}")
    with atomic_path(path) as temporary:
        figure.savefig(temporary, format=suffix, dpi=dpi, bbox_inches=_everything(figure))


def _everything(figure: "Figure") -> "Bbox":
    """The figure in inches, and what sticks out of it: a layout may leave a heading too little room."""
    from matplotlib.transforms import Bbox

    figure.draw_without_rendering()  # lays it out
    drawn = figure.get_tightbbox()
    whole = figure.bbox_inches
    inside = whole.containsx(drawn.x0) and whole.containsx(drawn.x1) and whole.containsy(drawn.y0)
    return whole if inside and whole.containsy(drawn.y1) else Bbox.union([whole, drawn.padded(0.1)])
