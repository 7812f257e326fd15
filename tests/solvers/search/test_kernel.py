"""The state of the kernels after many iterations, recomputed in plain Python."""

import importlib
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from routewright.data.instance import Instance
from routewright.solvers.search.flat import Routes, split
from routewright.solvers.search.kernel import jit
from routewright.solvers.search.kernel.model import BANK, FREE, NEVER, ROUTES, SIZE, SPARE, Problem, Times
from routewright.solvers.search.model import model
from routewright.solvers.search.session import Session
from routewright.solvers.search.start import start_routes
from tests.solvers.search.more_cases import EVERY
from tests.solvers.test_alone import holder

FAMILIES = ["capacity", "optional", "hours", "distance", "asymmetric", "open", "fleet",
            "windows", "windows and duration", "windows_and_prizes", "windows_on_open_routes"]  # fmt: skip


def drawn(case: str, n: int = 40) -> Instance:
    return EVERY[case](np.random.default_rng(7), n)


def annealed(case: str, slices: int = 6, n: int = 40) -> Session:
    """A session in the middle of its work: hot enough to keep changing."""
    asked = model(drawn(case, n))
    session = Session(asked, 0, asked.n_nodes - 1)
    session.load(start_routes(asked, 0))
    for _ in range(slices):
        session.improve(300, 10.0)
    session.improve(1000, 0.01)
    return session


def plan(session: Session) -> dict[int, list[int]]:
    """Clients of each route in use, read from its slot."""
    state = session.state
    used = [int(route) for route in state.order[: session.n_routes]]
    return {r: state.stop[state.slot[r], 1 : state.sums[state.slot[r], SIZE] + 1].tolist() for r in used}


def length(problem: Problem, route: list[int]) -> int:
    stops = [0, *route, 0]
    return sum(int(problem.cost[a, b]) for a, b in pairwise(stops))


def total(problem: Problem, routes: list[list[int]]) -> int:
    served = {client for route in routes for client in route}
    left_out = [client for client in range(1, len(problem.load)) if client not in served]
    driven = sum(problem.fixed + length(problem, route) for route in routes)
    return driven + sum(int(problem.prize[client]) for client in left_out)


def timetable(times: Times, stops: list[int]) -> tuple[list[int], list[int]]:
    """Earliest departure and latest arrival of each stop."""
    leave: list[int] = []
    clock = int(times.opens[0])
    for before, here in zip([0, *stops[:-1]], stops, strict=True):
        if leave:
            clock = max(clock + int(times.travel[before, here]), int(times.opens[here])) + int(times.service[here])
        leave.append(clock)
    latest = [int(times.closes[0])]
    for here, after in zip(stops[-2::-1], stops[:0:-1], strict=True):
        latest.append(min(int(times.closes[here]), latest[-1] - int(times.travel[here, after] + times.service[here])))
    return leave, latest[::-1]


def in_time(times: Times, stops: list[int]) -> bool:
    leave, _ = timetable(times, stops)
    arrivals = [clock + int(times.travel[a, b]) for clock, a, b in zip(leave[:-1], stops[:-1], stops[1:], strict=True)]
    return all(clock <= times.closes[here] for clock, here in zip(arrivals, stops[1:], strict=True))


def duration(times: Times, stops: list[int]) -> int:
    """Shortest time from departure to return: the best of all departures, tried one by one."""
    found = NEVER
    for leave in range(int(times.opens[0]), int(min(times.closes[0], 1000)) + 1):
        clock, late = leave, False
        for before, here in pairwise(stops):
            clock += int(times.travel[before, here])
            late = late or clock > times.closes[here]
            clock = max(clock, int(times.opens[here])) + int(times.service[here])
        if not late:
            found = min(found, clock - leave)
    return found


@pytest.mark.parametrize("case", FAMILIES)
def test_every_client_is_in_one_place(case: str) -> None:
    session = annealed(case)
    state, routes = session.state, plan(session)
    bank = state.bank[: state.tally[BANK]].tolist()
    served = [client for route in routes.values() for client in route]
    assert sorted(served + bank) == list(range(1, session.model.n_nodes))
    for number, route in routes.items():
        assert state.route_of[route].tolist() == [number] * len(route)
        assert state.place[route].tolist() == list(range(1, len(route) + 1))
    assert (state.route_of[bank] == -1).all()
    assert state.place[bank].tolist() == list(range(len(bank)))


@pytest.mark.parametrize("case", FAMILIES)
def test_sums_arcs_and_limits_of_each_route_hold(case: str) -> None:
    session = annealed(case)
    problem, state = session.problem, session.state
    for number, route in plan(session).items():
        s = state.slot[number]
        driven, load, work = length(problem, route), int(problem.load[route].sum()), int(problem.work[route].sum())
        assert state.sums[s].tolist() == [len(route), problem.capacity - load, driven, work]
        assert route
        assert load <= problem.capacity
        assert driven <= problem.longest
        assert driven + work <= problem.busiest
        stops = [0, *route, 0]
        assert state.stop[s, : len(stops)].tolist() == stops
        assert state.arc[s, : len(stops) - 1].tolist() == problem.cost[stops[:-1], stops[1:]].tolist()


@pytest.mark.parametrize("case", FAMILIES[7:])
def test_departures_and_arrivals_are_those_of_the_timetable(case: str) -> None:
    session = annealed(case)
    times, state = session.times, session.state
    assert times is not None
    for number, route in plan(session).items():
        s, stops = state.slot[number], [0, *route, 0]
        leave, latest = timetable(times, stops)
        assert times.leave[s, : len(stops)].tolist() == leave
        assert times.latest[s, : len(stops)].tolist() == latest
        assert in_time(times, stops)
        if times.longest < NEVER:
            assert duration(times, stops) <= times.longest


@pytest.mark.parametrize("case", FAMILIES)
def test_routes_are_ordered_by_spare_capacity_and_slots_are_not_lost(case: str) -> None:
    session = annealed(case)
    state, used = session.state, session.n_routes
    assert sorted(state.order.tolist()) == list(range(len(state.order)))
    slots = state.slot[state.order[:used]]
    spare = state.sums[slots, SPARE]
    assert (np.diff(spare) <= 0).all()
    assert state.order_spare[:used].tolist() == spare.tolist()
    free = state.free[: state.tally[FREE]].tolist()
    assert sorted(free + slots.tolist()) == list(range(len(state.free)))


@pytest.mark.parametrize("case", FAMILIES)
def test_the_total_is_the_cost_and_the_best_only_falls(case: str) -> None:
    asked = model(drawn(case))
    session = Session(asked, 0, asked.n_nodes - 1)
    session.load(start_routes(asked, 0))
    best = start = session.best_total
    for temperature in (20.0, 5.0, 1.0, 0.1):
        session.improve(300, temperature)
        assert session.total == total(session.problem, list(plan(session).values()))
        assert session.best_total == total(session.problem, [r.tolist() for r in as_arrays(session.best_routes())])
        assert session.best_total <= min(best, session.total)
        best = session.best_total
    assert best < start or case != "capacity"


def as_arrays(routes: Routes) -> list["np.ndarray[tuple[int, ...], np.dtype[np.uint16]]"]:
    return [np.asarray(route, np.uint16) for route in routes]


@pytest.mark.parametrize("case", [case for case in FAMILIES if case != "asymmetric"])  # there every route is full
def test_what_is_remembered_of_insertions_is_still_true(case: str) -> None:
    session = annealed(case)
    problem, state, times = session.problem, session.state, session.times
    looked_at = 0
    for _ in range(6):  # at some moments every route is full
        session.improve(37, 20.0)
        for number, route in plan(session).items():
            for client in range(1, session.model.n_nodes):
                version, low = (int(value) for value in state.known[client, number])
                at = int(state.known_at[client, number])
                if version != state.version[number] or client in route:
                    continue
                looked_at += 1
                costs = insertions(problem, times, route, client)
                if low < NEVER:
                    assert low == costs[at]
                if case != "windows and duration":  # detours that are shorter are not looked for there
                    assert low == min(costs.values(), default=NEVER)
    assert looked_at > 0


def is_kept(times: Times, stops: list[int]) -> bool:
    return in_time(times, stops) and (times.longest == NEVER or duration(times, stops) <= times.longest)


def insertions(problem: Problem, times: Times | None, route: list[int], client: int) -> dict[int, int]:
    """Cost of inserting a client after each position where it keeps its windows."""
    found = {}
    for p in range(len(route) + 1):
        longer = [*route[:p], client, *route[p:]]
        if times is not None and not is_kept(times, [0, *longer, 0]):
            continue
        found[p] = length(problem, longer) - length(problem, route)
    return found


@pytest.mark.parametrize("case", FAMILIES)
def test_a_build_serves_everyone_it_can_within_the_fleet(case: str) -> None:
    asked = model(drawn(case))
    session = Session(asked, 3, asked.n_nodes - 1, remember=False)
    session.load([])
    session.build()
    assert session.n_routes <= asked.problem.fleet
    assert session.total == total(session.problem, list(plan(session).values()))
    assert session.n_unserved == 0 or case not in ("capacity", "hours", "asymmetric", "open")


def test_a_solution_comes_out_as_it_went_in() -> None:
    asked = model(drawn("capacity"))
    session = Session(asked, 0, asked.n_nodes - 1)
    given = [list(map(int, route)) for route in start_routes(asked, 0)]
    session.load(given)
    for routes in (split(session.current_flat()), session.best_routes()):
        assert sorted(list(map(int, route)) for route in routes) == sorted(given)
    assert session.state.tally[ROUTES] == len(given)


def test_a_state_can_be_loaded_again_and_again() -> None:
    """What was remembered of the routes before must not be taken for the new ones."""
    session = annealed("capacity")
    fresh = annealed("capacity")
    flat = session.best_flat
    session.improve(500, 20.0)
    session.load_flat(flat)
    fresh.load_flat(flat)
    assert session.total == fresh.total == total(session.problem, [r.tolist() for r in as_arrays(split(flat))])
    session.improve(500, 1.0)
    assert session.total == total(session.problem, list(plan(session).values()))


def test_compiled_kernels_live_below_the_folder_of_numba(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert jit.cache_directory().parent == tmp_path
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert jit.cache_directory().parent == tmp_path / "routewright"


def test_without_a_home_compiled_kernels_live_in_a_folder_of_this_user_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = jit.cache_directory().parent
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o077 == 0
    assert jit.cache_directory().parent == folder
    folder.chmod(0o777)  # anyone may have put anything there
    assert jit.cache_directory().parent != folder


def test_an_edit_of_any_kernel_moves_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    folder = Path(jit.__file__).parents[2]
    sources = [
        source for name in ("search", "lk", "mcts") for source in sorted((folder / name / "kernel").rglob("*.py"))
    ]
    assert {source.stem for source in sources} >= {"recreate", "exchange", "walks"}
    elsewhere = jit.cache_directory(folder / "mcts" / "kernel")
    monkeypatch.setattr(jit, "__file__", str(tmp_path / "search" / "kernel" / "jit.py"))
    for source in sources:
        copied = tmp_path / source.relative_to(folder)
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(source.read_bytes())
    before = jit.cache_directory(tmp_path / "mcts" / "kernel")
    assert before != elsewhere  # numba would not find there what was compiled here
    seen = {before}
    for source in sources:
        copy = tmp_path / source.relative_to(folder)
        copy.write_bytes(source.read_bytes() + b"\n# edited")
        seen.add(jit.cache_directory(tmp_path / "mcts" / "kernel"))
        copy.write_bytes(source.read_bytes())
    assert len(seen) == len(sources) + 1
    assert jit.cache_directory(tmp_path / "mcts" / "kernel") == before


def test_versions_of_a_kernel_are_written_by_one_process_at_a_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two that write at once would number different versions alike, and be handed each other's code."""
    pytest.importorskip("fcntl")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "plus.py").write_text(
        "from routewright.solvers.search.kernel.jit import kernel\n\n\n@kernel\ndef one_more(x):\n    return x + 1\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    one_more = importlib.import_module("plus").one_more
    index = Path(one_more._cache._cache_file._index_path)
    with holder(index.with_suffix(".lock"), 3.0):
        start = time.perf_counter()
        assert one_more(1) == 2
        assert time.perf_counter() - start > 2.5
    assert one_more(1.5) == 2.5
    assert len(list(index.parent.glob("*.nbc"))) == 2
