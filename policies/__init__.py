"""Floor 2: learned policies, how answers are decoded from them, and what they are trained to do."""

from routewright.policies.config import PolicyConfig
from routewright.policies.critic import Critic
from routewright.policies.policy import Policy
from routewright.policies.presets import PRESETS, preset
from routewright.policies.rollout import Rollout, replay, roll_out, with_log_probs

__all__ = [
    "PRESETS", "Critic", "Policy", "PolicyConfig", "Rollout", "preset", "replay", "roll_out", "with_log_probs",
]  # fmt: skip
