"""What training minimises, as plain functions of rollouts."""

from routewright.policies.objectives.baselines import (
    Baseline,
    CriticBaseline,
    ExponentialBaseline,
    GreedyBaseline,
    NoBaseline,
    SharedBaseline,
)
from routewright.policies.objectives.edges import edges, successors
from routewright.policies.objectives.entropy import entropy
from routewright.policies.objectives.imitation import imitation
from routewright.policies.objectives.lesson import Experience, Lesson, experience, lesson
from routewright.policies.objectives.normalise import VariantNormaliser
from routewright.policies.objectives.ppo import ppo
from routewright.policies.objectives.reinforce import advantage, reinforce

__all__ = [
    "Baseline",
    "CriticBaseline",
    "Experience",
    "ExponentialBaseline",
    "GreedyBaseline",
    "Lesson",
    "NoBaseline",
    "SharedBaseline",
    "VariantNormaliser",
    "advantage",
    "edges",
    "entropy",
    "experience",
    "imitation",
    "lesson",
    "ppo",
    "reinforce",
    "successors",
]  # fmt: skip
