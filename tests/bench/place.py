"""The temporary folder that everything is measured in, and what lies in it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHECKOUT = Path(__file__).resolve().parents[2]

CONFTEST = """\
import answer
import pytest

from cvdrill.testing import reference, rng

__all__ = ["attempt", "reference", "rng"]


@pytest.fixture
def attempt():
    return answer
"""

SCRIPT = """\
import sys
from cvdrill.__main__ import main
sys.exit(main())
"""

SCRIPT_WITH_PACK = """\
import pathlib, sys
from cvdrill import paths
roots = (pathlib.Path(sys.argv.pop(1)),)
paths.packs = lambda: roots
from cvdrill.__main__ import main
sys.exit(main())
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A copy of the checkout with a workspace, a history and a runtime folder of its own.

    A copy, because an edit made meanwhile would ask for another server, and because bytecode is to be written
    as it is for learners, but not into the checkout.
    """

    folder: Path

    @property
    def product(self) -> Path:
        return self.folder / "copy"

    def cvdrill(self, *arguments: str, pack: Path | None = None) -> list[str]:
        """Return the command line of what pip installs as ``cvdrill``."""
        script = ["cvdrill-command.py"] if pack is None else ["cvdrill-with-pack.py", str(pack)]
        return [sys.executable, str(self.folder / script[0]), *script[1:], *arguments]

    def hand_in(self, topic: str, drill: str) -> None:
        """Put the reference into the workspace, as the learner's answer."""
        answer = self.folder / "workspace" / topic / f"{drill}.py"
        answer.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.product / "solutions" / topic / drill / "reference.py", answer)

    def plain_pytest(self, topic: str, drill: str) -> tuple[list[str], Path]:
        """Return a pytest command for the same cases on the same answer, and where to run it."""
        solution = self.product / "solutions" / topic / drill
        folder = self.folder / "plain" / drill
        folder.mkdir(parents=True, exist_ok=True)
        for source, target in (("cases", "cases"), ("reference", "reference"), ("reference", "answer")):
            shutil.copyfile(solution / f"{source}.py", folder / f"{target}.py")
        (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
        (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")  # else it looks further up
        return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "cases.py"], folder


@contextlib.contextmanager
def temporary() -> Iterator[Place]:
    """Give a place; in the end its server is gone, and so is the place."""
    before = dict(os.environ)
    # The name is short, since a socket's path has to be.
    with tempfile.TemporaryDirectory(prefix="cvb") as name:
        place = Place(Path(name).resolve())
        _furnish(place)
        sys.path.insert(0, str(place.product))
        try:
            yield place
        finally:
            stop_server()
            sys.path.remove(str(place.product))
            os.environ.clear()
            os.environ.update(before)


def _furnish(place: Place) -> None:
    no_bytecode = shutil.ignore_patterns("__pycache__")
    for part in ("cvdrill", "exercises", "solutions"):
        shutil.copytree(CHECKOUT / part, place.product / part, ignore=no_bytecode)
    (place.folder / "cvdrill-command.py").write_text(SCRIPT, encoding="utf-8")
    (place.folder / "cvdrill-with-pack.py").write_text(SCRIPT_WITH_PACK, encoding="utf-8")
    (place.folder / "runtime").mkdir(mode=0o700)
    for variable in [name for name in os.environ if name.startswith(("CVDRILL_", "PYTEST_", "PYTHON"))]:
        del os.environ[variable]
    os.environ.update(
        PYTHONPATH=str(place.product),
        CVDRILL_HOME=str(place.folder / "home"),
        CVDRILL_WORKSPACE=str(place.folder / "workspace"),
        XDG_RUNTIME_DIR=str(place.folder / "runtime"),
        # Plain pytest is that of a learner, who has no hypothesis: its plugin takes longer than the cases.
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
    )


def stop_server() -> None:
    """End the warm server if there is one, and wait until it is gone."""
    from cvdrill import grading

    status = grading.server_status()
    if status is None or not grading.stop_server():
        return
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            os.kill(status.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    sys.stderr.write(f"The server {status.pid} was told to stop and did not.\n")


def write_pack(root: Path, drill: str, stub: str, reference: str, cases: Sequence[str]) -> None:
    """Write a drill of the topic ``bench`` into a pack."""
    exercises, solution = root / "exercises" / "bench", root / "solutions" / "bench" / drill
    exercises.mkdir(parents=True, exist_ok=True)
    solution.mkdir(parents=True)
    (exercises / f"{drill}.toml").write_text(
        'title = "Bench"\nlevel = "easy"\nminutes = 1\n', encoding="utf-8"
    )
    (exercises / f"{drill}.py").write_text(stub, encoding="utf-8")
    (solution / "reference.py").write_text(reference, encoding="utf-8")
    (solution / "cases.py").write_text("\n\n".join(cases), encoding="utf-8")
