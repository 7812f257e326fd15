"""Training: recipes, where instances come from, and the loop that Lightning runs."""

from routewright.policies.training.recipe import Recipe, read_recipe
from routewright.policies.training.run import Trained, train

__all__ = ["Recipe", "Trained", "read_recipe", "train"]
