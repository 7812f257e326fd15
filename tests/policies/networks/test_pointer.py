"""The decoder against the formulas of the paper."""

import pytest
import torch
from torch import Tensor

from routewright.envs import VRPEnv, sample
from routewright.policies import Policy
from routewright.policies.moment import Moment
from routewright.policies.networks import exponentials
from routewright.policies.networks.pointer import Pointer, PointerCache
from tests.policies.cases import KINDS, SMALL, double, drawn, mixed_sizes

ENV = VRPEnv()


def paper(policy: Policy, nodes: Tensor, cache: PointerCache, moment: Moment) -> Tensor:
    """Kool et al. (2019), equations 5 to 8, one head after the other, nothing rearranged."""
    pointer = policy.decoder
    assert isinstance(pointer, Pointer)
    width, heads = nodes.shape[-1], pointer.heads
    each = width // heads
    answers = []
    for row in range(len(nodes)):
        keys, values, last = pointer.keys(nodes[row]).split(width, dim=-1)
        for query in range(moment.node.shape[1]):
            context = pointer.query.weight @ nodes[row, moment.node[row, query]]
            context = context + moment.context[row, query] @ pointer.context.weight
            if pointer.origin is not None:
                begun = 0 if moment.origin is None else int(moment.origin[row, query])
                context = context + pointer.origin.weight @ nodes[row, begun]
            if pointer.graph is not None:
                real = slice(None) if cache.frame.real is None else cache.frame.real[row]
                context = context + pointer.graph.weight @ nodes[row, real].mean(0)
            seen = []
            for head in range(heads):
                part = slice(head * each, (head + 1) * each)
                scores = keys[:, part] @ context[part] / each**0.5
                share = scores.masked_fill(~moment.mask[row, query], -torch.inf).softmax(-1)
                seen.append(share @ values[:, part])
            glance = pointer.out.weight @ torch.cat(seen)
            if pointer.widen is not None and pointer.narrow is not None:
                glance = glance + context
                glance = glance + pointer.narrow(pointer.widen(glance))
            compatible = last @ glance / width**0.5
            if cache.farness is not None:
                compatible = compatible - cache.farness[row, moment.node[row, query]]
            answers.append((pointer.clip * compatible.tanh()).masked_fill(~moment.mask[row, query], -torch.inf))
    return torch.stack(answers).view(moment.mask.shape)


@pytest.mark.parametrize("kind", ["prenorm", "batch norm, graph context", "distance bias", "residual"])
@pytest.mark.parametrize("few", [True, False])
def test_rearranged_decoders_are_the_formulas_of_the_paper(
    kind: str, few: bool, generator: torch.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not few:
        monkeypatch.setattr("routewright.policies.networks.pointer.worth_folding", lambda *sizes: False)
    policy = Policy(KINDS[kind]).eval()
    for batch in (drawn(4, 6), mixed_sizes()):
        with torch.no_grad():
            cache = policy.encode(batch)
            assert isinstance(cache, PointerCache)
            assert (cache.folded is not None) == (few and kind != "residual")
            nodes = policy.encoder(batch, cache.frame).nodes
            state = ENV.reset(batch, starts=3)
            for _ in range(4):
                moment = policy.observe(cache, state)
                torch.testing.assert_close(
                    policy.scores_at(cache, moment), paper(policy, nodes, cache, moment), rtol=1e-4, atol=1e-4
                )
                state = ENV.step(state, sample(state["mask"], generator))


def test_large_scores_are_as_good_as_small_ones(generator: torch.Generator) -> None:
    policy, batch = Policy(SMALL).double(), double(drawn(3, 6))
    assert isinstance(policy.decoder, Pointer)
    policy.decoder.query.weight.data.mul_(1e5)  # exponentials overflow
    cache = policy.encode(batch)
    assert isinstance(cache, PointerCache)
    state = ENV.reset(batch, starts=4)
    state = ENV.step(state, sample(state["mask"], generator))
    moment = policy.observe(cache, state)
    plain = policy.scores_at(cache.with_leaf(cache.leaf()), moment)
    assert plain.isfinite().any(-1).all()
    torch.testing.assert_close(policy.scores_at(cache, moment), plain, rtol=1e-5, atol=1e-5)


def test_parts_of_a_batch_make_no_difference(generator: torch.Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    policy, batch = Policy(SMALL), drawn(5, 6)
    cache, state = policy.encode(batch), ENV.reset(batch, starts=4)
    whole = policy.scores(cache, state)
    monkeypatch.setattr(exponentials, "CACHED", 1)
    torch.testing.assert_close(policy.scores(cache, state), whole)
