"""A pack of a thousand drills, and the history of somebody who has checked a hundred thousand times."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DRILLS = 1_000
CHECKS = 100_000
CHECKS_OF_AN_ATTEMPT = 25
DAYS = 400


def write_pack(product: Path, root: Path) -> list[str]:
    """Copy the real stubs and cards under new names until there are enough; return the names.

    Each copy comes after the one before it of the same drill.
    """
    stubs = sorted(product.glob("exercises/*/*.py"))
    names = []
    for number in range(DRILLS):
        copy, index = divmod(number, len(stubs))
        stub = stubs[index]
        target = root / "exercises" / stub.parent.name / f"{stub.stem}_{copy:03}.py"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(stub, target)
        after = f'after = ["{stub.stem}_{copy - 1:03}"]' if copy else ""
        card = re.sub(r"^after = \[[^]]*\]\n", "", stub.with_suffix(".toml").read_text("utf-8"), flags=re.M)
        target.with_suffix(".toml").write_text(f"{after}\n{card}", encoding="utf-8")
        names.append(target.stem)
    return names


def write_history(path: Path, drills: list[str]) -> None:
    """Write attempts of so many checks each, spread over the last days; every drill has several."""
    from cvdrill.store import open_store

    with open_store(path):
        pass  # makes the tables
    # Through the store each check would be a transaction, and wait for the disk.
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO checks (id, attempt_id, checked_at, outcome, passed, total, seed, elapsed_s)"
            " VALUES (?, ?, ?, ?, ?, 30, '1', ?)",
            _checks(),
        )
        connection.executemany(
            "INSERT INTO attempts"
            " (id, drill, started_at, passed_at, checks, passing_check, checks_to_pass, elapsed_s)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            _attempts(drills),
        )
    with open_store(path) as store:
        records = store.records()
        if store.soundness() or sum(record.checks for record in records.values()) != CHECKS:
            raise RuntimeError(f"the history that was made is not sound: {store.soundness()}")


def _moments() -> Iterator[tuple[int, str]]:
    """Yield the number of each check, from 1, and when it was."""
    begin = datetime.now(UTC) - timedelta(days=DAYS)
    for number in range(1, CHECKS + 1):
        moment = begin + timedelta(days=DAYS) * number / CHECKS
        yield number, moment.isoformat(timespec="microseconds")


def _checks() -> Iterator[tuple[object, ...]]:
    for number, moment in _moments():
        attempt, position = divmod(number - 1, CHECKS_OF_AN_ATTEMPT)
        passes = position == CHECKS_OF_AN_ATTEMPT - 1
        yield (
            number,
            attempt + 1,
            moment,
            *(("PASSED", 30) if passes else ("FAILED", position)),
            position * 60.0,
        )


def _attempts(drills: list[str]) -> Iterator[tuple[object, ...]]:
    """Yield attempts that were passed in their last check."""
    size = CHECKS_OF_AN_ATTEMPT
    moments = dict(_moments())
    for number in range(CHECKS // size):
        first, last = number * size + 1, (number + 1) * size
        drill = drills[number % len(drills)]
        yield number + 1, drill, moments[first], moments[last], size, last, size, 60.0 * (size - 1)
