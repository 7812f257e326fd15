"""Graphs against sorting by hand."""

import torch

from routewright.policies.networks.neighbours import nearest


def test_edges_lead_to_the_nearest_clients_and_to_all_doors(generator: torch.Generator) -> None:
    distance = torch.rand(3, 9, 9, generator=generator)
    real = torch.ones(3, 9, dtype=torch.bool)
    real[1, 1], real[1, 7:] = False, False  # a door and two clients
    near = nearest(distance, k=3, doors=2, real=real)
    edges = set(zip(near.row.tolist(), near.start.tolist(), near.end.tolist(), strict=True))
    expected = set()
    for row in range(3):
        nodes = [node for node in range(9) if real[row, node]]
        for start in nodes:
            clients = sorted((distance[row, start, end].item(), end) for end in nodes if end > 1 and end != start)
            doors = [end for end in nodes if end < 2 and end != start]
            expected |= {(row, start, end) for end in [*doors, *(end for _, end in clients[:3])]}
    assert edges == expected
    flat = {(row * 9 + end, row * 9 + start) for row, start, end in edges}
    assert set(zip(*near.messages.tolist(), strict=True)) == flat
