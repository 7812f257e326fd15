"""Maps from the command line."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

CLIENTS = "name,lat,lon,demand\nBrussels,50.85,4.35,0\nLeuven,50.88,4.70,2\nGhent,51.05,3.72,3\n"


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    path = tmp_path / "clients.csv"
    path.write_text(CLIENTS, encoding="utf-8")
    return path


def test_routes_become_geojson(routewright: Command, clients: Path, tmp_path: Path) -> None:
    routes, out = tmp_path / "a.sol", tmp_path / "a.geojson"
    routes.write_text("Route #1: 1 2\n", encoding="utf-8")
    assert routewright("plot", clients, routes, out, "--speed", "2").code == 0
    features = json.loads(out.read_text(encoding="utf-8"))["features"]
    assert [feature["geometry"]["type"] for feature in features] == ["LineString", "Point", "Point", "Point"]
    line = features[0]["properties"]
    assert line["duration"] == pytest.approx(line["distance"] / 2)


def test_a_fleet_tells_which_depot_a_route_is_of(routewright: Command, tmp_path: Path) -> None:
    file, routes, out = tmp_path / "two.csv", tmp_path / "two.sol", tmp_path / "two.geojson"
    file.write_text("name,type,lat,lon\nA,depot,50,4\nB,depot,51,5\nc,client,50.5,4.5\n", encoding="utf-8")
    routes.write_text("Route #4: 2\n", encoding="utf-8")
    assert routewright("plot", file, routes, out, "--vehicles", "3").code == 0
    line = json.loads(out.read_text(encoding="utf-8"))["features"][0]["geometry"]["coordinates"]
    assert line[0] == [5.0, 51.0]


def test_a_plane_is_refused_in_one_line(routewright: Command, square: Path, tmp_path: Path) -> None:
    outcome = routewright("plot", square, tmp_path / "a.geojson")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "lies in a plane" in outcome.err


def test_a_plane_is_refused_before_it_is_solved(routewright: Command, square: Path, tmp_path: Path) -> None:
    outcome = routewright("solve", square, "--plot", tmp_path / "a.geojson", "--time-limit", "60")
    assert outcome.code == 2
    assert "lies in a plane" in outcome.err


def test_a_page_is_made_where_folium_is(routewright: Command, clients: Path, tmp_path: Path) -> None:
    pytest.importorskip("folium")
    assert routewright("plot", clients, tmp_path / "map.html").code == 0
    assert "leaflet" in (tmp_path / "map.html").read_text(encoding="utf-8")
