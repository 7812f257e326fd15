"""What failed episodes are worth."""

import torch

from routewright.policies.stranded import priced

INF = float("inf")


def test_failed_episodes_are_half_as_bad_again_as_the_worst() -> None:
    costs = priced(torch.tensor([[2.0, INF, 4.0], [1.0, 2.0, 3.0], [INF, -4.0, -2.0]]))
    assert costs.cost.tolist() == [[2.0, 6.0, 4.0], [1.0, 2.0, 3.0], [-1.0, -4.0, -2.0]]
    assert costs.counts.all()


def test_instances_without_any_finished_episode_are_left_out() -> None:
    costs = priced(torch.tensor([[INF, INF], [1.0, 2.0]]))
    assert costs.cost.isfinite().all()
    assert costs.counts.tolist() == [[False], [True]]
