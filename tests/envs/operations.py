"""What a device is asked to do."""

from types import TracebackType
from typing import Any, Self

from torch.utils._python_dispatch import TorchDispatchMode

from routewright.envs import fitting

WAITING = ("_local_scalar_dense", "nonzero", "masked_select", "unique", "lift_fresh", "scalar_tensor")
"""Operations that read from a device, or write numbers of Python to it, and wait until that is done."""


class Operations(TorchDispatchMode):
    """Collects the operations inside a ``with``, as a GPU would be asked for them."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.names: list[str] = []
        self._loop = fitting.compiled_loop

    def __enter__(self) -> Self:
        fitting.compiled_loop = lambda: None  # type: ignore[assignment]  # processors have a loop of their own
        super().__enter__()  # type: ignore[no-untyped-call]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)  # type: ignore[no-untyped-call]
        fitting.compiled_loop = self._loop

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.names.append(str(func))
        return func(*args, **(kwargs or {}))

    def waiting(self) -> list[str]:
        """Those that make the asker wait."""
        return [name for name in self.names if any(word in name for word in WAITING)]
