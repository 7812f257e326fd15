"""How long a newcomer waits for the first answer, when nothing is compiled yet.

    python benchmarks/cold_start.py

Runs ``routewright solve FILE --time-limit 2`` with an empty kernel cache, and once more with the cache that it left,
on one file for each family of kernels. Prints the seconds beyond the limit; goal: at most 20.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sets import instances_folder

LIMIT = 2.0
FILES = {
    "capacity": "X/X-n303-k21.vrp",
    "windows": "solomon/R104.txt",
    "general": "mdvrptw/PR11A.vrp",
}


def main() -> None:
    """Print one line for each family."""
    for family, name in FILES.items():
        with tempfile.TemporaryDirectory() as cache:
            cold, warm = (seconds_beyond(instances_folder() / name, Path(cache)) for _ in range(2))
        print(f"{family:10} {name:20} cold {cold:5.1f} s   warm {warm:4.1f} s", flush=True)


def seconds_beyond(file: Path, cache: Path) -> float:
    """Wall time of the whole command less its limit."""
    command = [sys.executable, "-m", "routewright", "solve", str(file), "--time-limit", str(LIMIT)]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "NUMBA_CACHE_DIR": str(cache)})
    return time.perf_counter() - start - LIMIT


if __name__ == "__main__":
    main()
