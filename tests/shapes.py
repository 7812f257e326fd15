"""Calls checked against the shapes and types of their signatures while tests run."""

from collections.abc import Sequence

from jaxtyping import install_import_hook

ALL = ("routewright.envs", "routewright.policies")
CALLED_BY_USERS = (
    "routewright.envs.env",
    "routewright.envs.generators",
    "routewright.envs.rollout",
    "routewright.policies.critic",
    "routewright.policies.decoding",
    "routewright.policies.objectives",
    "routewright.policies.policy",
    "routewright.policies.rollout",
    "routewright.policies.stranded",
)
"""Checked in every test, which takes a tenth of the time; checking all of them would double it."""


def check_shapes(modules: Sequence[str]) -> None:
    """Check functions of modules that are not imported yet; whole numbers pass for fractional ones."""
    install_import_hook(modules, "beartype.beartype(conf=beartype.BeartypeConf(is_pep484_tower=True))")
