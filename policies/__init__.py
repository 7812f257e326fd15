"""Floor 2: learned policies, how answers are decoded from them, and what they are trained to do.

The names below are loaded when they are first used: who reads cards needs no torch.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what the table below says, for mypy and editors
    from routewright.policies.config import PolicyConfig
    from routewright.policies.critic import Critic
    from routewright.policies.policy import Policy
    from routewright.policies.presets import PRESETS, preset
    from routewright.policies.rollout import Rollout, replay, roll_out, with_log_probs

_HOME = {
    "PRESETS": "presets",
    "Critic": "critic",
    "Policy": "policy",
    "PolicyConfig": "config",
    "Rollout": "rollout",
    "preset": "presets",
    "replay": "rollout",
    "roll_out": "rollout",
    "with_log_probs": "rollout",
}

__all__ = [
    "PRESETS", "Critic", "Policy", "PolicyConfig", "Rollout", "preset", "replay", "roll_out", "with_log_probs",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value  # found at once from now on
    return value
