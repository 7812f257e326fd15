"""Running means of several processes are those of all batches together."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from tensordict import TensorDict

from routewright.policies.objectives import ExponentialBaseline, VariantNormaliser
from routewright.policies.stranded import priced

inf = float("inf")
COSTS, VARIANTS = [[4.0, 8.0], [6.0, 6.0], [30.0, 10.0], [1.0, inf], [inf, inf], [7.0, 9.0]], [0, 0, 7, 7, 2, 0]
"""The first process has the first four rows. Of the last two, one failed."""

EACH_PROCESS = """
import sys
import torch
from torch import distributed
from tests.policies.objectives.test_processes import means

rank, folder = int(sys.argv[1]), sys.argv[2]
distributed.init_process_group("gloo", init_method=f"file://{folder}/meet", rank=rank, world_size=2)
torch.save(means(*((0, 4) if rank == 0 else (4, 6))), f"{folder}/{rank}.pt")
distributed.destroy_process_group()
"""


def means(first: int, last: int) -> list[dict[str, torch.Tensor]]:
    """States after some rows, and after the same once more at double the cost."""
    normaliser, running = VariantNormaliser(), ExponentialBaseline()
    batch = TensorDict({"variant": torch.tensor(VARIANTS[first:last])}, [last - first])
    for factor in (1.0, 2.0):
        costs = priced(torch.tensor(COSTS[first:last]) * factor)
        normaliser.update(batch, costs)
        running.value(batch, costs)
    return [normaliser.state_dict(), running.state_dict()]


@pytest.mark.slow
def test_means_of_two_processes_are_those_of_one_that_sees_all(tmp_path: Path) -> None:
    commands = [[sys.executable, "-c", EACH_PROCESS, str(rank), str(tmp_path)] for rank in range(2)]
    root = Path(__file__).parents[3]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=root) for command in commands]
    for each in running:
        _, said = each.communicate(timeout=200)
        assert each.returncode == 0, said
    for rank in range(2):
        found = torch.load(tmp_path / f"{rank}.pt", weights_only=True)
        for expected, state in zip(means(0, 6), found, strict=True):
            for name, value in expected.items():
                torch.testing.assert_close(state[name], value, msg=name)
