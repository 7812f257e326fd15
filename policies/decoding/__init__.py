"""From scores to answers; knows nothing of problems."""

from routewright.policies.decoding.augment import eightfold, rotated
from routewright.policies.decoding.beam import beam_search
from routewright.policies.decoding.best import Decoded, best
from routewright.policies.decoding.choose import Sampling, greedy
from routewright.policies.decoding.decode import AUGMENTATIONS, METHODS, decode
from routewright.policies.decoding.starts import distinct_starts

__all__ = [
    "AUGMENTATIONS", "METHODS", "Decoded", "Sampling", "beam_search", "best", "decode", "distinct_starts", "eightfold",
    "greedy", "rotated",
]  # fmt: skip
