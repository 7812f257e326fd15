"""Use the installed package as a newcomer would; wheel-smoke runs it far from the checkout."""

import sys
from pathlib import Path

import routewright as rw

if "site-packages" not in Path(rw.__file__).parts:
    sys.exit(f"not the installed package: {rw.__file__}")
instance = rw.packaged("clustered-20")
result = rw.solve(instance, stop=rw.Stop(iterations=500), seed=1)
if not result.feasible or rw.check(instance, result.solution, result.cost):
    sys.exit(f"the packaged instance was not solved: {result}")
print(result)
