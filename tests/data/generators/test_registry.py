"""What all generators have in common: seeds, names, valid answers, clear errors."""

import hashlib
import inspect

import numpy as np
import pytest

from routewright.data import Instance, InstanceError
from routewright.data.generators import GENERATORS, generate
from tests.data.generators.alone import unservable

KINDS = sorted(GENERATORS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_instance(kind: str) -> None:
    assert generate(kind, 30, seed=5) == generate(kind, 30, seed=5)


@pytest.mark.parametrize("kind", KINDS)
def test_another_seed_gives_other_places_and_another_name(kind: str) -> None:
    first, second = generate(kind, 30, seed=5), generate(kind, 30, seed=6)
    assert not np.array_equal(first.coords, second.coords)  # type: ignore[arg-type]
    assert first.name != second.name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", [2, 7, 60])
def test_every_client_can_be_served_on_a_route_of_its_own(kind: str, n: int) -> None:
    for seed in range(10):
        instance = generate(kind, n, seed)
        assert isinstance(instance, Instance)
        assert instance.n_nodes == (n if kind == "tsp" else n + 1)
        assert unservable(instance) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_tells_family_size_and_seed(kind: str) -> None:
    name = generate(kind, 17, seed=23).name
    assert name.startswith(kind.replace("_", "-"))
    assert "-n17-" in name
    assert name.endswith("-s23")


@pytest.mark.parametrize("kind", KINDS)
def test_options_are_given_by_name_only(kind: str) -> None:
    parameters = inspect.signature(GENERATORS[kind]).parameters.values()
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters)


@pytest.mark.parametrize("kind", KINDS)
def test_global_random_state_neither_matters_nor_moves(kind: str) -> None:
    np.random.seed(1)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # type: ignore[index]  # noqa: NPY002
    first = generate(kind, 20, seed=3)
    assert np.array_equal(before, np.random.get_state()[1])  # type: ignore[index]  # noqa: NPY002
    np.random.seed(2)  # noqa: NPY002
    assert generate(kind, 20, seed=3) == first


@pytest.mark.parametrize(
    ("kind", "n", "seed", "options", "message"),
    [
        ("hexagon", 5, 0, {}, "no generator 'hexagon', there are clustered"),
        ("uniform", 5, 0, {"colour": "red"}, "generator uniform has no option 'colour', it has capacity, grid"),
        ("uniform", 0, 0, {}, "n is 0, must be >= 1"),
        ("uniform", 5.5, 0, {}, "n is 5.5, must be a whole number"),
        ("uniform", True, 0, {}, "n is True, must be a whole number"),
        ("uniform", 5, -1, {}, "seed is -1, must be >= 0"),
        ("uniform", 5, 0, {"capacity": 8}, "capacity is 8, must be >= 9"),
        ("uniform", 5, 0, {"grid": 0}, "grid is 0, must be >= 1"),
        ("tsp", 1, 0, {}, "n is 1, must be >= 2"),
        ("clustered", 5, 0, {"modes": 0}, "modes is 0, must be >= 1"),
        ("clustered", 5, 0, {"spread": float("nan")}, "spread is nan, must be in [0, 1e+06]"),
        ("xstyle", 5, 0, {"depot": "north"}, "depot is 'north', must be one of central, eccentric, random"),
        ("xstyle", 5, 0, {"demand": "2-3"}, "demand is '2-3', must be one of unit, 1-10"),
        ("xstyle", 5, 0, {"route_size": 0.5}, "route_size is 0.5, must be in [1, 5]"),
        ("xstyle", 5, 0, {"route_size": "big"}, "route_size is 'big', must be a number"),
        ("xstyle", 5, 0, {"clusters": 2}, "clusters is 2: give customers clustered or random-clustered with it"),
        ("xstyle", 5, 0, {"clusters": 4, "customers": "random-clustered"}, "clusters is 4, must be <= 3"),
        ("xstyle", 300_000, 0, {}, "n is 300000, must be <= 200000"),
        ("solomon_like", 5, 0, {"placement": "X"}, "placement is 'X', must be one of C, R, RC"),
        ("solomon_like", 5, 0, {"horizon_type": 3}, "horizon_type is 3, must be one of 1, 2"),
        ("solomon_like", 5, 0, {"density": 1.5}, "density is 1.5, must be in [0, 1]"),
        ("solomon_like", 5, 0, {"width": -1}, "width is -1, must be finite and >= 0"),
    ],
)
def test_an_option_out_of_range_is_named_with_its_value(
    kind: str, n: int, seed: int, options: dict[str, object], message: str
) -> None:
    with pytest.raises(InstanceError) as caught:
        generate(kind, n, seed, **options)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


# Computed once; a change means that old seeds stand for other instances: say so in the changelog.
FINGERPRINTS = {
    "clustered": "8f958833f41f31b6",
    "mtvrp": "2e3835eac3081608",
    "solomon_like": "a6e8bd7bb803b36e",
    "streets": "5f00ffce3d70a219",
    "tsp": "f4d454307f43c874",
    "uniform": "da46a6c366260925",
    "xstyle": "08bea7aa1a1c3914",
}


@pytest.mark.parametrize("kind", KINDS)
def test_seeds_keep_their_meaning_over_time(kind: str) -> None:
    assert _fingerprint(generate(kind, 40, seed=11)) == FINGERPRINTS[kind]


def _fingerprint(instance: Instance) -> str:
    """Hash of the numbers, coordinates to nine digits: the last bits may differ between platforms."""
    assert instance.coords is not None
    parts = [np.rint(instance.coords * 1e9), instance.delivery, np.nan_to_num(instance.windows), instance.capacities]
    return hashlib.sha256(b"".join(np.ascontiguousarray(part).tobytes() for part in parts)).hexdigest()[:16]
