"""A map for the browser, drawn by folium (the extra ``map``) on tiles of OpenStreetMap."""

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from routewright.data.draw.geojson import Feature, degrees, to_geojson
from routewright.data.errors import MissingExtraError
from routewright.data.instance import Instance
from routewright.data.solution import Solution

if TYPE_CHECKING:
    from folium import FeatureGroup, Map

SIZES = {"depot": 9, "client": 6, "station": 7}
"""Pixels from the middle of a mark to its edge."""
SHAPES = {"depot": 4, "client": 0, "station": 3}
"""Corners; 0 is a circle."""
INK, LEFT_OUT = "#22262b", "#c73e4a"


def plot_map(instance: Instance, solution: Solution | None = None) -> "Map":
    """A map of an instance on the globe and, if there are any, of its routes.

    Each route is a layer that can be switched off; a click on a line or a mark shows what is known of
    it. Ways between nodes are straight. ``plot_map(…).save("map.html")`` writes a page; to show it a
    browser fetches the tiles and the map library from the network.

    Raises:
        MissingExtraError: if folium is not installed.
        InstanceError: if the instance has no places on the globe.
    """
    folium = folium_there()
    places = degrees(instance)[:, ::-1]
    corners = [places.min(axis=0).tolist(), places.max(axis=0).tolist()]
    page: Map = folium.Map(location=places.mean(axis=0).tolist(), control_scale=True)
    features = to_geojson(instance, solution)["features"]
    nodes = folium.FeatureGroup(name="nodes" if solution is None else "depots and clients left out")
    layers: dict[int, FeatureGroup] = {}
    for feature in features:
        properties = feature["properties"]
        if feature["geometry"]["type"] == "LineString":
            layers[properties["route"]] = folium.FeatureGroup(name=f"route {properties['route']}")
            _line(folium, feature).add_to(layers[properties["route"]])
        else:
            _mark(folium, feature, solution is not None).add_to(layers.get(properties.get("route"), nodes))
    for layer in [*layers.values(), nodes]:
        layer.add_to(page)
    if layers:
        folium.LayerControl(collapsed=len(layers) > 12).add_to(page)
    if not np.array_equal(*corners):
        page.fit_bounds(corners)
    return page


def folium_there() -> Any:
    """The package.

    Raises:
        MissingExtraError: if it is not installed.
    """
    try:
        import folium
    except ImportError:
        raise MissingExtraError("a map needs the package folium: pip install 'routewright[map]'") from None
    return folium


def _line(folium: Any, feature: Feature) -> Any:
    points = [(latitude, longitude) for longitude, latitude in feature["geometry"]["coordinates"]]
    properties = feature["properties"]
    return folium.PolyLine(
        points, color=properties["stroke"], weight=4, opacity=0.8, popup=_card(folium, properties, "stroke")
    )


def _mark(folium: Any, feature: Feature, solved: bool) -> Any:
    properties, (longitude, latitude) = feature["properties"], feature["geometry"]["coordinates"]
    missed = solved and properties["kind"] == "client" and "route" not in properties
    colour = LEFT_OUT if missed else properties.get("marker-color", INK)
    size, corners = SIZES[properties["kind"]], SHAPES[properties["kind"]]
    look = {"color": "white", "weight": 1, "fill_color": colour, "fill_opacity": 1.0}
    look |= {"popup": _card(folium, properties, "marker-color"), "tooltip": escape(str(properties["name"]))}
    if corners:
        return folium.RegularPolygonMarker(
            (latitude, longitude), number_of_sides=corners, radius=size, rotation=45, **look
        )
    return folium.CircleMarker((latitude, longitude), radius=size, **look)


def _card(folium: Any, properties: Feature, colour: str) -> Any:
    """A small table of what is known."""
    rows = "".join(
        f"<tr><th align='left'>{escape(name)}</th><td>{escape(_text(value))}</td></tr>"
        for name, value in properties.items()
        if name != colour
    )
    return folium.Popup(f"<table>{rows}</table>", max_width=300)


def _text(value: Any) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
