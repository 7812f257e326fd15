"""A broken rule in words: what is wrong, by how much, where, and what could be done about it."""

from routewright.data.check.violation import Kind, Violation
from routewright.data.instance import Instance

RULES: dict[Kind, tuple[str, str]] = {
    "unknown node": ("A stop does not exist", "Stops are indices of nodes: depots first, then clients, then stations"),
    "depot in trip": (
        "A depot stands among the stops",
        "Leave it out: a route starts and ends at its vehicle's depots; to call at one in between, begin another trip",
    ),
    "repeated client": ("A client is visited more than once", "Keep one of the visits, or allow split=True"),
    "missing client": (
        "A client that must be served is not",
        "Put it into a route, give the fleet more vehicles, or make it optional (required=False, with a prize)",
    ),
    "group": ("Of a group exactly one client is visited", "Keep the visit that suits best and drop the others"),
    "unserved": (
        "The list of unserved clients is wrong",
        "List only clients that no route visits; the list may also stay empty",
    ),
    "vehicle type": ("A route's vehicle does not exist", "Route.vehicle_type counts Instance.vehicle_types from 0"),
    "vehicle count": (
        "More vehicles drive than there are",
        "Join routes, use another type, or raise the type's count (None is unlimited)",
    ),
    "depot": (
        "A route starts or ends at another depot than its vehicle",
        "Leave start and end of the route at None, or give the vehicle type that depot",
    ),
    "allowed": ("A vehicle may not go there", "Give the client to another type, or add it to the type's allowed"),
    "trips": (
        "A vehicle goes out too often",
        "Join trips, use a further vehicle, or raise max_trips (which needs reload_depots)",
    ),
    "reload depot": (
        "A vehicle reloads where it cannot",
        "Name one of the type's reload_depots for each pause between two trips, or none at all",
    ),
    "empty trip": ("A trip goes nowhere", "Leave trips without stops out"),
    "quantity": (
        "What is handled does not add up to the client's load",
        "Give a quantity >= 0 for each stop and load dimension, the whole load together, or no quantities at all",
    ),
    "capacity": (
        "A vehicle carries too much",
        "Move a client to another route or trip, use a larger vehicle, or let it reload on the way (reload_depots)",
    ),
    "pair": (
        "A pickup and its delivery belong together",
        "Put both into the same trip, the pickup first, and deliver what was picked up",
    ),
    "backhaul": (
        "Deliveries come before pickups, and no trip has pickups only",
        "Reorder the trip, add a delivery to it, or choose backhaul='mixed'",
    ),
    "departure": (
        "A vehicle leaves at an impossible time",
        "Let the evaluator choose (departure=None), or leave after the latest release and within shift and depot hours",
    ),
    "window": (
        "A place is reached too late",
        "Visit it earlier or by another vehicle, widen its window, or let lateness cost something (lateness_cost)",
    ),
    "return": (
        "A vehicle comes back after its depot has closed",
        "Shorten the route, or open the depot longer",
    ),
    "shift": ("A vehicle is under way after its shift", "Shorten the route, leave earlier, or lengthen the shift"),
    "duration": (
        "A vehicle is under way for too long",
        "Shorten the route, leave later to wait less, or allow overtime (max_overtime)",
    ),
    "break": (
        "The driver finds no place to rest",
        "A rest is taken at a stop or the start depot: let one fall into its time, widen it, or leave later",
    ),
    "distance": ("A vehicle drives too far", "Shorten the route, or raise max_distance"),
    "battery": (
        "The battery runs out",
        "Call at a charging station earlier, charge more there, shorten the trip, or take a larger battery",
    ),
    "charge": (
        "What is charged does not fit",
        "Give one amount for each visit of a station, between 0 and the room in the battery; None fills it",
    ),
    "cost": ("The claimed cost is wrong", "Claim the cost in reported units (raw / scale), or none"),
}
"""For each kind of violation the rule in words, and what could be done."""

HOPELESS = "cannot be served"
"""Words of a reason that holds for every plan (``routewright.solvers.hopeless``)."""


def explain(violation: Violation, instance: Instance | None = None) -> str:
    """A paragraph for people: the rule, the numbers and the place, and what could be done.

    Args:
        violation: one of ``check`` or of ``Result.violations``.
        instance: that it is about; with it nodes and vehicles are called by their names too.
    """
    rule, advice = RULES[violation.kind]
    if HOPELESS in violation.message:
        rule = "No plan can serve a client that must be served"
        advice = "Change the instance where the reason says, or make the client optional (required=False, with a prize)"
    place = "" if instance is None else _place(violation, instance)
    return f"{rule}: {violation.message}{place}. {advice}."


def _place(violation: Violation, instance: Instance) -> str:
    """Name and coordinates of the node, as far as there are any."""
    node = violation.node
    if node is None or not 0 <= node < instance.n_nodes:
        return ""
    named = f" is {instance.names[node]!r}," if instance.names and instance.names[node] else " is"
    kind = "a depot" if node < instance.depots else "a client" if node in instance.clients else "a charging station"
    where = "" if instance.coords is None else " at ({:g}, {:g})".format(*instance.coords[node])
    return f" (node {node}{named} {kind}{where})"
