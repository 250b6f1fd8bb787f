"""Prints the table. It informs: the exit code is 0 whether a goal is met or not."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from typing import TYPE_CHECKING

from tests.bench.place import stop_server, temporary

if TYPE_CHECKING:
    from tests.bench.place import Place
    from tests.bench.timing import Row

GROUPS = {
    "mha": "checks_of_mha",
    "nms": "checks_of_nms",
    "grading": "grading_alone",
    "case": "one_more_case",
    "list": "listings",
    "memory": "memory",
}
WIDTHS = (52, 32, 9)


def main() -> None:
    options = _options()
    with temporary() as place:
        _line("What", "Measured", "Goal")
        for name, function in GROUPS.items():
            if options.only is None or options.only == name:
                _show(place, options.runs, function)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=11, metavar="N", help="rounds, after one that does not count")
    parser.add_argument("--only", choices=GROUPS, metavar="WORD", help=f"one of {', '.join(GROUPS)}")
    return parser.parse_args()


def _show(place: Place, rounds: int, function: str) -> None:
    # Only now is the copy of cvdrill on the path, which everything is measured on.
    from tests.bench import rows

    for row in getattr(rows, function)(place, rounds):
        _row(row)
    stop_server()  # the next group's server is to hold nothing of this one's
