"""How long pieces of work take, from those that were done, so that none is begun that would not end in time."""

from math import inf

KNEE = {"cpu": 40_000, "cuda": 4_000_000}
"""Nodes of all episodes at which a step takes twice the time that it takes however few they are."""

PART = 0.33
"""Share of the time left that a piece may take, so that little is lost if it takes longer."""

SAFETY = 0.85
"""The same, where not a single episode would fit into that part."""


class Pace:
    """Learns from the last piece.

    Args:
        device: cpu or cuda.
        nodes: of an instance.
    """

    def __init__(self, device: str, nodes: int) -> None:
        self._per_episode = nodes / KNEE[device]
        self._step = 0.0  # what an episode takes by itself, before its share
        self._encoding = 0.0

    def learn(self, rows: int, episodes: int, encoding: float, playing: float) -> None:
        """A piece of so many rows, each an instance seen from one side, and episodes took so many seconds."""
        self._encoding = encoding / rows
        self._step = playing / (1.0 + episodes * self._per_episode)

    def fitting(self, instances: int, episodes: int, left: float) -> int:
        """How many episodes each instance can play in the time left, seen from one side; at most ``episodes``."""
        if left == inf or not self._step:
            return episodes
        return min(episodes, self._within(PART * left, instances) or self._within(SAFETY * left, instances))

    def _within(self, seconds: float, instances: int) -> int:
        spare = (seconds - instances * self._encoding) / self._step - 1.0
        return max(0, int(spare / self._per_episode / instances))
