"""Which instances are tours."""

from routewright.data.batch import features, unsupported
from routewright.data.instance import MATRIX_LIMIT, Instance
from routewright.solvers.lk.problem import on_plane

KNOWN = {"one vehicle", "matrices"}


def reasons_against(instance: Instance) -> list[str]:
    """What makes of ``instance`` more than a tour of one vehicle through all places; empty where it is one."""
    found = features(instance)
    reasons = [name for name in found if name not in KNOWN]
    if "one vehicle" not in found:
        reasons.append("fleets of more than one vehicle")
    if instance.depots > 1 and "several depots" not in reasons:  # of which the vehicle stands at one
        reasons.append("several depots")
    reasons += [name for name in unsupported(instance) if name not in reasons]
    if not reasons and not on_plane(instance) and instance.n_nodes > MATRIX_LIMIT:
        reasons.append(f"distances that are no plain ones, for more than {MATRIX_LIMIT} places")
    return reasons
