"""Files of pictures: whole or not at all, in a format that exists."""

from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from routewright.data.draw.canvas import new_axes, save_figure
from routewright.data.errors import FormatError


@pytest.mark.parametrize(
    ("name", "message"),
    [("map", "not in 'nothing'"), ("map.doc", "not in 'doc'"), ("missing/map.png", "cannot be written")],
)
def test_a_path_that_cannot_become_a_picture_is_named(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        save_figure(new_axes(2, 2), tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)
    assert message in str(caught.value)


def test_an_error_while_drawing_leaves_the_old_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Figure, "savefig", fail)
    with pytest.raises(OSError, match="disk full"):
        save_figure(new_axes(2, 2), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_axes_in_a_subfigure_are_saved_with_their_whole_figure(tmp_path: Path) -> None:
    figure = Figure(figsize=(4, 2), layout="constrained")
    left, right = figure.subfigures(1, 2, squeeze=False)[0]
    ax = left.add_subplot()
    assert isinstance(ax, Axes)
    right.add_subplot()
    save_figure(ax, tmp_path / "both.png", dpi=50)
    header = (tmp_path / "both.png").read_bytes()[16:24]
    assert (int.from_bytes(header[:4]), int.from_bytes(header[4:])) == (200, 100)


def test_the_same_picture_twice_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        save_figure(new_axes(2, 2), tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_a_heading_above_the_figure_is_not_cut_off(tmp_path: Path) -> None:
    figure = Figure(figsize=(2, 2))
    ax = figure.add_axes((0.2, 0.2, 0.6, 0.6))
    heights = []
    for heading in ("", "one\ntwo\nthree\nfour"):
        ax.set_title(heading)
        save_figure(ax, tmp_path / "a.png", dpi=50)
        heights.append(int.from_bytes((tmp_path / "a.png").read_bytes()[20:24]))
    assert heights[0] == 100 < heights[1]
