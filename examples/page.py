"""Write docs/examples.md anew: the five worked examples, and what they print. Run: python examples/page.py."""

import io
import runpy
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from textwrap import fill

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "examples.md"
EXAMPLES = {
    "parcel_vans": "Parcel vans with windows and breaks",
    "truck_fleet": "A mixed truck fleet at two depots",
    "pickup_delivery": "Pickup and delivery",
    "electric_vans": "Electric vans",
    "optional_clients": "Optional clients",
}
NOTES = {
    "parcel_vans": "`InstanceBuilder` takes clients one by one, in the units you like. The table is `result.schedule()`"
    " with `clock`, which shows minutes after midnight as hours; `to_csv` and `to_json` write it. The map is GeoJSON;"
    " `rw.plot_map(instance, solution).save('map.html')` makes a page of it (`pip install 'routewright[map]'`).",
    "truck_fleet": "With arrays at hand `Instance.build` is the shortest way. Every vehicle type has its own depot,"
    " number, capacity and prices, and may be kept out of streets that are too narrow for it (`allowed`).",
    "pickup_delivery": "`add_pair` keeps a shop and its customer in one trip, the shop first. The number in brackets"
    " is what is in the box on leaving.",
    "electric_vans": "Stations are nodes that routes may call at, any number of times; `Battery` says how far a charge"
    " goes and how long a new one takes.",
    "optional_clients": "A client with a prize may be left out, which costs the prize. Of a group exactly one client is"
    " visited. With one car and a longest day this is the orienteering problem.",
}
INTRODUCTION = """# Five worked examples

Each is a script in `examples/` that runs as it stands (`python examples/parcel_vans.py`) and solves a small day with
`rw.solve`. What they print is shown below; `python examples/page.py` writes this page. [modelling.md](modelling.md)
tells what else there is.
"""


def section(name: str) -> str:
    """Heading, note, script and output of one example."""
    path = HERE / f"{name}.py"
    printed, main = io.StringIO(), runpy.run_path(str(path))["main"]
    with redirect_stdout(printed), tempfile.TemporaryDirectory() as folder:
        main(seconds=4.0, **({"folder": Path(folder)} if name == "parcel_vans" else {}))
    code = path.read_text(encoding="utf-8")
    blocks = f"```python\n{code}```\n\n```text\n{printed.getvalue()}```"
    return f"\n## {EXAMPLES[name]}\n\n{fill(NOTES[name], 120)}\n\n{blocks}\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(INTRODUCTION + "".join(map(section, EXAMPLES)), encoding="utf-8")


if __name__ == "__main__":
    main()
