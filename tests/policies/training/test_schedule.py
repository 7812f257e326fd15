"""The learning rate over training."""

import time

import pytest

from routewright.policies.training.recipe import Optimiser
from routewright.policies.training.schedule import Progress, rate
from tests.policies.training.recipes import tiny


def test_the_rate_rises_in_a_line_and_falls_in_a_cosine() -> None:
    optimiser = Optimiser(rate=1.0, last_rate=0.2, warm_up=0.1)
    assert rate(optimiser, 0.0) == pytest.approx(0.0099, abs=1e-4)
    assert rate(optimiser, 0.05) == pytest.approx(0.505, abs=1e-3)
    assert rate(optimiser, 0.1) == 1.0
    assert rate(optimiser, 0.55) == pytest.approx(0.6)
    assert rate(optimiser, 1.0) == pytest.approx(0.2)


def test_progress_counts_the_minutes_of_earlier_slices() -> None:
    steps = Progress(tiny())
    assert [steps.share(step) for step in (0, 3, 6, 7)] == [0.0, 0.5, 1.0, 1.0]
    minutes = Progress(tiny(steps=None, minutes=10.0))
    minutes.resume(5.0)
    assert minutes.share(1) == pytest.approx(0.5, abs=0.01)


def test_minutes_of_cpu_time_stand_still_while_nothing_is_computed() -> None:
    wall, cpu = Progress(tiny(steps=None, minutes=1.0)), Progress(tiny(steps=None, minutes=1.0, clock="cpu"))
    time.sleep(0.3)
    assert wall.minutes * 60.0 >= 0.3
    assert cpu.minutes * 60.0 < 0.1
    began = time.process_time()
    while time.process_time() - began < 0.2:
        pass
    assert cpu.minutes * 60.0 >= 0.2
