"""The evaluator: what a solution costs and when everything in it happens (docs/problem.md)."""

from routewright.data.evaluate.evaluation import Evaluation, evaluate
from routewright.data.evaluate.timetable import CostParts, RouteTimetable, TakenBreak, TimedStop

__all__ = ["CostParts", "Evaluation", "RouteTimetable", "TakenBreak", "TimedStop", "evaluate"]
