"""Trained policies in files: weights, and a card that says what they are."""

import json
from pathlib import Path
from typing import Any

import torch

from routewright.data.errors import FormatError, RoutewrightError
from routewright.data.formats.atomic import atomic_path, atomic_write
from routewright.policies.cards import FORMAT, VERSION, card_file, found_at, read_card, stem_of, weights_file
from routewright.policies.config import PolicyConfig
from routewright.policies.policy import Policy


def save_policy(policy: Policy, path: str | Path, *, half: bool = False, **facts: Any) -> None:
    """Write PATH.safetensors and the card PATH.json beside it.

    Args:
        policy: to be written.
        path: with or without the ending.
        half: write weights in half precision.
        facts: further entries of the card, such as the recipe, minutes and hardware of training, and measured gaps.

    Raises:
        FormatError: if a file cannot be written.
    """
    from safetensors.torch import save_file

    stem = stem_of(path)
    stem.parent.mkdir(parents=True, exist_ok=True)
    tensors = {name: value.detach().cpu().contiguous() for name, value in policy.state_dict().items()}
    if half:
        tensors = {name: value.half() if value.is_floating_point() else value for name, value in tensors.items()}
    card = {"format": FORMAT, "version": VERSION, "config": json.loads(policy.config.to_json()), **facts}
    with atomic_path(weights_file(stem)) as temporary:
        save_file(tensors, temporary)
    with atomic_write(card_file(stem)) as stream:
        stream.write(json.dumps(card, indent=2) + "\n")


def load_policy(path: str | Path, device: torch.device | str | None = None) -> Policy:
    """A policy of ``save_policy``, ready to decode.

    Args:
        path: with or without the ending; or the name of a policy that ships.
        device: to have it on.

    Raises:
        FormatError: if a file is missing or broken, or the weights do not belong to the networks of the card.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    config = _config(path)
    file = weights_file(found_at(path))
    try:
        tensors = load_file(file)
    except OSError as error:
        raise FormatError(file, f"cannot be read: {error.strerror or error}") from None
    except SafetensorError as error:
        raise FormatError(file, f"holds no weights: {error}") from None
    policy = Policy(config)
    fault = _fault(tensors, policy.state_dict())
    if fault:
        raise FormatError(file, fault)
    policy.load_state_dict(tensors)
    return policy.to(device).eval()


def _config(path: str | Path) -> PolicyConfig:
    try:
        return PolicyConfig.from_json(json.dumps(read_card(path).get("config")))
    except FormatError:
        raise
    except (RoutewrightError, TypeError) as error:
        raise FormatError(card_file(found_at(path)), str(error)) from None


def _fault(given: dict[str, torch.Tensor], wanted: dict[str, torch.Tensor]) -> str:
    """What is wrong with weights; empty if they fit and are numbers."""
    for name, value in wanted.items():
        if name not in given:
            return f"lacks the weights {name!r}"
        if given[name].shape != value.shape:
            return f"{name!r} has shape {tuple(given[name].shape)}, its card makes that {tuple(value.shape)}"
        if not bool(torch.isfinite(given[name]).all()):
            return f"{name!r} holds values that are no finite numbers"
    surplus = [name for name in given if name not in wanted]
    return f"has weights {surplus[0]!r} that its card knows nothing of" if surplus else ""
