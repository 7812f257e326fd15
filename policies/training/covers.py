"""Which instances a recipe trains for."""

from collections.abc import Iterable

from routewright.data.batch import features
from routewright.data.formats.read import read
from routewright.data.generators.attributes import attributes
from routewright.data.instance import Instance
from routewright.data.labels import read_labels
from routewright.policies.coverage import Coverage
from routewright.policies.training.recipe import Files, Generated, Recipe
from routewright.policies.training.sources import found

TOUR = ("one vehicle", "optional clients")
OWN = {
    "mtvrp": (),
    "roads": ("matrices",),
    "xstyle": ("capacities",),
    "tsp": ("one vehicle",),
    "orienteering": (*TOUR, "distance limits", "ways without a price"),
    "prize_collecting": (*TOUR, "least reward"),
}
"""Features of each generator's instances, whatever their variant. No ``Instance`` has a least reward."""


def coverage(recipe: Recipe) -> Coverage:
    """Features and sizes of the instances that a recipe draws."""
    data = recipe.data
    if isinstance(data, Generated):
        return _generated(data)
    if isinstance(data, Files):
        return _seen(read(path) for path in found(data.files, recipe.folder))
    return _seen(label.instance for path in found(data.labels, recipe.folder) for label in read_labels(path))


def variant_features(variant: str) -> tuple[str, ...]:
    """Features of one of the 48 variants, or of a tour."""
    wanted = attributes(variant)
    if wanted.tour:
        return ("one vehicle",)
    present = {
        "capacities": True,
        "time windows": wanted.windows,
        "classic backhauls": wanted.backhaul == "classic",
        "mixed backhauls": wanted.backhaul == "mixed",
        "several depots": wanted.depots,
        "open routes": wanted.open,
        "distance limits": wanted.limit,
    }
    return tuple(name for name, there in present.items() if there)


def _generated(data: Generated) -> Coverage:
    names = list(OWN[data.generator])
    if data.generator in ("mtvrp", "roads"):
        names += [name for variant in data.options.get("variants", ("CVRP",)) for name in variant_features(variant)]
    depot = 1 if data.generator == "tsp" else 0  # its cities count the depot
    return Coverage(tuple(dict.fromkeys(names)), tuple(sorted({size - depot for size in data.n})))


def _seen(instances: Iterable[Instance]) -> Coverage:
    names, sizes = dict[str, None](), set[int]()
    for instance in instances:
        names |= dict.fromkeys(features(instance))
        sizes.add(instance.n_clients)
    return Coverage(tuple(names), tuple(sorted({min(sizes), max(sizes)})))
