"""What is compiled before a run is what the run can come to need."""

from math import inf

import pytest

import routewright as rw
from routewright.solvers.monitor import Monitor
from routewright.solvers.search.phases import CAPACITY, Phases, Task
from routewright.solvers.search.warm import Family, needed
from routewright.solvers.stop import Stop

PLAIN = rw.generate("uniform", n=100, seed=1)
TIMED = rw.generate("mtvrp", n=100, seed=1, variant="VRPTW")


@pytest.mark.parametrize(
    ("stop", "breeds"),
    [
        (Stop(wall=2.0), False),
        (Stop(wall=60.0), True),
        (Stop(wall=60.0, cpu=1.0), False),
        (Stop(iterations=10**6), False),
        (Stop(iterations=10**7), True),
        (Stop(iterations=10**7, wall=1.0), False),
        (Stop(no_improvement=100), True),
        (Stop(wall=inf, target=5.0), True),
    ],
)
def test_only_long_runs_with_capacities_alone_wait_for_what_breeds(stop: Stop, breeds: bool) -> None:
    assert needed(PLAIN, stop) == ([Family.CAPACITY, Family.BREEDING] if breeds else [Family.CAPACITY])
    assert needed(TIMED, stop) == [Family.WINDOWS]


@pytest.mark.parametrize("iterations", [10**5, 10**6, 3 * 10**6, 4 * 10**6, 10**7])
def test_a_run_breeds_only_with_what_was_compiled(iterations: int) -> None:
    stop = Stop(iterations=iterations)
    run = Phases(Monitor(stop), CAPACITY, PLAIN.n_clients, breeds=True)
    tasks = {run.at(int(iterations * share / 100)).task for share in range(100)}
    assert Task.BREED not in tasks or Family.BREEDING in needed(PLAIN, stop)
    assert (Task.BREED in tasks) == (iterations > 3_200_000)
