"""Four clients on the corners of a square around the depot, as files; all numbers known by hand.

Each corner is (30, 40) away, that is 50: four routes of one client cost 400. Neighbours are 60 or 80
apart, so one route around costs 50 + 60 + 80 + 60 + 50 = 300, which is the best.
"""

from pathlib import Path

CORNERS = ((30, 40), (-30, 40), (-30, -40), (30, -40))
SINGLE_ROUTES_COST = 400.0
BEST_COST = 300.0


def write_square(folder: Path, name: str = "square", *, capacity: int = 4, extra: str = "", solution: str = "") -> Path:
    places = ((0, 0), *CORNERS)
    coords = "\n".join(f"{number} {x} {y}" for number, (x, y) in enumerate(places, start=1))
    demand = "\n".join(f"{number} {int(number > 1)}" for number in range(1, 6))
    path = folder / f"{name}.vrp"
    path.write_text(
        f"NAME : {name}\nTYPE : CVRP\nDIMENSION : 5\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : {capacity}\n{extra}"
        f"NODE_COORD_SECTION\n{coords}\nDEMAND_SECTION\n{demand}\nDEPOT_SECTION\n1\n-1\nEOF\n"
    )
    if solution:
        path.with_suffix(".sol").write_text(solution)
    return path


BEST = "Route #1: 1 2 3 4\nCost 300\n"
