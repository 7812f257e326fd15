"""Reference sets: the same instances, their costs beside them."""

import json
from pathlib import Path

import pytest

from routewright.data.errors import FormatError
from routewright.policies.config import PolicyConfig
from routewright.policies.evaluate import Decoding, evaluate_policy
from routewright.policies.policy import Policy
from routewright.policies.references import FOLDER, Reference, draw, fingerprint, read_reference, write_reference
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop

SHIPPED = [path.stem for path in FOLDER.glob("*.json")]


@pytest.mark.parametrize("name", SHIPPED)
def test_costs_that_ship_are_those_of_the_instances_that_are_drawn(name: str) -> None:
    reference = read_reference(name)
    instances = reference.instances(3)
    assert len(reference.costs) >= 200
    for instance, cost in zip(instances, reference.costs, strict=False):
        stop = Stop(iterations=4_000)
        found = min(solve(instance, solver="search", stop=stop, seed=seed).cost for seed in (2, 3, 4))
        assert cost == pytest.approx(found, rel=0.03)
        assert cost <= found * (1 + 1e-6) or instance.n_clients > 20


def small(folder: Path) -> Reference:
    options = {"n": 5, "variants": ["CVRP", "VRPTW"]}
    made = draw("mtvrp", options, 7, 6)
    return Reference("few", "mtvrp", options, 7, (2.0, 3.0, 2.0, 3.0, 2.0, 3.0), "guess", fingerprint(made[:4]))


def test_a_set_is_written_and_read(tmp_path: Path) -> None:
    reference = small(tmp_path)
    write_reference(reference, tmp_path)
    again = read_reference(tmp_path / "few.json")
    assert again == reference
    assert [bool((each.windows[..., 1] < 1e9).any()) for each in again.instances(4)] == [False, True, False, True]
    assert again.batch(2)["clients"].shape == (2, 6)


def test_sets_of_other_instances_and_broken_files_are_refused(tmp_path: Path) -> None:
    write_reference(small(tmp_path), tmp_path)
    path = tmp_path / "few.json"
    entries = json.loads(path.read_text())
    path.write_text(json.dumps(entries | {"first_seed": 8}))
    with pytest.raises(FormatError, match="was made by a generator that drew other instances"):
        read_reference(path).instances(1)
    path.write_text("[]")
    with pytest.raises(FormatError, match="is no reference set"):
        read_reference(path)
    with pytest.raises(FormatError, match="is no reference set: No such file or directory; those that ship are "):
        read_reference("nothing")


def test_gaps_are_means_over_instances(tmp_path: Path) -> None:
    policy = Policy(PolicyConfig(width=16, heads=2, layers=1, hidden=32)).eval()
    batch = small(tmp_path).batch()
    (alone,) = evaluate_policy(policy, batch, None, [Decoding("greedy")])
    assert alone.gap is None
    found = evaluate_policy(policy, batch, [alone.cost] * 6)
    assert found[0].gap == pytest.approx(0.0, abs=1e-4)
    assert [str(each.decoding) for each in found] == ["greedy", "multistart", "multistart x eightfold"]
    assert found[0].cost >= found[1].cost >= found[2].cost
