"""Run the command line as ``python -m routewright``."""

import sys

from routewright.cli import main

if __name__ == "__main__":
    sys.exit(main())
