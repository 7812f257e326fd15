"""What a claimed cost means: files state some in raw units, and unrounded ones to a few decimals."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from routewright.data.check import Violation
    from routewright.data.instance import Instance
    from routewright.data.solution import Solution


def judge(
    instance: "Instance", solution: "Solution", claimed: float | None
) -> tuple["list[Violation]", float | None, str]:
    """What the judge says, the cost where all rules hold, and how the claim was understood.

    The judge itself takes claims in reported units only; a claim that it refutes is accepted here
    if it is exactly the raw cost, or the cost rounded to the decimals that it is written with
    (one at least: a whole number is no rounded cost).
    """
    from routewright.data.check import check
    from routewright.data.evaluate import evaluate

    violations = check(instance, solution, claimed)
    if any(violation.kind != "cost" for violation in violations):
        return violations, None, ""
    found = evaluate(instance, solution)
    if claimed is None or not violations:
        return [], found.cost, "none was claimed" if claimed is None else "as claimed"
    words = _other_reading(claimed, found.raw, found.cost)
    return ([], found.cost, words) if words else (violations, None, "")


def _other_reading(claimed: float, raw: float, cost: float) -> str:
    if claimed == raw:
        return "as claimed, in raw units"
    decimals = _decimals(claimed)
    if decimals and round(cost, decimals) == claimed:
        return f"as claimed, to {decimals} decimal{'s' if decimals > 1 else ''}"
    return ""


def _decimals(number: float) -> int:
    """Digits after the point of the shortest text that means ``number``; none where that has an exponent."""
    digits = repr(number).partition(".")[2]
    return len(digits) if digits.isdigit() and digits != "0" else 0
