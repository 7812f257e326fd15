"""The ground that nodes stand on: positions in the picture and the shape of its axes."""

from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from routewright.data.errors import InstanceError
from routewright.data.instance import Instance

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]


def positions(instance: Instance) -> Floats:
    """Positions [N, 2] as (right, up); (longitude, latitude) where coordinates are on the globe.

    Raises:
        InstanceError: if the instance has no coordinates.
    """
    if instance.coords is None:
        label = f" {instance.name!r}" if instance.name else ""
        raise InstanceError(f"instance{label} has distances but no coords: its nodes cannot be drawn")
    return instance.coords[:, ::-1] if _on_globe(instance) else instance.coords


def shape_axes(ax: "Axes", instance: Instance, places: Floats) -> None:
    """Make a unit to the right as long as one upwards, on the ground."""
    if not _on_globe(instance):
        ax.set_aspect("equal")
        return
    middle = float(places[:, 1].mean())
    ax.set_aspect(1.0 / max(cos(radians(middle)), 0.01))  # meridians meet at the poles
    ax.set_xlabel("longitude", fontsize=8)
    ax.set_ylabel("latitude", fontsize=8)


def width_to_height(instance: Instance, places: Floats) -> float:
    """How wide the ground is for its height, within what makes a readable figure."""
    across, up = np.ptp(places, axis=0)
    if _on_globe(instance):
        across *= cos(radians(float(places[:, 1].mean())))
    return float(np.clip(across / up if up > 0 else 2.0, 0.5, 2.0))


def _on_globe(instance: Instance) -> bool:
    # TSPLIB's GEO rule reads coordinates as latitude and longitude too (DDD.MM: close enough here).
    return instance.metric == "haversine" or instance.rounding == "geo"
