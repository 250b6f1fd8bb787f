"""Prints how fast cvdrill is; the exit code is 0 whether a goal is met or not."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from typing import TYPE_CHECKING

from tests.bench.place import stop_server, temporary

if TYPE_CHECKING:
    from tests.bench.timing import Row

WIDTHS = (60, 32, 9)


def main() -> None:
    options = _options()
    with temporary() as place:
        # Only now is the copy of cvdrill that is measured on the path.
        from tests.bench.rows import GROUPS

        chosen = [group for name, group in GROUPS.items() if options.only in name]
        if not chosen:
            sys.exit(f"Nothing that is measured is called {options.only!r}. There are: {', '.join(GROUPS)}.")
        _write(f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.runs} rounds\n")
        _write_row("what", "measured", "goal", "met")
        for group in chosen:
            for row in group(place, options.runs):
                _show(row)
            stop_server()  # the next group's server is to hold nothing of this one's


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--runs",
        type=int,
        default=11,
        metavar="N",
        help="rounds whose median is shown (11); one more warms up",
    )
    parser.add_argument(
        "--only", default="", metavar="WORD", help="only what has WORD in its name: mha, list, …"
    )
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("one round is the least")
    return options


def _show(row: Row) -> None:
    _write_row(row.what, row.measured, row.goal, "" if row.met is None else "yes" if row.met else "NO")


def _write_row(*cells: str) -> None:
    padded = [cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=False)]
    _write("  ".join([*padded, cells[-1]]).rstrip())


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
