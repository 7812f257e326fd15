"""Pictures: Axes in, Axes out. Matplotlib loads when something is drawn, never pyplot."""

from routewright.data.draw.canvas import save_figure
from routewright.data.draw.convergence import plot_convergence
from routewright.data.draw.geojson import to_geojson, write_geojson
from routewright.data.draw.routes import plot
from routewright.data.draw.timetable import plot_timetable
from routewright.data.draw.web_map import plot_map

__all__ = [
    "plot",
    "plot_convergence",
    "plot_map",
    "plot_timetable",
    "save_figure",
    "to_geojson",
    "write_geojson",
]
