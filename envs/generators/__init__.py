"""Instances drawn on the device, as batches that environments reset from."""

from routewright.envs.generators.mtvrp import mtvrp
from routewright.envs.generators.orienteering import orienteering
from routewright.envs.generators.places import PLACES, Places, heaps, uniform

__all__ = ["PLACES", "Places", "heaps", "mtvrp", "orienteering", "uniform"]
