"""What a new plan does differently."""

from dataclasses import dataclass

from routewright.data.instance import Instance
from routewright.data.solution import Solution


@dataclass(frozen=True)
class Changes:
    """The difference of two plans whose routes have the same numbers.

    Attributes:
        added: (client, route) of those that only the new plan visits.
        dropped: (client, route) of those that only the old one visits.
        moved: (client, old route, new route).
        reordered: routes that visit the same clients in another order.
        new_routes: that the old plan did not have.
        instance: for the names of nodes.
    """

    added: tuple[tuple[int, int], ...]
    dropped: tuple[tuple[int, int], ...]
    moved: tuple[tuple[int, int, int], ...]
    reordered: tuple[int, ...]
    new_routes: tuple[int, ...]
    instance: Instance

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.moved or self.reordered or self.new_routes)

    def __str__(self) -> str:
        label = self.instance.label
        lines = [f"client {label(client)}: new, on route {route}" for client, route in self.added]
        lines += [f"client {label(client)}: no longer on route {route}" for client, route in self.dropped]
        lines += [
            f"client {label(client)}: from route {before} to route {after}" for client, before, after in self.moved
        ]
        lines += [f"route {route}: new order" for route in self.reordered]
        lines += [f"route {route}: new" for route in self.new_routes]
        return "\n".join(lines) or "nothing changed"


def changes(instance: Instance, before: Solution, after: Solution) -> Changes:
    """Compare two plans, route by route."""
    old, new = _routes(before), _routes(after)
    both = old.keys() & new.keys()
    moved = tuple((client, old[client], new[client]) for client in sorted(both) if old[client] != new[client])
    touched = {route for _, *routes in moved for route in routes}
    added = tuple((client, new[client]) for client in sorted(new.keys() - old.keys()))
    dropped = tuple((client, old[client]) for client in sorted(old.keys() - new.keys()))
    touched |= {route for _, route in (*added, *dropped)}
    pairs = zip(before, after, strict=False)
    reordered = tuple(n for n, (a, b) in enumerate(pairs) if n not in touched and a.stops != b.stops)
    return Changes(added, dropped, moved, reordered, tuple(range(len(before), len(after))), instance)


def _routes(plan: Solution) -> dict[int, int]:
    return {client: number for number, route in enumerate(plan) for client in route.stops}
