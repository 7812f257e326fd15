"""Routes that a session is given, good or bad."""

import numpy as np
import pytest

from routewright.solvers.search.flat import joined
from routewright.solvers.search.kernel.jit import kernel
from routewright.solvers.search.kernel.model import ANCHOR, NEVER, STEP, State
from routewright.solvers.search.kernel.ruin import NEAR_ANCHOR, STAY, draw_centre
from routewright.solvers.search.model import model
from routewright.solvers.search.session import Session, begun
from tests.solvers.search.more_cases import EVERY
from tests.solvers.search.test_kernel import duration, in_time, length

LIMITED = ["capacity", "distance", "hours", "windows", "windows and duration", "opening_times_only", "epoch_seconds"]


@kernel
def drawn_centre(state: State) -> int:
    """Python cannot call a part of a kernel."""
    return draw_centre(state)


def cut(order: list[int], rng: np.random.Generator, most: int) -> list[list[int]]:
    """Routes of one to ``most`` clients, in the order given."""
    routes = []
    while order:
        size = int(rng.integers(1, most + 1))
        routes.append(order[:size])
        order = order[size:]
    return routes


def keeps_limits(session: Session, route: list[int]) -> bool:
    problem, times = session.problem, session.times
    driven = length(problem, route)
    if driven > problem.longest or driven + int(problem.work[route].sum()) > problem.busiest:
        return False
    stops = [0, *route, 0]
    if times is None:
        return True
    return in_time(times, stops) and (times.longest >= NEVER or duration(times, stops) <= times.longest)


@pytest.mark.parametrize("case", LIMITED)
def test_sound_routes_are_told_from_those_that_break_a_limit(case: str) -> None:
    seen = set()
    for seed in range(30):
        rng = np.random.default_rng(seed)
        asked = model(EVERY[case](rng, 8))
        session = Session(asked, 0, 8)
        routes = cut(rng.permutation(np.arange(1, 9)).tolist(), rng, min(1 + seed % 7, asked.most_clients))
        session.load(routes)
        assert session.is_sound == all(keeps_limits(session, route) for route in routes), f"seed {seed}"
        seen.add(session.is_sound)
    assert seen == {True, False} or case == "capacity"


def test_ruins_are_drawn_around_the_focus() -> None:
    asked = model(EVERY["capacity"](np.random.default_rng(1), 200))
    near = set(asked.problem.near[7, :60].tolist())
    changes = 0
    for seed in range(30):
        session = Session(asked, seed, 200)
        session.load([[client] for client in range(1, 201)])
        session.focus(np.array([7]))
        session.improve(1, 1.0)
        joined = [set(map(int, route)) for route in session.best_routes() if len(route) > 1]
        assert all(route & near for route in joined)
        changes += len(joined)
    assert changes > 0


def test_ruins_stay_in_one_area_for_a_while_and_visit_all_alike() -> None:
    session = Session(model(EVERY["capacity"](np.random.default_rng(1), 40)), 0, 40)
    state = session.state
    visits = np.zeros(41, np.int64)
    for stay in range(400):
        state.tally[STEP] = stay * STAY
        first = drawn_centre(state)
        places = [first]
        for step in range(1, STAY):
            state.tally[STEP] = stay * STAY + step
            places.append(drawn_centre(state))
        apart = (np.array(places) - state.focus[state.tally[ANCHOR]]) % 40  # the focus is a ring
        assert apart.max() < NEAR_ANCHOR
        visits[np.unique(places)] += 1
    served = visits[1:]
    assert served.sum() > 0.9 * 400 * NEAR_ANCHOR
    assert served.min() > 0.6 * served.mean()


def test_an_anchor_outside_a_new_focus_is_drawn_again() -> None:
    session = Session(model(EVERY["capacity"](np.random.default_rng(1), 40)), 0, 40)
    for step in range(1, 50):
        session.state.tally[STEP] = step
        session.focus(np.array([7, 8]))
        assert drawn_centre(session.state) in {7, 8}


def test_only_the_clients_that_are_named_are_built_in() -> None:
    asked = model(EVERY["capacity"](np.random.default_rng(1), 20))
    session = Session(asked, 0, 20)
    session.load([[1, 2], [3]])
    session.build(np.array([5, 9], np.uint16))
    assert session.n_unserved == 15
    assert set(session.unserved.tolist()) == set(range(1, 21)) - {1, 2, 3, 5, 9}


@pytest.mark.parametrize(("routes", "string"), [(20, 10.0), (3, 10.0), (2, 40 / 3), (1, 20.0)])
def test_strings_are_longer_where_routes_are(routes: int, string: float) -> None:
    asked = model(EVERY["capacity"](np.random.default_rng(1), 40))
    flat = joined([list(part) for part in np.array_split(np.arange(1, 41), routes)])
    session = begun(asked, 0, flat)
    assert session.n_routes == routes
    assert session.settings.string == pytest.approx(string)
