import pytest

from routewright.compare.markdown import fleet_per_instance, fleets, footnotes, headline, insert, per_instance, single
from routewright.compare.record import Record
from routewright.compare.table import rows
from routewright.data.errors import RoutewrightError
from tests.compare import made

CONTEXT = {
    "machine": {"cpu": "Some CPU", "cores": 2}, "python": "3.11.1", "commit": "abc1234", "time": "2030-01-02T03:04:05"
}  # fmt: skip


def two_by_two() -> list[Record]:
    """Two instances, two seeds; ours plans with its budget, the other is read at 1 and 10 s."""
    records = []
    for instance, extra in (("A", 0.0), ("B", 1.0)):
        for seed in (1, 2):
            about = {
                "instance": instance, "seed": seed, "context": CONTEXT,
                "reference": 100.0, "reference_source": f"{instance}.sol",
            }  # fmt: skip
            for budget in (1.0, 10.0):
                cost = 100.0 + extra + seed / budget
                records.append(made.record(solver="search", budget=budget, cost=cost, cpu=budget, wall=budget, **about))
            steps = ((0.5, 108.0 + seed), (5.0, 104.0 + seed))
            records.append(
                made.record(
                    solver="pyvrp",
                    anytime=True,
                    budget=10.0,
                    read_at=(1.0, 10.0),
                    trajectory=steps,
                    version="0.14",
                    cpu=10.0,
                    wall=10.0,
                    **about,
                )
            )
    return records


def test_the_headline_has_a_line_per_solver_and_a_column_per_budget() -> None:
    # search at 1 s: seed means 1.5 and 2.5, so 2.00 ± 0.71; at 10 s 0.6 and 0.7, so 0.65 ± 0.07
    assert headline(rows(two_by_two())).splitlines() == [
        "| solver | 1 s | 10 s |",
        "|---|--:|--:|",
        "| search | 2.00 ± 0.71 | 0.65 ± 0.07 |",
        "| pyvrp | 9.50 ± 0.71 | 5.50 ± 0.71 |",
    ]


def test_a_single_cell_is_that_of_the_headline_and_empty_without_runs() -> None:
    table = rows(two_by_two())
    assert single(table, "search", 10.0) == "0.65 ± 0.07"
    assert single(table, "pyvrp", 1.0) == "9.50 ± 0.71"
    assert single(table, "ortools", 1.0) == ""


def test_each_instance_has_its_reference_and_all_budgets_in_one_cell() -> None:
    assert per_instance(rows(two_by_two()), ["pyvrp", "search"]).splitlines() == [
        "| instance | best known | pyvrp 1 / 10 s | search 1 / 10 s |",
        "|---|--:|--:|--:|",
        "| A | 100 | 9.50 ± 0.71 / 5.50 ± 0.71 | 1.50 ± 0.71 / 0.15 ± 0.07 |",
        "| B | 100 | 9.50 ± 0.71 / 5.50 ± 0.71 | 2.50 ± 0.71 / 1.15 ± 0.07 |",
    ]


def test_a_mean_over_fewer_instances_says_so() -> None:
    records = [made.record(instance="A", cost=102.0), made.record(instance="B", feasible=False, violations=("late",))]
    assert "| search | 2.00 (1 of 2) |" in headline(rows(records))
    assert "| B | 100 | - |" in per_instance(rows(records))


def test_a_solver_that_has_not_finished_a_set_says_so() -> None:
    records = [made.record(instance=name, solver="done") for name in "AB"]
    text = headline(rows([*records, made.record(instance="A", solver="begun")]))
    assert "| done | 10.00 |" in text
    assert "| begun | 10.00 (1 of 2) |" in text


def test_a_note_on_every_instance_names_none() -> None:
    records = [made.record(instance=name, feasible=False, unsupported=("time windows",)) for name in "AB"]
    assert "- search, all instances: does not know time windows." in footnotes(rows(records), records)


def test_footnotes_name_reference_rounding_clocks_versions_and_machine() -> None:
    records = two_by_two()
    text = footnotes(rows(records), records)
    assert "best known cost (NAME.sol; rounding round), mean over instances and 2 seeds" in text
    assert "One long run read by its CPU stamps: pyvrp." in text
    assert "A run for each budget (most CPU time used, in budgets): search 1.00." in text
    assert "Versions: pyvrp 0.14, search 1.0; sources at abc1234." in text
    assert "Machine: Some CPU, 2 cores, Python 3.11.1; 2030-01-02." in text


def test_footnotes_list_what_a_mean_would_hide() -> None:
    records = [
        made.record(instance="A", wall=2.0),
        made.record(instance="B", feasible=False, violations=("late",)),
        made.record(instance="C", feasible=False, unsupported=("time windows",)),
        made.record(instance="D", feasible=False, unsupported=("time windows",)),
    ]
    text = footnotes(rows(records), records)
    assert "- search: 1 number from runs with less than 90% of a core (least 0.50)." in text
    assert "- search, B: infeasible: late." in text
    assert "- search, C, D: does not know time windows." in text


def test_two_versions_of_a_solver_in_one_file_are_both_named() -> None:
    records = [made.record(instance="A", version="1.0"), made.record(instance="B", version="2.0")]
    assert "Versions: search 1.0, search 2.0" in footnotes(rows(records), records)


def test_text_goes_between_its_marks_and_nowhere_else() -> None:
    document = "# Title\n\n<!-- quality:begin -->\nold\n<!-- quality:end -->\n\nend\n"
    once = insert(document, "quality", "| new |\n")
    assert once == "# Title\n\n<!-- quality:begin -->\n| new |\n<!-- quality:end -->\n\nend\n"
    assert insert(once, "quality", "| new |\n") == once


@pytest.mark.parametrize(
    "document",
    [
        "no marks",
        "<!-- quality:begin -->",
        "<!-- quality:end --> <!-- quality:begin -->",
        "<!-- quality:begin --><!-- quality:begin --><!-- quality:end -->",
    ],
)
def test_a_document_without_its_marks_is_refused(document: str) -> None:
    with pytest.raises(RoutewrightError, match="quality:begin"):
        insert(document, "quality", "text")


def test_fleets_come_before_costs_and_only_of_instances_that_all_seeds_solved() -> None:
    table = rows([
        made.record(solver="one", instance="A", cost=100.0, vehicles=3),
        made.record(solver="one", instance="A", cost=102.0, vehicles=4, seed=2),
        made.record(solver="one", instance="B", cost=50.0, vehicles=1),
        made.record(solver="one", instance="B", feasible=False, seed=2),
        made.record(solver="two", instance="A", feasible=False),
    ])  # fmt: skip
    assert fleets(table).splitlines()[2:] == ["| one | 3.50 / 101.0 (1 of 2) |", "| two | - |"]
    assert fleet_per_instance(table).splitlines() == [
        "| instance | one 1 s | two 1 s |",
        "|---|--:|--:|",
        "| A | 3.50 / 101.0 | - |",
        "| B | - | - |",
    ]
