"""The command line: one module per command.

Modules here import typer and the standard library only; what a command needs is imported when it
runs, so that ``--help`` stays quick.
"""

from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        args: without the program's name; None is what the process was started with.

    Returns:
        Exit code: 0 done or solved, 1 infeasible, 2 bad input or usage, 3 a bug, 130 interrupted.
    """
    from typer.main import get_command

    from routewright.cli.app import app
    from routewright.cli.errors import quieten, report

    quieten()
    try:
        code = get_command(app).main(args=args, prog_name="routewright", standalone_mode=False)
    except Exception as error:  # the last stop before the user
        return report(error)
    return code if isinstance(code, int) else 0
