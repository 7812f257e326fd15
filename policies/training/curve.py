"""The curve of a run: gap and cost over the minutes of training."""

import csv
from pathlib import Path

from routewright.data.formats.atomic import atomic_path


def draw_curve(folder: Path) -> Path | None:
    """Draw ``curve.png`` of the logs in a run's folder; None without any.

    Training cost is that of sampled episodes, the gap that of the validation set.
    """
    from matplotlib.figure import Figure

    points = read_logs(folder)
    names = [name for name in ("val_gap", "cost") if any(name in point for point in points)]
    if not names:
        return None
    figure = Figure(figsize=(7.0, 2.6 * len(names)), layout="constrained")
    for axes, name in zip(figure.subplots(len(names), squeeze=False)[:, 0], names, strict=True):
        some = [(point["minutes"], point[name]) for point in points if name in point]
        axes.plot(*zip(*some, strict=True), marker="." if len(some) < 100 else None, linewidth=1.0)
        axes.set_ylabel({"val_gap": "validation gap, %", "cost": "cost of episodes"}[name])
        axes.set_xlabel("minutes of training")
        axes.grid(alpha=0.3)
        if name == "val_gap":
            axes.set_yscale("log")
            axes.yaxis.set_major_formatter("{x:g}")
            axes.yaxis.set_minor_formatter("{x:g}")
    path = folder / "curve.png"
    with atomic_path(path) as temporary:
        figure.savefig(temporary, format="png", dpi=120)
    return path


def read_logs(folder: Path) -> list[dict[str, float]]:
    """Numbers that were logged, in the order of their steps, each with the ``minutes`` of training."""
    rows = []
    for file in sorted(folder.glob("logs/*/metrics.csv")):
        with file.open(newline="", encoding="utf-8") as stream:
            rows += [{name: float(value) for name, value in row.items() if value} for row in csv.DictReader(stream)]
    rows.sort(key=lambda row: row["step"])
    minutes = 0.0
    for row in rows:
        minutes = row.setdefault("minutes", minutes)
    return rows
