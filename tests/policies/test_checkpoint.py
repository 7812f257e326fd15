"""Checkpoints come back as they were, or say what is wrong."""

import json
from pathlib import Path

import pytest
import torch

from routewright.data.errors import FormatError
from routewright.policies.cards import read_card
from routewright.policies.checkpoint import load_policy, save_policy
from routewright.policies.config import PolicyConfig
from routewright.policies.policy import Policy

CONFIG = PolicyConfig(width=16, heads=2, layers=1, hidden=32)


def test_a_policy_comes_back_as_it_was(tmp_path: Path) -> None:
    policy = Policy(CONFIG, seed=3)
    save_policy(policy, tmp_path / "new" / "one", minutes=2.5)
    again = load_policy(tmp_path / "new" / "one.safetensors")
    assert not again.training
    assert again.config == CONFIG
    assert read_card(tmp_path / "new" / "one")["minutes"] == 2.5
    for name, value in policy.state_dict().items():
        assert torch.equal(value, again.state_dict()[name])


def test_half_precision_takes_half_the_room(tmp_path: Path) -> None:
    policy = Policy(CONFIG)
    save_policy(policy, tmp_path / "full")
    save_policy(policy, tmp_path / "half", half=True)
    sizes = [(tmp_path / f"{name}.safetensors").stat().st_size for name in ("full", "half")]
    assert sizes[1] < 0.6 * sizes[0]
    again = load_policy(tmp_path / "half")
    for name, value in policy.state_dict().items():
        torch.testing.assert_close(again.state_dict()[name], value, rtol=1e-3, atol=1e-4)


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "one"
    with pytest.raises(FormatError, match=r"one.json: cannot be read: No such file"):
        load_policy(path)
    save_policy(Policy(CONFIG), path)
    card = read_card(path)

    def with_config(**changes: object) -> None:
        path.with_suffix(".json").write_text(json.dumps(card | {"config": card["config"] | changes}))

    with_config(hidden=64)
    with pytest.raises(FormatError, match=r"one.safetensors: 'encoder.*' has shape \(32, 16\), its card makes .*64"):
        load_policy(path)
    with_config(layers=2)
    with pytest.raises(FormatError, match=r"one.safetensors: lacks the weights 'encoder"):
        load_policy(path)
    with_config(colour="red")
    with pytest.raises(FormatError, match=r"one.json: 'colour' is no part of a policy"):
        load_policy(path)
    path.with_suffix(".json").write_text("{}")
    with pytest.raises(FormatError, match=r"one.json: is no card of a routewright-policy of version 1"):
        load_policy(path)
    with_config()
    path.with_suffix(".safetensors").write_bytes(b"nothing")
    with pytest.raises(FormatError, match=r"one.safetensors: holds no weights"):
        load_policy(path)
    path.with_suffix(".safetensors").unlink()
    with pytest.raises(FormatError, match=r"one.safetensors: cannot be read"):
        load_policy(path)


def test_weights_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    policy = Policy(CONFIG)
    with torch.no_grad():
        next(policy.parameters())[0] = torch.nan
    save_policy(policy, tmp_path / "one")
    with pytest.raises(FormatError, match="holds values that are no finite numbers"):
        load_policy(tmp_path / "one")
