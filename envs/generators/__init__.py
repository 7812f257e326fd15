"""Instances drawn on the device, as batches that environments reset from."""

from routewright.envs.generators.cities import City, grown_city, read_city, roads
from routewright.envs.generators.mtvrp import mtvrp
from routewright.envs.generators.orienteering import orienteering
from routewright.envs.generators.places import PLACES, Places, heaps, uniform
from routewright.envs.generators.prize_collecting import prize_collecting
from routewright.envs.generators.tsp import tsp
from routewright.envs.generators.xstyle import xstyle
from routewright.envs.generators.xstyle_places import scattered

__all__ = [
    "PLACES", "City", "Places", "grown_city", "heaps", "mtvrp", "orienteering", "prize_collecting", "read_city",
    "roads", "scattered", "tsp", "uniform", "xstyle",
]  # fmt: skip
