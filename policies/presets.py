"""Policies of the literature, and ours, by name."""

from routewright.data.errors import RoutewrightError
from routewright.policies.config import PolicyConfig

POMO = PolicyConfig()
"""Kwon et al. (2020): six layers, instance norm, no graph context; for CVRP."""

ATTENTION_MODEL = PolicyConfig(layers=3, norm="batch", graph_context=True)
"""Kool, van Hoof & Welling (2019); for CVRP."""

ROUTEFINDER = PolicyConfig(
    encoder="prenorm",
    doors=("x", "y", "open", "limit", "limited", "closes", "windowed", "classic", "mixed"),
    clients=("x", "y", "delivery", "pickup", "opens", "closes", "service"),
    context=("load_left", "pickup_left", "clock", "length_left", "stage", "on_road", "open"),
    origin=True,
)
"""Berto et al. (2024), with inputs for the 48 variants; attributes of the whole instance stand in the depots."""

ROAD = ROUTEFINDER.but(attention_bias="distance", ranks=16, logit_bias=True)
"""For asymmetric distances and durations, after Son et al. (2025, RRNCO)."""

GRAPH = ROUTEFINDER.but(encoder="graph", layers=6, logit_bias=True)
"""Gated messages between nearest neighbours."""

PRESETS = {
    "pomo": POMO,
    "attention-model": ATTENTION_MODEL,
    "routefinder": ROUTEFINDER,
    "road": ROAD,
    "graph": GRAPH,
}


def preset(name: str) -> PolicyConfig:
    """A configuration by its name.

    Raises:
        RoutewrightError: if the name is unknown.
    """
    if name not in PRESETS:
        raise RoutewrightError(f"preset {name!r} is unknown, must be one of {', '.join(PRESETS)}")
    return PRESETS[name]
