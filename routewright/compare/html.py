"""One HTML file that holds a whole comparison, pictures too, and asks nothing of a network."""

from base64 import b64encode
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from routewright.compare.charts import draw_curves, draw_dots, draw_profile
from routewright.compare.comparison import Comparison
from routewright.compare.gallery import best_routes
from routewright.compare.machine import without_paths

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DPI = 130.0


def as_html(found: Comparison) -> str:
    """The report as a page."""
    from jinja2 import Environment

    from routewright.compare.reports import notes

    template = files("routewright.compare").joinpath("templates", "report.html").read_text(encoding="utf-8")
    grids = found.tables()
    last = max([*found.records, *found.batches], key=lambda each: each.context.get("time", ""), default=None)
    context = last.context if last is not None else {}
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(template).render(
        title=_title(found),
        facts=_facts(found),
        grids=grids,
        charts=_charts(found),
        routes=[(as_source(each.axes), each.words) for each in best_routes(found)],
        notes=[line.removeprefix("- ").replace("`", "") for line in notes(found).splitlines()],
        command=without_paths(context.get("command", "")).replace("__main__.py", "routewright"),
    )  # fmt: skip


def as_source(axes: "Axes") -> str:
    """A picture as the source of an ``img``."""
    picture = BytesIO()
    axes.figure.savefig(picture, format="png", dpi=DPI)  # type: ignore[union-attr]
    return f"data:image/png;base64,{b64encode(picture.getvalue()).decode()}"


def _charts(found: Comparison) -> list[tuple[str, str]]:
    """Sources and what they show."""
    if not found.rows:
        return []
    drawn = [
        (draw_curves(found), "Mean gap over CPU time of each solver"),
        (draw_profile(found), "Share of runs within a gap"),
        (draw_dots(found), "Gap of each solver on each instance"),
    ]
    return [(as_source(axes), words) for axes, words in drawn if axes is not None]


def _title(found: Comparison) -> str:
    return " · ".join(found.solvers)


def _facts(found: Comparison) -> list[tuple[str, str]]:
    records = [*found.records, *found.batches]
    seeds = len({record.seed for record in records})
    days = sorted({record.context["time"][:10] for record in records if "time" in record.context})
    return [
        (str(len(found.files)), "instance" if len(found.files) == 1 else "instances"),
        (str(len(found.solvers)), "solver" if len(found.solvers) == 1 else "solvers"),
        (str(seeds), "seed" if seeds == 1 else "seeds"),
        (" / ".join(f"{budget:g}" for budget in found.budgets) or "-", "CPU seconds each"),
        (" to ".join(dict.fromkeys([days[0], days[-1]])) if days else "-", "measured"),
    ]
