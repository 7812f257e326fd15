"""Pictures: Axes in, Axes out. Matplotlib loads when something is drawn, never pyplot."""

from routewright.data.draw.canvas import save_figure
from routewright.data.draw.convergence import plot_convergence
from routewright.data.draw.routes import plot
from routewright.data.draw.timetable import plot_timetable

__all__ = ["plot", "plot_convergence", "plot_timetable", "save_figure"]
