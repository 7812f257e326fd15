"""What stands in for LKH: reads its files, tries every plan, and writes the best one as LKH does.

Depots beyond the first are numbers above the dimension; the tour may begin anywhere.
"""

import sys
from itertools import pairwise, permutations
from pathlib import Path


def main() -> None:
    words = dict(line.split(" = ") for line in Path(sys.argv[1]).read_text().splitlines() if " = " in line)
    text = Path(words["PROBLEM_FILE"]).read_text()
    head = dict(line.split(" : ") for line in text.splitlines() if " : " in line)
    n = int(head["DIMENSION"])
    numbers = text.split("EDGE_WEIGHT_SECTION")[1].split()
    matrix = [[int(word) for word in numbers[row * n : (row + 1) * n]] for row in range(n)]
    room, load = int(head.get("CAPACITY", n)), [1] * n
    if "DEMAND_SECTION" in text:
        pairs = text.split("DEMAND_SECTION")[1].split()[: 2 * n]
        load = [int(word) for word in pairs[1::2]]
    routes = best(matrix, load, room, int(words.get("VEHICLES", 1)))
    tour = [1]
    for number, route in enumerate(routes):
        tour += ([n + number] if number else []) + [client + 1 for client in route]
    tour = tour[2:] + tour[:2]
    lines = ["NAME : x", f"DIMENSION : {len(tour)}", "TOUR_SECTION", *map(str, tour), "-1", "EOF"]
    Path(words["TOUR_FILE"]).write_text("\n".join(lines))


def best(matrix: list[list[int]], load: list[int], room: int, vehicles: int) -> list[list[int]]:
    plans: list[tuple[int, list[list[int]]]] = []
    for order in permutations(range(1, len(matrix))):
        for cuts in range(2 ** (len(order) - 1)):
            routes = [[order[0]]]
            for place, client in enumerate(order[1:]):
                if cuts >> place & 1:
                    routes.append([])
                routes[-1].append(client)
            if len(routes) <= vehicles and all(sum(load[c] for c in route) <= room for route in routes):
                ways = [[0, *route, 0] for route in routes]
                plans.append((sum(matrix[a][b] for way in ways for a, b in pairwise(way)), routes))
    return min(plans)[1]


if __name__ == "__main__":
    main()
