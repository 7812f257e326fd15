"""``routewright generate``: random instances, one command per family."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from routewright.cli.labelling import Labelling
from routewright.cli.options import SeedOption, examples, number, positive, whole

EXAMPLES = examples(
    "generate uniform --n 100 --out uniform.vrp --grid 1000",
    "generate xstyle --n 200 --seed 7 --out x.vrp --depot central --customers clustered",
    "generate solomon-like --n 100 --out c2.vrp --placement C --horizon-type 2",
    "generate mtvrp --n 50 --out open.json --variant OVRPBLTW",
    "generate streets --n 100 --out town.json --variant VRPTW",
    "generate --label search --count 1000 --time-limit 0.1 uniform --n 50 --out set.npz",
)

kinds = typer.Typer(epilog=EXAMPLES)


@kinds.callback()
def begin(
    context: typer.Context,
    label: Annotated[
        str | None,
        typer.Option(metavar="SOLVER", help="Generate a set with routes by this solver, into one .npz file."),
    ] = None,
    count: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole(1),
            help="Instances of the set; each has the next seed.",
            show_default="1000",
        ),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", parser=positive, help="For each instance of the set.", show_default="0.1"),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", parser=whole(1), help="Instances at a time.", show_default="2")
    ] = None,
) -> None:
    """Generate a random instance; the same seed gives the same one.

    With --label and its options, which come before the family: many instances and their routes, to learn from.
    """
    given = {"--count": count, "--time-limit": time_limit, "--workers": workers}
    for option, value in given.items():
        if label is None and value is not None:
            raise typer.BadParameter(f"{option} is for sets: give --label with it")
    context.obj = None if label is None else Labelling(label, count or 1_000, time_limit or 0.1, workers or 2)


Clients = Annotated[
    int, typer.Option("--n", metavar="N", parser=whole(1), help="Number of clients.", show_default=False)
]
Out = Annotated[Path, typer.Option(help="Where to; the ending names the format.", show_default=False)]
Capacity = Annotated[
    int | None, typer.Option(metavar="N", parser=whole(1), help="Of a vehicle.", show_default="what papers use for N")
]
Grid = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=whole(1),
        help="Whole coordinates up to this, distances rounded.",
        show_default="unit square, unrounded",
    ),
]


@kinds.command("uniform")
def uniform(
    context: typer.Context, n: Clients, out: Out, seed: SeedOption = 0, capacity: Capacity = None, grid: Grid = None
) -> None:
    """Clients anywhere in a square.

    After Kool, van Hoof & Welling (2019).
    """
    _write(context, "uniform", out, n=n, seed=seed, capacity=capacity, grid=grid)


@kinds.command("tsp")
def tsp(
    context: typer.Context,
    n: Annotated[int, typer.Option("--n", metavar="N", parser=whole(1), help="Number of cities.", show_default=False)],
    out: Out,
    seed: SeedOption = 0,
    grid: Grid = None,
) -> None:
    """Cities anywhere in a square, one vehicle without capacity."""
    _write(context, "tsp", out, n=n, seed=seed, grid=grid)


@kinds.command("clustered")
def clustered(
    context: typer.Context,
    n: Clients,
    out: Out,
    seed: SeedOption = 0,
    modes: Annotated[int, typer.Option(metavar="N", parser=whole(1), help="Number of heaps.")] = 5,
    spread: Annotated[
        float,
        typer.Option(metavar="X", parser=number, help="Distance between heaps: the larger, the tighter they look."),
    ] = 30.0,
    capacity: Capacity = None,
    grid: Grid = None,
) -> None:
    """Clients in Gaussian heaps.

    After Zhou et al. (2023).
    """
    _write(context, "clustered", out, n=n, seed=seed, modes=modes, spread=spread, capacity=capacity, grid=grid)


@kinds.command("xstyle")
def xstyle(
    context: typer.Context,
    n: Clients,
    out: Out,
    seed: SeedOption = 0,
    depot: Annotated[
        Literal["central", "eccentric", "random"] | None, typer.Option(help="Place of the depot.", show_default="drawn")
    ] = None,
    customers: Annotated[
        Literal["random", "clustered", "random-clustered"] | None,
        typer.Option(help="Places of the clients.", show_default="drawn"),
    ] = None,
    demand: Annotated[
        Literal["unit", "1-10", "5-10", "1-100", "50-100", "quadrant", "small-large"] | None,
        typer.Option(help="Distribution of the demands.", show_default="drawn"),
    ] = None,
    route_size: Annotated[
        float | None, typer.Option(metavar="X", parser=number, help="Clients per route.", show_default="drawn")
    ] = None,
    clusters: Annotated[
        int | None, typer.Option(metavar="N", parser=whole(1), help="Number of clusters.", show_default="drawn")
    ] = None,
) -> None:
    """Like the X instances.

    After Uchoa et al. (2017); what is left out is drawn at random.
    """
    options = {"depot": depot, "customers": customers, "demand": demand, "route_size": route_size}
    _write(context, "xstyle", out, n=n, seed=seed, clusters=clusters, **options)


@kinds.command("solomon-like")
def solomon_like(
    context: typer.Context,
    n: Clients,
    out: Out,
    seed: SeedOption = 0,
    placement: Annotated[Literal["R", "C", "RC"], typer.Option(help="Random, clustered or half of each.")] = "R",
    horizon_type: Annotated[
        int, typer.Option(metavar="1|2", parser=whole(1), help="1 is a short day, 2 a long one with larger vehicles.")
    ] = 1,
    density: Annotated[
        float, typer.Option(metavar="X", parser=number, help="Share of the clients that have a window.")
    ] = 1.0,
    width: Annotated[
        float | None,
        typer.Option(metavar="X", parser=number, help="Mean width of a window.", show_default="horizon / 10"),
    ] = None,
    deviation: Annotated[
        float, typer.Option(metavar="X", parser=number, help="Standard deviation of the width.")
    ] = 0.0,
) -> None:
    """With time windows, like Solomon's (1987)."""
    options = {"placement": placement, "horizon_type": horizon_type, "density": density}
    _write(context, "solomon_like", out, n=n, seed=seed, width=width, deviation=deviation, **options)


Variant = Annotated[
    str,
    typer.Option(
        metavar="NAME", help="[MD] several depots, [O] open, VRP, [B|MB] backhauls, [L] limit, [TW] windows; or TSP."
    ),
]
Depots = Annotated[
    int | None, typer.Option(metavar="N", parser=whole(1), help="Where the variant has several.", show_default="3")
]


@kinds.command("mtvrp")
def mtvrp(
    context: typer.Context,
    n: Clients,
    out: Out,
    seed: SeedOption = 0,
    variant: Variant = "CVRP",
    depots: Depots = None,
    capacity: Capacity = None,
) -> None:
    """Any of 48 combinations of attributes.

    After Berto et al. (2024).
    """
    _write(context, "mtvrp", out, n=n, seed=seed, variant=variant, depots=depots, capacity=capacity)


@kinds.command("streets")
def streets(
    context: typer.Context,
    n: Clients,
    out: Out,
    seed: SeedOption = 0,
    variant: Variant = "CVRP",
    depots: Depots = None,
    capacity: Capacity = None,
    one_way: Annotated[
        float, typer.Option(metavar="X", parser=number, help="Share of side streets open one way only.")
    ] = 0.4,
) -> None:
    """A town: distances and times are shortest paths in a street network.

    With any of the attributes of mtvrp.
    """
    _write(context, "streets", out, n=n, seed=seed, variant=variant, depots=depots, capacity=capacity, one_way=one_way)


def _write(context: typer.Context, kind: str, out: Path, **options: Any) -> None:
    from routewright.cli.outputs import check_outputs
    from routewright.data.formats.write import write
    from routewright.data.generators import generate

    check_outputs({"--out": out})
    if isinstance(context.obj, Labelling):
        context.obj.write(kind, out, **options)
        return
    instance = generate(kind, **options)
    write(instance, out)
    typer.echo(f"{instance.name}: {instance.n_clients} clients, written to {out}")
