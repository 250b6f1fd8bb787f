"""What is measured: one function for each group of rows of the table."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from cvdrill import catalog, grading
from cvdrill.grading import launch
from cvdrill.model import Outcome

from tests.bench import crowd
from tests.bench.place import stop_server, write_pack
from tests.bench.timing import Row, at_most, clocked, command, in_turn, ratio, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cvdrill.model import Case, Drill

    from tests.bench.place import Place

    Group = Callable[[Place, int], Iterator[Row]]

NOT_WARM = {"CVDRILL_WARM": "0"}

STUB = "import numpy as np\n\n\ndef same(x: np.ndarray) -> np.ndarray:\n    raise NotImplementedError\n"
ANSWER = "def same(x):\n    return x\n"
IMPORTS = "import numpy as np\n\nfrom cvdrill.testing import assert_close\n\n"
CASE = """\
def test_case_{}(attempt):
    assert_close(attempt.same(np.array([1.0])), np.array([1.0]))
"""
MORE = 100


@dataclass(frozen=True, slots=True)
class Graded:
    """One passed grading: seconds until its verdict, from its last case to that, and in its cases."""

    whole: float
    end: float
    cases: float


def checks_of_mha(place: Place, rounds: int) -> Iterator[Row]:
    times = _checks(place, rounds, "attention", "mha")
    yield ratio("warm check of mha, whole command : pytest", times["warm"], times["pytest"], "≤ 1/8", 1 / 8)
    yield ratio("cold check of mha, whole command : pytest", times["cold"], times["pytest"], "≤ 1.1", 1.1)


def checks_of_nms(place: Place, rounds: int) -> Iterator[Row]:
    times = _checks(place, rounds, "detection", "nms")
    yield ratio("warm check of nms, whole command : pytest", times["warm"], times["pytest"], "≤ 1/1.5", 1 / 1.5)
    yield ratio("cold check of nms, whole command : pytest", times["cold"], times["pytest"], "< 1", 1)


def _checks(place: Place, rounds: int, topic: str, drill: str) -> dict[str, list[float]]:
    place.hand_in(topic, drill)
    check = place.cvdrill("check", drill)
    return in_turn(
        rounds,
        {
            "pytest": command(*place.plain_pytest(topic, drill)),
            "warm": command(check, place.folder),
            "cold": command(check, place.folder, NOT_WARM),
        },
    )


def grading_alone(place: Place, rounds: int) -> Iterator[Row]:
    """Take a grading of nms apart, from outside: each step is in one of these gradings and not in the other."""
    drills = catalog.load([place.product])
    nms, mha = drills.find("nms"), drills.find("mha")
    steps: dict[str, Callable[[], object]] = {
        "connect": lambda: clocked(_connect),
        "judge": lambda: clocked(lambda: _grade(nms, b"\0", Outcome.INVALID)),  # is not even parsed
        "worker": lambda: clocked(lambda: _grade(nms, b"x = 1\n", Outcome.INVALID)),  # is loaded, not called
        "whole": lambda: _graded(nms),
    }
    measured = in_turn(rounds, steps)
    connect, judge, worker, whole = (measured[name] for name in steps)
    yield at_most("grading alone of nms, warm, request to verdict", median(one.whole for one in whole), 0.090)
    for what, longer, shorter in (
        ("find and reach the server", connect, [0.0] * rounds),
        ("judge: its start and end", judge, connect),
        ("worker: its start, the file, its end", worker, judge),
        ("pytest session", [one.whole - one.cases for one in whole], worker),
        (f"the {len(_grade(nms, nms.reference.read_bytes()).cases)} cases", [one.cases for one in whole], [0.0] * rounds),
        ("of all this, after the last case", [one.end for one in whole], [0.0] * rounds),
    ):
        yield Row(f"    {what}", span(median(a - b for a, b in zip(longer, shorter, strict=True))))
    _graded(mha)
    again = in_turn(rounds, {"whole": lambda: _graded(nms).whole})
    yield Row("    the whole, in a server that holds torch", span(median(again["whole"])))


def one_more_case(place: Place, rounds: int) -> Iterator[Row]:
    root = place.folder / "trivial"
    for drill, count in (("one", 1), ("many", 1 + MORE)):
        cases = [IMPORTS, *(CASE.format(number) for number in range(count))]
        write_pack(root, drill, STUB, ANSWER, cases)
    drills = catalog.load([root])
    one, many = drills.find("one"), drills.find("many")
    times = in_turn(rounds, {"one": lambda: _graded(one).whole, "many": lambda: _graded(many).whole})
    more = median(b - a for a, b in zip(times["one"], times["many"], strict=True)) / MORE
    yield at_most("one more case that makes one trivial call", more, 0.002)


def listings(place: Place, rounds: int) -> Iterator[Row]:
    root, home = place.folder / "crowd", place.folder / "crowded-home"
    crowd.write_history(home / "history.sqlite3", crowd.write_pack(place.product, root))
    extra = {"CVDRILL_HOME": str(home)}
    times = in_turn(
        rounds,
        {
            "import": command([sys.executable, "-c", "import typer, rich.console"], place.folder),
            "list": command(place.cvdrill("list", pack=root), place.folder, extra),
            "progress": command(place.cvdrill("progress", pack=root), place.folder, extra),
        },
    )
    size = f"{crowd.DRILLS:,} drills, {crowd.CHECKS:,} checks"
    yield ratio(f"list, {size} : import", times["list"], times["import"], "≤ 2.5", 2.5)
    yield ratio(f"progress, {size} : import", times["progress"], times["import"], "≤ 2.5", 2.5)


def memory(place: Place, rounds: int) -> Iterator[Row]:
    drills = catalog.load([place.product])
    grading.warm_up(drills.find("nms"))
    end = time.monotonic() + 30
    while (status := grading.server_status()) is None and time.monotonic() < end:
        time.sleep(0.02)
    yield Row("memory of the warm server, after its start", _memory())
    _graded(drills.find("mha"))
    yield Row("memory of the warm server, idle after a torch check", _memory())


def _memory() -> str:
    status = grading.server_status()
    if status is None:
        return "there is no server"
    rollup = Path(f"/proc/{status.pid}/smaps_rollup")
    if not rollup.exists():
        return f"at most {status.peak_bytes / 2**20:.0f} MiB"
    fields = dict(line.split(":", 1) for line in rollup.read_text(encoding="ascii").splitlines()[1:])
    rss, pss = (int(fields[name].split()[0]) / 1024 for name in ("Rss", "Pss"))
    return f"RSS {rss:.0f} MiB, PSS {pss:.0f} MiB"


def _connect() -> None:
    sock = launch.connect_warm()
    if sock is None:
        raise RuntimeError("there is no warm server")
    sock.close()


def _grade(drill: Drill, source: bytes, wanted: Outcome = Outcome.PASSED, **options: Callable[[Case], None]):
    verdict = grading.grade(drill, source, **options)
    if verdict.outcome is not wanted:
        raise RuntimeError(f"{drill.id} ended {verdict.outcome}, not {wanted}: {verdict.message}")
    return verdict


def _graded(drill: Drill) -> Graded:
    arrived: list[float] = []
    begin = time.perf_counter()
    verdict = _grade(drill, drill.reference.read_bytes(), on_case=lambda _: arrived.append(time.perf_counter()))
    end = time.perf_counter()
    return Graded(end - begin, end - arrived[-1], sum(case.elapsed_s for case in verdict.cases))
