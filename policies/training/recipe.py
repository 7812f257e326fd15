"""Recipes: everything that training depends on, in a YAML file."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from routewright.data.errors import FormatError, RoutewrightError
from routewright.policies.config import PolicyConfig
from routewright.policies.presets import PRESETS, preset

FOLDER = Path(__file__).parents[1] / "recipes"
"""Recipes that ship."""

FROM_LABELS = ("imitation", "edges")
"""Objectives that learn from labels."""

Positive = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Generated(_Part):
    """Instances drawn on the device, new ones in every step.

    Attributes:
        generator: mtvrp, xstyle, roads, tsp, orienteering or prize_collecting, of ``routewright.envs.generators``.
        n: clients; of several sizes each step draws one. One that stands there twice is drawn twice as often.
        options: further arguments of the generator, such as ``variants``.
        cities: of roads: how many towns to grow, or the folder of a data set's ``.npz`` files.
    """

    generator: Literal["mtvrp", "xstyle", "roads", "tsp", "orienteering", "prize_collecting"] = "mtvrp"
    n: tuple[Positive, ...] = (20,)
    options: dict[str, Any] = Field(default_factory=dict)
    cities: int | str = 8

    @model_validator(mode="before")
    @classmethod
    def _one_size(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("n"), int):
            return data | {"n": (data["n"],)}
        return data


class Files(_Part):
    """Instances of files: a history of a company's days, say.

    Attributes:
        files: patterns of paths, relative to the recipe.
    """

    files: tuple[str, ...]


class Labels(_Part):
    """Instances with routes to imitate, of ``routewright generate --label``.

    Attributes:
        labels: patterns of paths, relative to the recipe.
        orders: episodes of each instance, which drive its routes in random orders and directions.
        sides: whether each instance is seen from a random one of the eight sides of the plane.
    """

    labels: tuple[str, ...]
    orders: Positive = 1
    sides: bool = True


class First(Labels):
    """What training begins with: imitation, which teaches more than trials as long as little is known.

    Attributes:
        share: of training.
    """

    share: Annotated[float, Field(gt=0, le=1)] = 0.25


class Objective(_Part):
    """What is learnt from a batch.

    Attributes:
        kind: reinforce, ppo, imitation of labels, or edges, which teaches a heatmap those of labels.
        baseline: of reinforce and ppo: none, exponential, shared (the mean over the starts), greedy or critic.
        starts: episodes of each instance; 0 is one from every client, up to ``most_starts``.
        most_starts: see there.
        distinct: whether starts begin at different clients; see ``objectives.experience``.
        explore: weight of the entropy of choices, in reinforce.
        normalise: divide costs by the running mean of their variant.
        updates: of ppo, how often each batch is learnt from.
    """

    kind: Literal["reinforce", "ppo", "imitation", "edges"] = "reinforce"
    baseline: Literal["none", "exponential", "shared", "greedy", "critic"] = "shared"
    starts: Annotated[int, Field(ge=0)] = 0
    most_starts: Positive = 100
    distinct: bool = True
    explore: Annotated[float, Field(ge=0)] = 0.0
    normalise: bool = False
    updates: Positive = 3

    @model_validator(mode="after")
    def _fits(self) -> "Objective":
        if self.kind not in FROM_LABELS and self.baseline == "shared" and self.starts == 1:
            raise ValueError("the shared baseline is a mean over starts: starts is 1, must be 0 or more than 1")
        return self


class Optimiser(_Part):
    """Adam, whose rate rises in the first ``warm_up`` of training and falls by a cosine to ``last_rate``.

    Attributes:
        rate: the highest.
        last_rate: at the end.
        warm_up: share of training.
        weight_decay: of AdamW.
        clip: largest norm of a gradient.
        average: weights that are validated and shipped are a running mean, of which each step keeps this share; 0 is
            none.
    """

    rate: Annotated[float, Field(gt=0)] = 3e-4
    last_rate: Annotated[float, Field(ge=0)] = 1e-5
    warm_up: Annotated[float, Field(ge=0, lt=1)] = 0.01
    weight_decay: Annotated[float, Field(ge=0)] = 1e-6
    clip: Annotated[float, Field(gt=0)] = 1.0
    average: Annotated[float, Field(ge=0, lt=1)] = 0.0


class Validation(_Part):
    """What training is watched by.

    Attributes:
        reference: name of a set in ``policies/references`` or path of such a file; None is no validation.
        every: steps between validations.
        count: instances of the set that are solved.
        method: of decoding.
        augmentation: of decoding.
    """

    reference: str | None = None
    every: Positive = 500
    count: Positive = 200
    method: str = "greedy"
    augmentation: str = "none"


class Recipe(_Part):
    """See the module.

    Attributes:
        name: of the runs.
        policy: a preset's name, or a mapping of ``PolicyConfig``'s entries, ``preset`` among them.
        start_from: a checkpoint whose weights are the first ones, relative to the recipe.
        first: labels to imitate before ``data`` and ``objective`` have their turn, or None.
        data: where instances come from.
        objective: what is learnt from them.
        batch: instances of a step; of several sizes, of the smallest, and of larger ones as many as have no more
            clients together.
        steps: of the whole training; or
        minutes: of it, in all slices together.
        clock: what minutes are of: the clock on the wall, or the CPU time of the first process with all its threads.
        optimiser: how weights change.
        precision: float32, or bf16 in linear layers.
        validation: what training is watched by.
        seed: of all random numbers.
    """

    name: Annotated[str, Field(pattern=r"^[\w.-]+$")]
    policy: str | dict[str, Any] = "pomo"
    start_from: str | None = None
    first: First | None = None
    data: Generated | Files | Labels = Generated()
    objective: Objective = Objective()
    batch: Positive = 64
    steps: Positive | None = None
    minutes: Annotated[float, Field(gt=0)] | None = None
    clock: Literal["wall", "cpu"] = "wall"
    optimiser: Optimiser = Optimiser()
    precision: Literal["float32", "bf16"] = "float32"
    validation: Validation = Validation()
    seed: int = 1
    folder: Path = Field(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _fits(self) -> "Recipe":
        if (self.steps is None) == (self.minutes is None):
            raise ValueError("give either steps or minutes: how long the whole training takes")
        if (self.objective.kind in FROM_LABELS) != isinstance(self.data, Labels):
            raise ValueError(f"{' and '.join(FROM_LABELS)} learn from labels, and nothing else does")
        if self.first is not None and self.objective.kind == "ppo":
            raise ValueError("first imitates, which ppo does not go on from: kind must be reinforce")
        decoder = self.config().decoder
        if self.objective.kind == "edges" and decoder != "heatmap":
            raise ValueError(f"edges are taught to a heatmap: decoder is {decoder!r}, must be 'heatmap'")
        return self

    def config(self) -> PolicyConfig:
        """Of the policy.

        Raises:
            RoutewrightError: if there is no such policy.
        """
        if isinstance(self.policy, str):
            return preset(self.policy)
        parts = dict(self.policy)
        parts = {name: tuple(value) if isinstance(value, list) else value for name, value in parts.items()}
        base = preset(str(parts.pop("preset", next(iter(PRESETS)))))
        unknown = [name for name in parts if name not in PolicyConfig.__dataclass_fields__]
        if unknown:
            known = ", ".join(("preset", *PolicyConfig.__dataclass_fields__))
            raise RoutewrightError(f"{unknown[0]!r} is no part of a policy, must be one of {known}")
        return base.but(**parts)


def read_recipe(path: str | Path) -> Recipe:
    """A recipe of a file, or one that ships, by its name.

    Raises:
        FormatError: if it cannot be read, or an entry is unknown or senseless.
    """
    import yaml

    shipped = FOLDER / f"{path}.yaml"
    file = shipped if not Path(path).exists() and shipped.exists() else Path(path)
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        names = ", ".join(sorted(each.stem for each in FOLDER.glob("*.yaml")))
        raise FormatError(path, f"cannot be read: {error.strerror}; recipes that ship: {names}") from None
    try:
        entries = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        raise FormatError(path, f"is no YAML: {getattr(error, 'problem', error)}", line) from None
    if not isinstance(entries, dict):
        raise FormatError(path, "is no recipe: must have entries such as name, data and steps")
    try:
        return Recipe.model_validate({"name": file.stem, **entries, "folder": file.resolve().parent})
    except ValidationError as error:
        raise FormatError(path, _first_fault(error)) from None


def _first_fault(error: ValidationError) -> str:
    """One line: the entry, and what is wrong with it."""
    faults = error.errors()
    # Of the kinds of data, that one's faults which was meant.
    fault = next((each for each in faults if each["type"] == "extra_forbidden"), faults[0])
    place = ".".join(str(part) for part in fault["loc"] if part not in ("Generated", "Files", "Labels"))
    if fault["type"] == "extra_forbidden":
        return f"{place}: there is no such entry"
    message = fault["msg"].removeprefix("Value error, ")
    given = f" (given: {fault['input']!r})" if place else ""
    return f"{place}: {message}{given}" if place else message
