"""The timetable: bars where the evaluator says that the vehicle drives, waits and serves."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from routewright.data import Break, Instance, InstanceError, Route, Solution, VehicleType
from routewright.data.draw import plot_timetable

COORDS = [[0.0, 0.0], [10.0, 0.0], [20.0, 0.0]]


def line(**rest: object) -> Instance:
    return Instance.build(
        coords=COORDS,
        service=[0, 5, 5],
        windows=[[0, 100], [0, 50], [40, 60]],
        vehicle_types=(VehicleType(),),
        name="line",
        **rest,  # type: ignore[arg-type]
    )


def bars(ax: Axes, name: str) -> list[tuple[float, float]]:
    """(start, end) of the bars called ``name``."""
    found = [
        item for item in ax.collections if isinstance(item, PolyCollection) and str(item.get_label()).endswith(name)
    ]
    boxes = [path.get_extents() for item in found for path in item.get_paths()]
    return [(box.x0, box.x1) for box in boxes]


def test_bars_stand_where_a_hand_made_schedule_has_them() -> None:
    ax = plot_timetable(line(), Solution.from_routes([[1, 2]]))
    # Out 0-10, service 10-15, drive 15-25, wait until 40, service 40-45, home 45-65.
    assert bars(ax, "travel") == [(0, 10), (15, 25), (45, 65)]
    assert bars(ax, "waiting") == [(25, 40)]
    assert bars(ax, "service") == [(10, 15), (40, 45)]
    assert ax.get_title(loc="left") == "line"


def test_times_are_in_reported_units() -> None:
    ax = plot_timetable(line(rounding="trunc1", scale=10), Solution.from_routes([[1]]))
    assert bars(ax, "travel") == [(0, 10), (10.5, 20.5)]  # raw: 100 out, 5 of service, 100 back


def test_windows_of_the_stops_are_lines_below_the_row() -> None:
    ax = plot_timetable(line(), Solution.from_routes([[1, 2]]))
    drawn = [item for item in ax.collections if isinstance(item, LineCollection)]
    spans = [tuple(np.asarray(segment)[:, 0]) for item in drawn for segment in item.get_segments()]
    assert spans == [(0, 50), (40, 60)]
    heights = [np.asarray(segment)[0, 1] for item in drawn for segment in item.get_segments()]
    assert all(0.2 < height < 0.6 for height in heights)
    assert len(set(heights)) == 2


def test_there_is_a_row_per_route_named_by_its_number_downwards() -> None:
    ax = plot_timetable(line(), Solution((Route(((1,),)), Route(()), Route(((2,),)))))
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["route 1", "route 3"]
    bottom, top = ax.get_ylim()
    assert bottom > top


def test_the_legend_names_each_kind_of_bar_once() -> None:
    ax = plot_timetable(line(), Solution.from_routes([[1], [2]]))
    names = [text.get_text() for text in ax.get_legend().get_texts()]  # type: ignore[union-attr]
    assert sorted(names) == ["service", "travel", "waiting", "window"]


def test_a_late_stop_is_marked_where_its_service_starts() -> None:
    instance = line(lateness_cost=1.0).replace(windows=np.array([[[0.0, 100.0]], [[0.0, 4.0]], [[0.0, 100.0]]]))
    ax = plot_timetable(instance, Solution.from_routes([[1, 2]]))
    assert [marks.get_xydata().tolist() for marks in ax.lines] == [[[10.0, 0.0]]]  # type: ignore[union-attr]


def test_breaks_have_a_bar_of_their_own() -> None:
    rest = Break(earliest=10, latest=20, duration=7)
    instance = line().replace(vehicle_types=(VehicleType(breaks=(rest,)),))
    spans = bars(plot_timetable(instance, Solution.from_routes([[1, 2]])), "break")
    assert [end - start for start, end in spans] == [7]


def test_a_solution_without_routes_is_refused() -> None:
    with pytest.raises(InstanceError, match="no route"):
        plot_timetable(line(), Solution())
