"""Choosing actions by their scores."""

from collections.abc import Callable

import pytest
import torch

from routewright.data.errors import RoutewrightError
from routewright.policies.decoding import Sampling, greedy
from routewright.policies.decoding.choose import _by_race, _by_running_sum
from routewright.policies.decoding.truncate import most_likely, nucleus

INF = float("inf")


def test_greedy_takes_the_highest_score() -> None:
    assert greedy(torch.tensor([[[-INF, 1.0, 3.0], [5.0, -INF, -INF]]])).tolist() == [[2, 0]]


def test_actions_are_drawn_as_often_as_they_are_likely(generator: torch.Generator) -> None:
    shares = torch.tensor([0.1, 0.0, 0.6, 0.3])
    drawn = Sampling(generator)(shares.log().expand(20_000, 4))
    frequency = drawn.bincount(minlength=4) / 20_000
    torch.testing.assert_close(frequency, shares, rtol=0.0, atol=0.015)
    assert frequency[1] == 0.0


def test_a_low_temperature_prefers_the_best(generator: torch.Generator) -> None:
    scores = torch.tensor([1.0, 2.0]).expand(20_000, 2)
    shares = [Sampling(generator, temperature=heat)(scores).float().mean().item() for heat in (0.1, 1.0, 10.0)]
    expected = [torch.tensor(1 / heat).sigmoid().item() for heat in (0.1, 1.0, 10.0)]
    assert shares == pytest.approx(expected, abs=0.015)


@pytest.mark.parametrize("way", [_by_running_sum, _by_race])
def test_shares_are_drawn_alike_on_every_device(
    way: Callable[[torch.Tensor, torch.Generator], torch.Tensor], generator: torch.Generator
) -> None:
    shares = torch.tensor([0.1, 0.0, 0.6, 0.3])
    frequency = way(shares.expand(100_000, 4), generator).bincount(minlength=4) / 100_000
    torch.testing.assert_close(frequency, shares, rtol=0.0, atol=0.007)
    assert frequency[1] == 0.0


@pytest.mark.parametrize("way", [_by_running_sum, _by_race])
def test_no_share_is_never_drawn_even_at_the_very_end(
    way: Callable[[torch.Tensor, torch.Generator], torch.Tensor],
) -> None:
    shares = torch.tensor([[0.25, 0.5, 0.25, 0.0, 0.0]]).expand(100_000, 5)
    assert way(shares, torch.Generator().manual_seed(3)).max() <= 2


def test_only_the_most_likely_are_left() -> None:
    scores = torch.tensor([[1.0, 4.0, 2.0, -INF], [3.0, -INF, -INF, -INF]])
    assert most_likely(scores, 2).tolist() == [[-INF, 4.0, 2.0, -INF], [3.0, -INF, -INF, -INF]]
    assert torch.equal(most_likely(scores, 9), scores)


def test_the_nucleus_is_the_fewest_that_are_likely_enough() -> None:
    scores = torch.tensor([[0.5, 0.3, 0.15, 0.05]]).log()
    for p, kept in ((0.4, 1), (0.5, 1), (0.51, 2), (0.85, 3), (0.96, 4)):
        assert int(nucleus(scores, p).isfinite().sum()) == kept


@pytest.mark.parametrize(
    ("options", "name"), [({"temperature": 0}, "temp"), ({"top_k": -1}, "top_k"), ({"top_p": 0}, "top_p")]
)
def test_senseless_options_are_refused(options: dict[str, float], name: str, generator: torch.Generator) -> None:
    with pytest.raises(RoutewrightError, match=f"^{name}"):
        Sampling(generator, **options)  # type: ignore[arg-type]
