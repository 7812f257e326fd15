"""How good a policy is while it learns, on instances whose costs are known."""

from routewright.policies.evaluate import Decoding, Evaluation, evaluate_policy
from routewright.policies.policy import Policy
from routewright.policies.references import Reference, read_reference
from routewright.policies.training.recipe import Validation


class Validator:
    """Decodes a reference set.

    Args:
        validation: of a recipe.
    """

    def __init__(self, validation: Validation) -> None:
        self._decoding = Decoding(validation.method, validation.augmentation)
        self._reference: Reference | None = None
        if validation.reference is not None:
            self._reference = read_reference(validation.reference)
            self._batch = self._reference.batch(validation.count)

    def __call__(self, policy: Policy) -> Evaluation | None:
        """None where there is no set."""
        if self._reference is None:
            return None
        self._batch = self._batch.to(next(policy.parameters()).device)
        training = policy.training
        (found,) = evaluate_policy(policy.eval(), self._batch, self._reference.costs, [self._decoding])
        policy.train(training)
        return found
