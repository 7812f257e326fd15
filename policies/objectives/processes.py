"""What processes that train together know of each other's batches."""

from torch import Tensor, distributed


def over_processes(value: Tensor) -> Tensor:
    """The sum of a tensor over all processes, each of which must ask; the tensor itself where there is only one."""
    if distributed.is_available() and distributed.is_initialized():
        distributed.all_reduce(value)
    return value
