"""What a policy is made of, in words and numbers that a file can hold."""

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from routewright.data.errors import RoutewrightError

ENCODERS = ("postnorm", "prenorm", "graph")
DECODERS = ("pointer", "heatmap")


@dataclass(frozen=True, kw_only=True)
class PolicyConfig:
    """Networks and inputs of a policy.

    Attributes:
        encoder: postnorm (AM, POMO), prenorm (RouteFinder) or graph (nearest neighbours).
        decoder: pointer, or heatmap, which reads scores off the edges of a graph.
        width: of embeddings, d.
        heads: of every attention.
        layers: of the encoder.
        hidden: width of feed-forward layers.
        norm: instance or batch, of the postnorm encoder.
        attention_bias: none, distance or adaptive: whether the attention encoders see the ways between nodes.
        ranks: distances of each node that its embedding begins with; 0 is none.
        neighbours: of each node, in the graph encoder.
        doors: inputs of doors, see ``features.DOORS``.
        clients: inputs of clients, see ``features.NODES``.
        context: inputs of the decoder beside embeddings, see ``context.CONTEXT``.
        graph_context: whether the decoder's query sees the mean of all embeddings (AM does, POMO does not).
        origin: whether it sees the depot where the route began.
        clip: C of C tanh(score).
        logit_bias: whether distances from where the vehicle is are taken off the scores, with a learned weight.
        residual: whether the pointer has a residual context and a feed-forward layer (ReLD).
    """

    encoder: str = "postnorm"
    decoder: str = "pointer"
    width: int = 128
    heads: int = 8
    layers: int = 6
    hidden: int = 512
    norm: str = "instance"
    attention_bias: str = "none"
    ranks: int = 0
    neighbours: int = 12
    doors: tuple[str, ...] = ("x", "y")
    clients: tuple[str, ...] = ("x", "y", "delivery")
    context: tuple[str, ...] = ("load_left",)
    graph_context: bool = False
    origin: bool = False
    clip: float = 10.0
    logit_bias: bool = False
    residual: bool = False

    def __post_init__(self) -> None:
        for name, value, known in (("encoder", self.encoder, ENCODERS), ("decoder", self.decoder, DECODERS)):
            if value not in known:
                raise RoutewrightError(f"{name} is {value!r}, must be one of {', '.join(known)}")
        for name in ("width", "heads", "layers", "hidden", "neighbours"):
            if getattr(self, name) < 1:
                raise RoutewrightError(f"{name} is {getattr(self, name)}, must be at least 1")
        if self.width % self.heads:
            raise RoutewrightError(f"width is {self.width}, must be a multiple of the {self.heads} heads")
        if self.decoder == "heatmap" and self.encoder != "graph":
            raise RoutewrightError(f"decoder is 'heatmap', which reads a graph; encoder is {self.encoder!r}")

    def to_json(self) -> str:
        """As text."""
        return json.dumps(asdict(self), indent=2)

    @classmethod
    def from_json(cls, text: str) -> "PolicyConfig":
        """Of ``to_json``.

        Raises:
            RoutewrightError: if the text is no configuration, or has a key that is unknown.
        """
        try:
            given: dict[str, Any] = dict(json.loads(text))
        except (TypeError, ValueError) as error:
            raise RoutewrightError(f"no configuration of a policy: {error}") from error
        names = [field.name for field in fields(cls)]
        unknown = [name for name in given if name not in names]
        if unknown:
            raise RoutewrightError(f"{unknown[0]!r} is no part of a policy, must be one of {', '.join(names)}")
        parts: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in given.items()}
        return cls(**parts)

    def but(self, **changes: Any) -> "PolicyConfig":
        """The same with some parts changed."""
        return replace(self, **changes)
