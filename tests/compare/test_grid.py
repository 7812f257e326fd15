from io import StringIO

from rich.console import Console

from routewright.compare.grid import Grid, as_latex, as_markdown, as_rich, in_latex

GRID = Grid(
    "Gaps [a=b] & more",
    ("solver", "1 s"),
    (("a_b", "0.5 ± 0.1"), ("c|d", "20%")),
    note="In %.",
    best=frozenset({(0, 1)}),
)


def test_markdown_aligns_numbers_and_sets_off_the_best() -> None:
    assert as_markdown(GRID).splitlines() == [
        "| solver | 1 s |", "|---|--:|".replace("|", " | ").strip(), "| a_b | **0.5 ± 0.1** |", r"| c\|d | 20% |",
    ]  # fmt: skip


def test_latex_prints_what_it_would_else_obey() -> None:
    text = as_latex(GRID)
    assert r"\begin{tabular}{lr}" in text
    assert r"a\_b & \textbf{0.5 $\pm$ 0.1} \\" in text
    assert r"c\textbar{}d & 20\% \\" in text
    assert r"\caption{Gaps [a=b] \& more. In \%.}" in text
    assert in_latex(r"\{$") == r"\textbackslash{}\{\$"


def test_a_terminal_shows_every_cell() -> None:
    console = Console(width=60, record=True, file=StringIO())
    console.print(as_rich(GRID))
    text = console.export_text()
    for word in ("Gaps [a=b] & more", "solver", "a_b", "0.5 ± 0.1", "c|d", "20%", "In %."):
        assert word in text


def test_headings_are_broken_before_cells_are() -> None:
    long = Grid(
        "", ("solver", "seconds for all instances"), (("search", "1"), ("a rather long name of a solver", "22.5"))
    )
    console = Console(width=30, record=True, file=StringIO())
    console.print(as_rich(long))
    lines = [line.strip() for line in console.export_text().splitlines()]
    assert any(line.endswith("22.5") for line in lines)
    assert any(line.endswith("seconds") for line in lines)
