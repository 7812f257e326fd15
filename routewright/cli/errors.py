"""Whatever goes wrong, told in one line."""

import os
import sys
import warnings

BAD_INPUT = 2
BUG = 3
DEBUG = "ROUTEWRIGHT_DEBUG"


def quieten() -> None:
    """Keep library warnings away from the one line that an error gets, unless Python was told otherwise."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def report(error: Exception) -> int:
    """Print ``error`` as one line on stderr and say which exit code it deserves.

    With the environment variable ``ROUTEWRIGHT_DEBUG`` set the error is raised instead.
    """
    if os.environ.get(DEBUG):
        raise error
    message, code = _describe(error)
    print("error:", " ".join(message.split()), file=sys.stderr)
    return code


def _describe(error: Exception) -> tuple[str, int]:
    from typer import TyperException

    from routewright.data.errors import RoutewrightError

    if isinstance(error, TyperException):
        return _usage(error), BAD_INPUT
    if isinstance(error, RoutewrightError):
        return str(error), BAD_INPUT
    if isinstance(error, OSError) and error.strerror is not None:  # without a name: stdout, on a full disk say
        return f"{error.filename or 'output'}: {error.strerror}", BAD_INPUT
    if isinstance(error, MemoryError):
        return "out of memory", BAD_INPUT
    return f"unexpected {type(error).__name__}: {error} (a bug; {DEBUG}=1 shows where)", BUG


def _usage(error: Exception) -> str:
    """Typer's message, and where help is to be had."""
    message = getattr(error, "format_message", error.__str__)().replace("Value error, ", "")  # pydantic, inside typer
    context = getattr(error, "ctx", None)
    hint = f" (see {context.command_path} --help)" if context is not None else ""
    return message.strip().rstrip(".") + hint
