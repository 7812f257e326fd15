"""Errors that speak to the user: one line each, naming the place and the value."""


class RoutewrightError(ValueError):
    """Base of every error that bad input can cause; the command line turns it into exit code 2."""


class InstanceError(RoutewrightError):
    """An instance, a vehicle type or a solution that contradicts itself."""


class FormatError(RoutewrightError):
    """A file that cannot be read or written as the format it claims to be.

    Args:
        path: the file, as the user named it.
        problem: what is wrong, with the offending value.
        line: 1-based line number, if the problem sits on one line.
    """

    def __init__(self, path: object, problem: str, line: int | None = None) -> None:
        place = f"{path}:{line}" if line is not None else f"{path}"
        super().__init__(f"{place}: {problem}")


class UnsupportedError(RoutewrightError):
    """A solver was asked for a feature of an instance that it cannot express."""


class MissingExtraError(RoutewrightError, ImportError):
    """A package is needed that comes with an extra of this one only; the message names it."""
