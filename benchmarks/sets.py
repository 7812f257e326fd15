"""The sets of public instances that tables speak of, by their files in the instances folder."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

TUNED_ON = (
    "X-n101-k25", "X-n157-k13", "X-n209-k16", "X-n256-k16",
    "X-n303-k21", "X-n401-k29", "X-n502-k39", "X-n599-k92",
)  # fmt: skip


SMALL = (
    "X-n101-k25", "X-n110-k13", "X-n125-k30", "X-n139-k10", "X-n153-k22", "X-n157-k13", "X-n167-k10",
    "X-n181-k23", "X-n195-k51", "X-n209-k16", "X-n223-k34", "X-n237-k14", "X-n251-k28", "X-n256-k16",
    "X-n266-k58", "X-n280-k17", "X-n294-k50", "X-n303-k21", "X-n308-k13", "X-n322-k28",
)  # fmt: skip

THIRD = (
    "X-n1001-k43", "X-n125-k30", "X-n157-k13", "X-n195-k51", "X-n237-k14", "X-n266-k58", "X-n303-k21",
    "X-n336-k84", "X-n401-k29", "X-n469-k138", "X-n573-k30", "X-n655-k131", "X-n801-k40", "X-n979-k58",
)  # fmt: skip
"""Every third of X, by name."""

MOST_FIELDS = ("search", "pyvrp", "ortools")
"""Solvers that know most features."""
WITH_POLICIES = ("search", "auto", "neural", "pyvrp", "ortools")
EVERYONE = (*WITH_POLICIES, "hygese")


@dataclass(frozen=True)
class NamedSet:
    """Some files of the instances folder.

    Attributes:
        title: heading of its table.
        patterns: globs below the folder.
        only: names that count, all if empty.
        without: names that do not count.
        remark: what a reader must know about it.
        best_of_run: whether gaps refer to the best cost in the table, for want of published ones.
        vehicles_first: whether the fewest vehicles come before cost, so that tables tell both.
        solvers: that its table compares.
        budgets: of its table, in CPU seconds.
        seeds: of its table, 1 to this.
    """

    title: str
    patterns: tuple[str, ...]
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    remark: str = ""
    best_of_run: bool = False
    vehicles_first: bool = False
    solvers: tuple[str, ...] = MOST_FIELDS
    budgets: tuple[float, ...] = (1.0, 3.0, 10.0)
    seeds: int = 2

    def files(self, folder: Path) -> list[Path]:
        """The files of the set, by name."""
        found = {path for pattern in self.patterns for path in folder.glob(pattern)}
        return sorted(
            path for path in found if path.stem not in self.without and (not self.only or path.stem in self.only)
        )


MAIN = (
    "x8", "x32", "solomon", "vrpb", "mdvrptw", "limits", "mdvrp", "roads", "hfvrp", "sdvrptw", "pcvrptw", "mtvrptwr",
    "gvrp", "pdptw", "evrptw",
)  # fmt: skip
"""Of the main table: X, Solomon's and a folder for each other kind of problem."""

SETS = {
    "x8": NamedSet(
        "CVRP: 8 X instances",
        ("X/*.vrp",),
        only=TUNED_ON,
        remark="`search` was tuned on these eight instances.",
        solvers=EVERYONE,
    ),
    "x32": NamedSet(
        "CVRP: 32 other X instances",
        ("X/*.vrp",),
        without=TUNED_ON,
        remark="What `search` does with a minute, and with long routes, was tried on some of them, nothing else was.",
        solvers=EVERYONE,
    ),
    "x-minute": NamedSet(
        "CVRP: 40 X instances, a minute",
        ("X/*.vrp",),
        remark="`search` was tuned on eight of them at up to 10 seconds, and at a minute on two dozen of them.",
        solvers=("search",),
        budgets=(60.0,),
        seeds=1,
    ),
    "x-minute-small": NamedSet(
        "CVRP: 20 X instances of up to 321 clients, a minute",
        ("X/*.vrp",),
        only=SMALL,
        remark="`search` was tuned on most of them. Its runs came after those of the libraries, on the same machine.",
        solvers=("search", "pyvrp", "hygese"),
        budgets=(60.0,),
        seeds=1,
    ),
    "x-long": NamedSet(
        "CVRP: every third X instance, four minutes",
        ("X/*.vrp",),
        only=THIRD,
        remark="`search` was tuned on three of them at up to 10 seconds, and at a minute on others.",
        solvers=("search",),
        budgets=(240.0,),
        seeds=1,
    ),
    "solomon": NamedSet(
        "VRPTW: Solomon, 100 clients",
        ("solomon/*.txt",),
        remark="`search` was tuned on these instances.",
        solvers=WITH_POLICIES,
    ),
    "gh1000": NamedSet(
        "VRPTW: Gehring-Homberger, 1,000 clients",
        ("gehring_homberger_1000/*.vrp",),
        remark="Temperatures of `search` were tuned on C2, R1_10_4, R2 and RC2 of these.",
        budgets=(3.0, 10.0, 30.0),
    ),
    "vrpb": NamedSet(
        "Backhauls: X-like, 500 to 1,000 clients",
        ("vrpb/*.vrp",),
        only=(
            "X-n536-80-k77", "X-n573-66-k25", "X-n641-80-k28", "X-n733-50-k83", "X-n876-50-k30", "X-n1001-50-k22",
        ),
        solvers=("search", "neural", "pyvrp", "ortools"),
    ),
    "mdvrptw": NamedSet(
        "Several depots and windows, 360 to 960 clients",
        ("mdvrptw/*.vrp",),
        only=("PR11A", "PR13A", "PR15A", "PR17A", "PR19A", "PR21A"),
    ),
    "limits": NamedSet(
        "Duration limits: CMT and Golden",
        ("cvrp_classic/CMT/*.vrp", "cvrp_classic/Golden/*.vrp"),
        only=("CMT6", "CMT8", "CMT10", "CMT13", "Golden_1", "Golden_4"),
        remark="How long a string `search` removes was chosen on `Golden_4`, other instances of Golden and some of X.",
        solvers=("search", "pyvrp", "ortools", "hygese"),
    ),
    "mdvrp": NamedSet(
        "Several depots: Cordeau",
        ("mdvrp/p*",),
        only=("p04", "p08", "p12", "p22", "pr04", "pr10"),
        best_of_run=True,
    ),
    "roads": NamedSet(
        "Roads of Belgium, asymmetric",
        ("real_road/*.vrp",),
        best_of_run=True,
        solvers=("search", "neural", "pyvrp", "ortools"),
    ),
    "hfvrp": NamedSet(
        "Mixed fleets: X-like, 133 to 1,000 clients",
        ("hfvrp/*.vrp",),
        only=("X134-FSMD", "X172-HVRP", "X322-HD", "X449-FSMFD", "X641-FSMFD", "X1001-FSMF"),
    ),
    "sdvrptw": NamedSet(
        "Site-dependent VRPTW",
        ("sdvrptw/*.vrp",),
        only=("PR01", "PR09", "PR13", "PR15B", "PR18A", "PR23B"),
    ),
    "pcvrptw": NamedSet(
        "Optional clients with prizes and windows: 1,000 clients",
        ("pcvrptw/*.vrp",),
        only=("C1_10_1", "C2_10_6", "R1_10_4", "R2_10_2", "RC1_10_8", "RC2_10_6"),
    ),
    "mtvrptwr": NamedSet(
        "Several trips, windows and release times",
        ("mtvrptwr/*.vrp",),
        only=("C201R0.25", "R209R0.75", "RC204R0.75", "C2_2_03R0.75", "R2_2_04R0.25", "RC2_2_07R0.5"),
    ),
    "gvrp": NamedSet("Groups of clients, one of which is visited", ("gvrp/*.vrp",)),
    "pdptw": NamedSet(
        "Pickup and delivery with windows, vehicles first: Li and Lim, 100 to 1,000 clients",
        ("pdptw_lilim/*.txt",),
        only=("lc107", "lrc1_2_6", "lr2_4_6", "lc1_6_9", "lrc1_8_6", "lr1_10_3"),
        vehicles_first=True,
    ),
    "evrptw": NamedSet(
        "Electric vehicles with windows, vehicles first: Schneider et al.",
        ("evrptw/*.txt",),
        only=("c101_21", "c208_21", "r104_21", "r208_21", "rc105_21", "rc205_21"),
        vehicles_first=True,
    ),
    "xxl": NamedSet(
        "CVRP: 3,000 to 11,000 clients",
        ("xxl/*.vrp",),
        remark="`search` was tuned on these.",
        solvers=("search",),
        budgets=(120.0,),
        seeds=1,
    ),
}  # fmt: skip


def instances_folder() -> Path:
    """Where the public instances are: ``ROUTEWRIGHT_INSTANCES``, or beside the checkout."""
    return Path(os.environ.get("ROUTEWRIGHT_INSTANCES", ROOT.parent / "shared" / "instances"))
