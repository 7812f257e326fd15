"""A solver module that needs no library: one route per client, then waiting for the clock."""

from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.stop import Stop

CALLS: list[str] = []
"""What was called, in order; a fresh list with every loading of this file."""


def version() -> str:
    return "7.7"


def supports(instance: Instance) -> list[str]:
    return ["time windows"] if instance.windows[:, :, 1].min() < float("inf") else []


def prepare(instance: Instance, stop: Stop) -> None:
    CALLS.append(f"prepare {instance.name}")


def run(
    instance: Instance,
    monitor: Monitor,
    *,
    seed: int,
    threads: int,
    initial_solution: Solution | None,
    trick: str = "",
) -> Answer:
    CALLS.append(f"run {instance.name} seed={seed} threads={threads} from={initial_solution} trick={trick}")
    if trick == "crash":
        raise RuntimeError("broken in /some/folder/file.py")
    routes = [(client,) for client in instance.clients]
    if trick == "forget":
        routes.pop()
    solution = Solution.from_routes(routes)
    monitor.improved(evaluate(instance, solution).cost, 1)
    steps = 1
    while not monitor.done(steps):
        steps += 1
    return Answer(solution, steps, bound=float(len(CALLS)))
