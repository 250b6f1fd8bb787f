"""Reads the cards of drills, and remembers them: a thousand files of TOML take a second to parse."""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Any

from cvdrill import __version__
from cvdrill.errors import CvdrillError
from cvdrill.model import Ban, Card, Level

if TYPE_CHECKING:
    from pathlib import Path

_FIELDS = frozenset({"title", "level", "minutes", "seconds", "after", "banned", "hints"})


class Cards:
    """Reads cards; what has not changed since the last time is not parsed again.

    Parameters
    ----------
    memory : Path or None
        The file that remembers them; without one, each card is parsed. That it is damaged or cannot be
        written only costs time.
    """

    def __init__(self, memory: Path | None = None) -> None:
        self._memory = memory
        self._known: dict[str, Any] = {}
        self._seen: dict[str, Any] = {}
        if memory is not None:
            with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
                remembered = json.loads(memory.read_bytes())
                if remembered.get("version") == __version__:
                    self._known = dict(remembered["cards"])

    def read(self, path: Path, status: os.stat_result) -> Card:
        """Return one card.

        Parameters
        ----------
        path : Path
        status : os.stat_result
            Of that file, by which a change is noticed.

        Raises
        ------
        CvdrillError
            When it cannot be read; the message names the file and the field.
        """
        name, stamp = str(path), [status.st_mtime_ns, status.st_size, status.st_ino]
        known = self._known.get(name)
        with contextlib.suppress(TypeError, ValueError, KeyError, AttributeError):  # not what was written
            if known is not None and known["stamp"] == stamp:
                card = _card(known["fields"])
                self._seen[name] = known
                return card
        fields = _parse(path)
        self._seen[name] = {"stamp": stamp, "fields": fields}
        return _card_of(path, fields)

    def remember(self) -> None:
        """Keep what was read for the next time, if it differs from what was known."""
        if self._memory is None or self._seen == self._known:
            return
        text = json.dumps({"version": __version__, "cards": self._seen}, separators=(",", ":"))
        fresh = self._memory.with_name(f"{self._memory.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(self._memory)


def _parse(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  seldom needed

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CvdrillError(f"The card {path} cannot be read: {error}", exit_code=3) from None


def _card_of(path: Path, fields: dict[str, Any]) -> Card:
    try:
        return _card(fields)
    except KeyError as error:
        raise CvdrillError(f"The card {path} lacks the field {error}.", exit_code=3) from None
    except (ValueError, TypeError, AttributeError) as error:
        raise CvdrillError(f"The card {path} cannot be read: {error}", exit_code=3) from None


def _card(fields: dict[str, Any]) -> Card:
    if unknown := fields.keys() - _FIELDS:
        raise ValueError(f"unknown field {sorted(unknown)[0]!r}")
    return Card(
        title=fields["title"],
        level=Level(fields["level"]),
        minutes=int(fields["minutes"]),
        after=tuple(fields.get("after", ())),
        banned=tuple(Ban(tuple(ban["calls"]), ban["instead"]) for ban in fields.get("banned", ())),
        hints=tuple(fields.get("hints", ())),
        seconds=float(fields.get("seconds", Card.__dataclass_fields__["seconds"].default)),
    )
