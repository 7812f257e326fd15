"""What a policy covers: told by its recipe, kept in its card."""

import json
from math import log
from pathlib import Path

import numpy as np
import pytest

from routewright.data.batch import features
from routewright.data.formats.write import write
from routewright.data.generators import generate
from routewright.data.generators.attributes import VARIANTS
from routewright.data.instance import Instance
from routewright.data.labels import Label, write_labels
from routewright.data.solution import Solution
from routewright.data.vehicle import VehicleType
from routewright.policies.cards import FOLDER, read_card
from routewright.policies.coverage import Coverage
from routewright.policies.training import train
from routewright.policies.training.covers import coverage, variant_features
from routewright.policies.training.recipe import FOLDER as RECIPES
from routewright.policies.training.recipe import Recipe, read_recipe
from tests.policies.training.recipes import tiny


@pytest.mark.parametrize("variant", VARIANTS)
def test_features_of_a_variant_are_those_of_its_instances(variant: str) -> None:
    met = set().union(*(features(generate("mtvrp", 40, seed, variant=variant)) for seed in range(3)))
    assert met == set(variant_features(variant))


@pytest.mark.parametrize("name", [path.stem for path in RECIPES.glob("*.yaml")])
def test_recipes_cover_the_instances_that_they_draw(name: str) -> None:
    recipe = read_recipe(name)
    covers, data = coverage(recipe), recipe.model_dump()["data"]
    family = {"roads": "streets"}.get(data["generator"], data["generator"])
    kinds = [{"variant": variant} for variant in data["options"].get("variants", ())] or [{}]
    for number in data["n"]:
        for options in kinds:
            instance = generate(family, number, 1, **options)
            assert covers.missing(features(instance)) == []
            assert covers.away(instance.n_clients) == 0.0


def test_generators_of_prizes_cover_what_an_instance_can_say_of_them() -> None:
    tour = VehicleType(count=1, max_distance=2.0, distance_cost=0.0)
    prizes = Instance.build(coords=np.eye(5)[:, :2], required=False, prize=1.0, vehicle_types=[tour])
    assert coverage(tiny(data={"generator": "orienteering", "n": 20})).missing(features(prizes)) == []
    assert "least reward" in coverage(tiny(data={"generator": "prize_collecting", "n": 20})).features


def test_recipes_that_learn_from_files_cover_what_is_in_them(tmp_path: Path) -> None:
    made = [generate("mtvrp", clients, 1, variant=name) for clients, name in ((9, "CVRP"), (5, "OVRP"), (7, "VRPTW"))]
    for number, instance in enumerate(made):
        write(instance, tmp_path / f"{number}.json")
    wanted = {"capacities", "open routes", "time windows"} & {name for each in made for name in features(each)}
    found = coverage(tiny(tmp_path, data={"files": ["*.json"]}))
    assert (set(found.features), found.sizes) == (wanted, (5, 9))
    alone = Solution.from_routes([[client] for client in made[0].clients])
    write_labels([Label(made[0], alone, 1.0)], tmp_path / "set.npz")
    imitated = tiny(tmp_path, data={"labels": ["set.npz"]}, objective={"kind": "imitation"})
    assert coverage(imitated) == Coverage(features(made[0]), (9,))


def test_training_writes_it_into_the_card(tmp_path: Path) -> None:
    train(tiny(steps=1), tmp_path / "run", device="cpu", quiet=True)
    assert read_card(tmp_path / "run" / "policy")["covers"] == {"features": ["capacities"], "sizes": [6]}


@pytest.mark.parametrize("name", [path.stem for path in FOLDER.glob("*.json")])
def test_cards_that_ship_say_what_their_recipes_cover(name: str) -> None:
    card = read_card(name)
    assert Coverage.from_entry(card["covers"]) == coverage(Recipe.model_validate(card["recipe"]))


def test_it_goes_to_a_card_and_back() -> None:
    covers = Coverage(("capacities", "open routes"), (20, 50))
    assert Coverage.from_entry(json.loads(json.dumps(covers.as_entry()))) == covers
    assert str(covers) == "capacities, open routes; trained on 20 to 50 clients"


def test_sizes_are_compared_by_factors() -> None:
    covers = Coverage((), (20, 50))
    assert [covers.away(clients) for clients in (10, 20, 35, 50, 100)] == pytest.approx([log(2), 0, 0, 0, log(2)])


def test_capacities_cover_one_vehicle_with_room_for_all() -> None:
    assert Coverage(("capacities",), (20,)).missing(["one vehicle", "pairs"]) == ["pairs"]
    assert Coverage(("one vehicle",), (20,)).missing(["capacities"]) == ["capacities"]
