"""What to say where a library is not installed."""

from importlib.util import find_spec


def missing_package(module: str, package: str) -> str:
    """How to install ``package``, in one line, where its ``module`` cannot be imported; else nothing."""
    if find_spec(module) is not None:
        return ""
    return f"the package {package} is not installed; pip install {package}"
