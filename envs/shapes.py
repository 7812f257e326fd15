"""Shapes of tensors, as signatures and docstrings name them.

* ``batch`` (B): instances; ``starts`` (S): episodes of each; ``*batch``: batch, or batch and starts;
* ``nodes`` (N): of an instance, the first of which are ``doors`` (D), then ``clients``, ``reloads`` (R)
  and ``stations`` (M);
* ``loads`` (K): dimensions of a load; ``profiles`` (P): of travel, where vehicle types differ;
* ``steps`` (T): of an episode; ``queries`` (Q): to a policy, which are starts, or several steps of each.
"""

from jaxtyping import Bool, Float, Int64
from torch import Tensor

Node = Int64[Tensor, "batch starts"]
"""One of each row."""
Flag = Bool[Tensor, "batch starts"]
"""Of each row."""
Number = Float[Tensor, "batch starts"]
"""Of each row."""
Mask = Bool[Tensor, "batch starts nodes"]
"""Of each node."""
PerNode = Float[Tensor, "batch starts nodes"]
"""A number of each node."""
