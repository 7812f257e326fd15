"""The map: every route, client and depot is on it, at its place, and named."""

import gc
import subprocess
import sys
import weakref
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from routewright.data import Instance, InstanceError, Route, Solution, VehicleType
from routewright.data.draw import plot, save_figure
from routewright.data.draw.colours import BRIGHTEST, distinct
from routewright.data.draw.routes import MOST_NAMED, readable_cost
from routewright.data.formats.read import read, read_solution
from routewright.data.generators import generate

SQUARE = [[0.0, 0.0], [0.0, 3.0], [4.0, 3.0], [4.0, 0.0], [8.0, 0.0]]


def square(**rest: object) -> Instance:
    return Instance.build(coords=SQUARE, delivery=[0, 1, 1, 1, 1], capacity=4, name="square", **rest)  # type: ignore[arg-type]


def dots(ax: Axes, index: int = 0) -> np.ndarray:
    found = [item for item in ax.collections if isinstance(item, PathCollection)]
    return np.asarray(found[index].get_offsets())


def legs(ax: Axes) -> list[list[list[float]]]:
    found = [item for item in ax.collections if isinstance(item, LineCollection)]
    return [np.asarray(segment).tolist() for item in found for segment in item.get_segments()]


def legend(ax: Axes) -> list[str]:
    box = ax.get_legend()
    return [] if box is None else [text.get_text() for text in box.get_texts()]


def test_an_instance_alone_shows_its_clients_and_its_depot() -> None:
    ax = plot(square())
    assert dots(ax, 0).tolist() == SQUARE[1:]
    assert dots(ax, 1).tolist() == SQUARE[:1]
    assert len(ax.lines) == 0
    assert ax.get_title(loc="left") == "square\n4 clients"
    assert legend(ax) == ["depot"]


def test_each_route_is_one_line_through_its_stops_with_pale_legs_to_the_depot() -> None:
    ax = plot(square(), Solution.from_routes([[1, 2], [3, 4]]))
    assert [line.get_xydata().tolist() for line in ax.lines] == [SQUARE[1:3], SQUARE[3:5]]  # type: ignore[union-attr]
    assert legs(ax) == [[SQUARE[0], SQUARE[1]], [SQUARE[2], SQUARE[0]], [SQUARE[0], SQUARE[3]], [SQUARE[4], SQUARE[0]]]
    assert ax.lines[0].get_color() != ax.lines[1].get_color()


def test_title_and_legend_tell_cost_routes_and_clients() -> None:
    ax = plot(square(), Solution.from_routes([[1, 2], [3, 4]]))
    # 3 + 4 + 5 and 4 + 4 + 8
    assert ax.get_title(loc="left") == "square\ncost 28 · 2 routes · 4 clients"
    assert legend(ax) == ["route 1", "route 2", "depot"]


def test_title_and_legend_can_be_chosen_and_left_out() -> None:
    ax = plot(square(), title="mine", legend=False)
    assert (ax.get_title(loc="left"), ax.get_legend()) == ("mine", None)


def test_an_open_route_has_no_way_home() -> None:
    instance = square().replace(vehicle_types=(VehicleType(capacity=(4,), end=None),))
    ax = plot(instance, Solution.from_routes([[1, 2, 3, 4]]))
    assert legs(ax) == [[SQUARE[0], SQUARE[1]]]


def test_several_depots_are_all_shown_and_routes_end_where_they_belong() -> None:
    instance = Instance.build(coords=SQUARE, depots=2, delivery=[0, 0, 1, 1, 1], capacity=4)
    solution = Solution((Route(((2,),)), Route(((3, 4),), vehicle_type=1)))
    ax = plot(instance, solution)
    assert dots(ax, 1).tolist() == SQUARE[:2]
    assert legs(ax)[2:] == [[SQUARE[1], SQUARE[3]], [SQUARE[4], SQUARE[1]]]
    assert "2 depots" in legend(ax)


def test_trips_of_a_route_are_one_line_with_a_gap_and_meet_at_the_reload_depot() -> None:
    fleet = (VehicleType(capacity=(2,), reload_depots=(0,)),)
    instance = square().replace(vehicle_types=fleet)
    ax = plot(instance, Solution((Route(((1, 2), (3, 4))),)))
    assert len(ax.lines) == 1
    drawn = np.asarray(ax.lines[0].get_xydata())
    assert np.isnan(drawn[2]).all()
    assert drawn[[0, 1, 3, 4]].tolist() == SQUARE[1:]
    assert [SQUARE[2], SQUARE[0]] in legs(ax)
    assert [SQUARE[0], SQUARE[3]] in legs(ax)


def test_stations_are_triangles_and_may_stand_on_a_route() -> None:
    instance = Instance.build(coords=SQUARE, stations=1, delivery=[0, 1, 1, 1, 0], capacity=4)
    ax = plot(instance, Solution.from_routes([[1, 2, 4, 3]]))
    assert dots(ax, 2).tolist() == SQUARE[4:]
    assert "station" in legend(ax)
    assert SQUARE[4] in np.asarray(ax.lines[0].get_xydata()).tolist()


def test_clients_left_out_are_crossed_whether_or_not_the_solution_names_them() -> None:
    for unserved in ((), (3, 4)):
        ax = plot(square(required=False), Solution.from_routes([[1, 2]], unserved))
        assert dots(ax, -1).tolist() == SQUARE[3:]
        assert "2 unserved" in legend(ax)


def test_without_a_solution_nothing_is_crossed() -> None:
    assert not any("unserved" in name for name in legend(plot(square(required=False))))


def test_windows_fill_the_dots_by_opening_time_in_reported_units() -> None:
    windows = [[0, 900], [100, 200], [300, 400], [0, 900], [500, 600]]
    instance = square(rounding="trunc1", scale=10, windows=windows)
    ax = plot(instance)
    clients = next(item for item in ax.collections if isinstance(item, PathCollection))
    assert np.asarray(clients.get_array()).tolist() == [10.0, 30.0, 0.0, 50.0]
    labels = [other.get_ylabel() for other in ax.figure.axes if other is not ax]
    assert labels == ["window opens at"]


def test_windows_that_differ_in_their_closing_alone_fill_by_that() -> None:
    ax = plot(square(windows=[[0, 90], [0, 20], [0, 40], [0, 90], [0, 60]]))
    assert [other.get_ylabel() for other in ax.figure.axes if other is not ax] == ["window closes at"]


def test_equal_windows_need_no_colour_bar() -> None:
    ax = plot(square(windows=np.tile([0.0, 90.0], (5, 1))))
    assert ax.figure.axes == [ax]


def test_clients_take_the_colour_of_their_route_and_pickups_are_hollow() -> None:
    instance = Instance.build(coords=SQUARE, delivery=[0, 1, 1, 1, 0], pickup=[0, 0, 0, 0, 1], capacity=4)
    ax = plot(instance, Solution.from_routes([[1, 2], [3, 4]]))
    clients = next(item for item in ax.collections if isinstance(item, PathCollection))
    faces, edges = np.asarray(clients.get_facecolor())[:, :3], np.asarray(clients.get_edgecolor())[:, :3]
    first, second = (to_rgb(line.get_color()) for line in ax.lines)
    assert np.allclose(faces, [first, first, second, (1, 1, 1)])
    assert np.allclose(edges, [first, first, second, second])


def test_the_globe_is_drawn_east_to_the_right_in_true_shape() -> None:
    coords = [[60.0, 10.0], [60.2, 10.4], [59.8, 9.6]]  # latitude, longitude
    ax = plot(Instance.build(coords=coords, metric="haversine", capacity=1))
    assert dots(ax).tolist() == [[10.4, 60.2], [9.6, 59.8]]
    assert ax.get_aspect() == pytest.approx(2.0)  # a degree of latitude is two of longitude at 60 degrees
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("longitude", "latitude")


def test_the_plane_is_drawn_in_true_shape() -> None:
    assert plot(square()).get_aspect() == 1.0


def test_labels_are_node_numbers_or_names() -> None:
    assert [text.get_text() for text in plot(square(), labels=True).texts] == ["0", "1", "2", "3", "4"]
    named = plot(square(names=tuple("abcde")), labels=True)
    assert [text.get_text() for text in named.texts] == list("abcde")


def test_many_routes_are_not_named_one_by_one() -> None:
    instance = generate("uniform", 60, seed=1)
    some = plot(instance, Solution.from_routes([[node] for node in range(1, MOST_NAMED + 1)]))
    many = plot(instance, Solution.from_routes([[node] for node in range(1, MOST_NAMED + 2)]))
    assert len(legend(some)) == MOST_NAMED + 2  # depot and unserved
    assert legend(many) == ["depot", f"{59 - MOST_NAMED} unserved"]
    assert len(many.lines) == MOST_NAMED + 1


def test_a_given_axes_is_drawn_on_and_returned() -> None:
    figure = Figure()
    left, right = figure.subplots(1, 2)
    assert plot(square(), ax=left) is left
    assert len(left.collections) == 2
    assert len(right.collections) == 0


def test_a_published_solution_of_1001_nodes_is_drawn_whole(instances: Path) -> None:
    instance = read(instances / "X" / "X-n1001-k43.vrp")
    solution, cost = read_solution(instances / "X" / "X-n1001-k43.sol", instance)
    ax = plot(instance, solution)
    assert len(ax.lines) == len(solution.routes) == 43
    assert len(dots(ax)) == 1_000
    assert len({line.get_color() for line in ax.lines}) == 43
    assert cost is not None
    assert f"cost {cost:,.0f} · 43 routes · 1,000 clients" in ax.get_title(loc="left")


def test_nothing_is_drawn_through_pyplot_and_no_figure_stays_behind() -> None:
    ax = plot(square(), Solution.from_routes([[1, 2], [3, 4]]))
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or pyplot.get_fignums() == []
    gone = weakref.ref(ax.figure)
    del ax
    gc.collect()
    assert gone() is None


def test_matplotlib_loads_only_when_something_is_drawn() -> None:
    code = "import sys, routewright.data.draw; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("suffix", ["png", "pdf", "svg"])
def test_the_picture_is_written_and_leaves_nothing_else(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"map.{suffix}"
    save_figure(plot(square()), path)
    assert path.read_bytes()[:5] in (b"\x89PNG\r", b"%PDF-", b"<?xml")
    assert list(tmp_path.iterdir()) == [path]


def test_colours_are_many_different_and_dark_enough() -> None:
    for count in (1, 10, 11, 300):
        colours = [to_rgb(colour) for colour in distinct(count)]
        assert len(set(colours)) == count
        assert all(0.299 * r + 0.587 * g + 0.114 * b <= BRIGHTEST + 0.01 for r, g, b in colours)
        apart = [np.abs(np.subtract(a, b)).max() for a, b in pairwise(colours)]
        assert min(apart, default=1.0) > 0.15


@pytest.mark.parametrize(
    ("cost", "scale", "text"),
    [
        (27591.0, 1, "27,591"),
        (827.3, 10, "827.3"),
        (6655.548, 1000, "6,655.548"),
        (7.76634, 1, "7.7663"),
        (1234.5678, 1, "1,234.6"),
        (123456.789, 1, "123,456.8"),
        (-3.25, 1, "-3.2500"),
        (0.0, 1, "0"),
    ],
)
def test_costs_are_written_with_digits_that_say_something(cost: float, scale: int, text: str) -> None:
    assert readable_cost(cost, scale) == text


def test_an_instance_without_coordinates_is_refused_by_name() -> None:
    instance = Instance.build(distances=np.ones((3, 3)), name="matrix")
    with pytest.raises(InstanceError, match="instance 'matrix' has distances but no coords"):
        plot(instance)


@pytest.mark.parametrize(
    ("route", "message"),
    [
        (Route(((1, 9),)), "route 1 visits node 9, nodes are 0 to 4"),
        (Route(((1,),), vehicle_type=3), "route 1 is of vehicle type 3, there are 1"),
    ],
)
def test_a_route_that_the_instance_cannot_have_is_refused(route: Route, message: str) -> None:
    with pytest.raises(InstanceError, match=message):
        plot(square(), Solution((route,)))


@pytest.mark.parametrize("coords", [[[5.0, 5.0]], [[5.0, 5.0], [5.0, 5.0]], [[0.0, 1.0], [9.0, 1.0]]])
def test_degenerate_grounds_are_drawn_without_a_warning(coords: list[list[float]], tmp_path: Path) -> None:
    save_figure(plot(Instance.build(coords=coords, capacity=1)), tmp_path / "map.png")
    assert (tmp_path / "map.png").stat().st_size > 1_000
