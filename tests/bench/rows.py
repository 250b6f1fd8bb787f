"""What is measured: one function for each group of rows of the table."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from cvdrill import catalog, grading, launch
from cvdrill.model import Outcome
from tests.bench import crowd
from tests.bench.place import write_pack
from tests.bench.timing import Row, at_most, command, in_turn, ratio, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cvdrill.model import Drill, Verdict
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
class Spent:
    """Seconds of a step as a whole, of that after the last case, and of that in the cases themselves."""

    whole: float
    end: float = 0.0
    cases: float = 0.0


def checks_of_mha(place: Place, rounds: int) -> Iterator[Row]:
    times = _checks(place, rounds, "attention", "mha")
    yield ratio("warm check of mha, whole command : pytest", times["warm"], times["pytest"], "≤ 1/8", 1 / 8)
    yield ratio("cold check of mha, whole command : pytest", times["cold"], times["pytest"], "≤ 1.1", 1.1)


def checks_of_nms(place: Place, rounds: int) -> Iterator[Row]:
    times = _checks(place, rounds, "detection", "nms")
    yield ratio(
        "warm check of nms, whole command : pytest", times["warm"], times["pytest"], "≤ 1/1.5", 1 / 1.5
    )
    yield ratio("cold check of nms, whole command : pytest", times["cold"], times["pytest"])


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
    """Take a grading of nms apart from outside: each part is a step without the one before it."""
    drills = catalog.load([place.product])
    nms, mha = drills.find("nms"), drills.find("mha")
    steps: dict[str, Callable[[], Spent]] = {
        "reach": _reach,
        "judge": lambda: _refused(nms, b"\0"),  # not even parsed
        "worker": lambda: _refused(nms, b"x = 1\n"),  # loaded, and then nothing is called
        "whole": lambda: _passed(nms),
    }
    _passed(nms)  # starts the server
    reach, judge, worker, whole = in_turn(rounds, steps).values()
    yield at_most("grading alone of nms, warm, request to verdict", median(one.whole for one in whole), 0.090)
    parts = [
        (r.whole, j.whole - r.whole, w.whole - j.whole, g.whole - g.cases - w.whole, g.cases, g.end)
        for r, j, w, g in zip(reach, judge, worker, whole, strict=True)
    ]
    whats = (
        "find and reach the server",
        "judge: its start and end",
        "worker: its start, the learner's file, its end",
        "pytest session",
        "cases",
        "of all this, after the last case",
    )
    for what, seconds in zip(whats, zip(*parts, strict=True), strict=True):
        yield Row(f"    {what}", span(median(seconds)))
    _passed(mha)
    again = in_turn(rounds, {"whole": lambda: _passed(nms).whole})
    yield Row("    the whole, by a server that holds torch", span(median(again["whole"])))


def one_more_case(place: Place, rounds: int) -> Iterator[Row]:
    root = place.folder / "trivial"
    for drill, count in (("one", 1), ("many", 1 + MORE)):
        cases = [IMPORTS, *(CASE.format(number) for number in range(count))]
        write_pack(root, drill, STUB, ANSWER, cases)
    drills = catalog.load([root])
    one, many = drills.find("one"), drills.find("many")
    times = in_turn(rounds, {"one": lambda: _passed(one).whole, "many": lambda: _passed(many).whole})
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
    while grading.server_status() is None and time.monotonic() < end:
        time.sleep(0.02)
    yield Row("memory of the warm server, after its start", _memory())
    _passed(drills.find("mha"))
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


def _reach() -> Spent:
    begin = time.perf_counter()
    sock = launch.connect_warm()
    seconds = time.perf_counter() - begin
    if sock is None:
        raise RuntimeError("there is no warm server")
    sock.close()
    return Spent(seconds)


def _refused(drill: Drill, source: bytes) -> Spent:
    begin = time.perf_counter()
    verdict = grading.grade(drill, source)
    seconds = time.perf_counter() - begin
    _expect(Outcome.INVALID, verdict)
    return Spent(seconds)


def _passed(drill: Drill) -> Spent:
    source = drill.reference.read_bytes()
    arrived: list[float] = []
    begin = time.perf_counter()
    verdict = grading.grade(drill, source, on_case=lambda _: arrived.append(time.perf_counter()))
    end = time.perf_counter()
    _expect(Outcome.PASSED, verdict)
    return Spent(end - begin, end - arrived[-1], sum(case.elapsed_s for case in verdict.cases))


def _expect(outcome: Outcome, verdict: Verdict) -> None:
    if verdict.outcome is not outcome:
        raise RuntimeError(f"{verdict.drill} ended {verdict.outcome}, not {outcome}: {verdict.message}")


GROUPS: dict[str, Group] = {
    "mha": checks_of_mha,
    "nms": checks_of_nms,
    "grading": grading_alone,
    "one more case": one_more_case,
    "list and progress": listings,
    "memory": memory,
}
