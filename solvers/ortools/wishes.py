"""Options by which a user overrules how the library begins and goes on."""

from typing import Any

from routewright.data.errors import RoutewrightError

UNSET = {"UNSET", "AUTOMATIC", "SWEEP", "EVALUATOR_STRATEGY"}
"""Of the library's words, those that leave the choice to it, and those that want more than a word."""


def first_strategy(word: str) -> Any:
    """How the first solution is built, such as ``savings`` or ``path_cheapest_arc``.

    Raises:
        RoutewrightError: if the library knows no such strategy.
    """
    from ortools.constraint_solver import routing_enums_pb2 as words

    return _chosen("strategy", word, words.FirstSolutionStrategy.Value)


def metaheuristic(word: str) -> Any:
    """What leads out of local optima, such as ``guided_local_search`` or ``tabu_search``.

    Raises:
        RoutewrightError: if the library knows no such thing.
    """
    from ortools.constraint_solver import routing_enums_pb2 as words

    return _chosen("metaheuristic", word, words.LocalSearchMetaheuristic.Value)


def _chosen(option: str, word: str, values: Any) -> Any:
    known = {name.lower(): number for name, number in values.items() if name not in UNSET}
    if word not in known:
        raise RoutewrightError(f"ortools: {option} is {word!r}, must be one of {', '.join(sorted(known))}")
    return known[word]
