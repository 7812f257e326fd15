"""Which instances a policy was trained for, as its card says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import Any, Self


@dataclass(frozen=True)
class Coverage:
    """What a policy has learnt.

    Attributes:
        features: names of ``routewright.data.batch.features`` that its instances had.
        sizes: numbers of clients that they had, smallest first; of many different ones, the ends.
    """

    features: tuple[str, ...]
    sizes: tuple[int, ...]

    def missing(self, asked: Iterable[str]) -> list[str]:
        """Features that the policy never saw; none where it may be asked.

        One vehicle that has room for all is the case in which capacities are not felt.
        """
        known = {*self.features, *(["one vehicle"] if "capacities" in self.features else [])}
        return [name for name in asked if name not in known]

    def surplus(self, asked: Iterable[str]) -> int:
        """How many features the policy learnt to no use."""
        return len(set(self.features) - set(asked))

    def away(self, clients: int) -> float:
        """How far a size is from those that were learnt, as the logarithm of a factor; 0 between them."""
        smallest, largest = self.sizes[0], self.sizes[-1]
        return max(0.0, log(max(1, clients) / largest), log(smallest / max(1, clients)))

    def as_entry(self) -> dict[str, list[Any]]:
        """The entry of a card."""
        return {"features": list(self.features), "sizes": list(self.sizes)}

    @classmethod
    def from_entry(cls, entry: Any) -> Self:
        """Of ``as_entry``.

        Raises:
            ValueError: if the entry is none.
        """
        try:
            names, sizes = [str(name) for name in entry["features"]], [int(size) for size in entry["sizes"]]
        except (TypeError, KeyError, ValueError) as error:
            raise ValueError(f"covers is {entry!r}, must have features and sizes") from error
        if not sizes or sizes != sorted(sizes) or sizes[0] < 1:
            raise ValueError(f"covers has the sizes {sizes}, must have positive ones in order")
        return cls(tuple(names), tuple(sizes))

    def __str__(self) -> str:
        sizes = f"{self.sizes[0]} to {self.sizes[-1]}" if len(self.sizes) > 1 else str(self.sizes[0])
        return f"{', '.join(self.features) or 'nothing but ways'}; trained on {sizes} clients"
