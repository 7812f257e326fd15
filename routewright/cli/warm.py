"""``routewright warm``: compile now what would otherwise be compiled by the first solve."""

import time

import typer


def run() -> int:
    """Compile the search beforehand.

    Done once per machine and version; without it the first solve does it, and says so.
    """
    from routewright.solvers.search import warm

    start = time.monotonic()
    warm(lambda family: typer.echo(f"compiling for {family}"))
    typer.echo(f"ready after {time.monotonic() - start:.1f} s")
    return 0
