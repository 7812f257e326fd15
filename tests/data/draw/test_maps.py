"""GeoJSON and maps: places on the globe, routes that go where they go."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from routewright.data.draw import plot_map, to_geojson, write_geojson
from routewright.data.errors import InstanceError, MissingExtraError
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import VehicleType

PLACES = [[50.85, 4.35], [50.88, 4.70], [51.05, 3.72], [50.63, 5.57]]
"""Latitude and longitude of Brussels (the depot), Leuven, Ghent and Liège."""


@pytest.fixture
def belgium() -> Instance:
    return Instance.build(
        coords=PLACES,
        metric="haversine",
        delivery=[0, 2, 3, 4],
        windows=np.array([[0, 600], [0, np.inf], [90, 300], [0, 600]]),
        required=[False, True, True, False],
        prize=[0, 0, 0, 50],
        names=("Brussels", "Leuven", "Ghent", "Liège <old town>"),
        vehicle_types=[VehicleType(capacity=(9,), speed=1.0, name="van")],
    )


PLAN = Solution.from_routes([[1], [2]], unserved=[3])


def _by(features: list[dict[str, Any]], key: str, value: object) -> dict[str, Any]:
    (found,) = (feature for feature in features if feature["properties"].get(key) == value)
    return found


def test_points_are_longitude_before_latitude(belgium: Instance) -> None:
    document = to_geojson(belgium)
    assert document["type"] == "FeatureCollection"
    ghent = _by(document["features"], "name", "Ghent")
    assert ghent["geometry"] == {"type": "Point", "coordinates": [3.72, 51.05]}
    assert ghent["properties"] == {
        "node": 2, "name": "Ghent", "kind": "client", "delivery": 3, "windows": [[90, 300]],
    }  # fmt: skip


def test_lines_run_from_depot_to_depot_and_count_as_the_evaluator_does(belgium: Instance) -> None:
    features, judged = to_geojson(belgium, PLAN)["features"], evaluate(belgium, PLAN)
    lines = [feature for feature in features if feature["geometry"]["type"] == "LineString"]
    assert [line["geometry"]["coordinates"] for line in lines] == [
        [[4.35, 50.85], [4.70, 50.88], [4.35, 50.85]],
        [[4.35, 50.85], [3.72, 51.05], [4.35, 50.85]],
    ]
    assert [line["properties"]["distance"] for line in lines] == [route.distance for route in judged.routes]
    assert len({line["properties"]["stroke"] for line in lines}) == 2


def test_visited_points_know_when_and_by_whom(belgium: Instance) -> None:
    features = to_geojson(belgium, PLAN)["features"]
    ghent, liege = _by(features, "name", "Ghent")["properties"], _by(features, "node", 3)["properties"]
    assert (ghent["route"], ghent["stop"], ghent["start"]) == (2, 1, 90)
    assert ghent["arrival"] == pytest.approx(float(belgium.distance(0, 2)))
    assert "route" not in liege
    assert (liege["required"], liege["prize"]) == (False, 50)


def test_open_routes_and_reloads_are_drawn_as_driven() -> None:
    vehicle = VehicleType(end=None, reload_depots=(0,), capacity=(3,))
    instance = Instance.build(coords=PLACES, metric="haversine", vehicle_types=[vehicle])
    (line, *_) = to_geojson(instance, Solution((Route(((1,), (2, 3))),)))["features"]
    assert line["geometry"]["coordinates"] == [[lon, lat] for lat, lon in np.array(PLACES)[[0, 1, 0, 2, 3]].tolist()]


def test_degrees_and_minutes_become_degrees() -> None:
    """TSPLIB's 16.30 is 16 degrees and 30 minutes."""
    instance = Instance.build(coords=np.array([[16.30, -96.06], [1, 2]]), rounding="geo")
    places = [feature["geometry"]["coordinates"] for feature in to_geojson(instance)["features"]]
    assert places[0] == pytest.approx([-96.1, 16.5])


def test_the_file_is_strict_json(belgium: Instance, tmp_path: Path) -> None:
    write_geojson(belgium, tmp_path / "map.geojson", PLAN)
    text = (tmp_path / "map.geojson").read_text(encoding="utf-8")
    assert json.loads(text, parse_constant=pytest.fail) == to_geojson(belgium, PLAN)


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"coords": [[0, 0], [1, 1]]}, "lies in a plane"), ({"distances": [[0, 1], [1, 0]]}, "no coords")],
)
def test_what_has_no_place_on_the_globe_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InstanceError, match=words):
        to_geojson(Instance.build(**fields))


def test_without_folium_the_extra_is_named(belgium: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "folium", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'routewright\[map\]'"):
        plot_map(belgium)


def test_a_map_holds_every_node_and_route_and_escapes_names(belgium: Instance) -> None:
    pytest.importorskip("folium")
    page = plot_map(belgium, PLAN).get_root().render()
    for latitude, longitude in PLACES:
        assert f"[{latitude}, {longitude}]" in page
    assert page.count("L.polyline(") == 2
    assert "<old town>" not in page
    assert "&lt;old town&gt;" in page
    assert "#c73e4a" in page  # Liège is left out
