"""Floor 1: batched environments that policies are trained in and files are stepped through."""

from routewright.envs.check_env import check_env
from routewright.envs.env import IllegalActionError, VRPEnv
from routewright.envs.rollout import rollout, sample
from routewright.envs.state import State

__all__ = ["IllegalActionError", "State", "VRPEnv", "check_env", "rollout", "sample"]
