"""The JSON that ``--json`` prints: one versioned object on standard output, and nothing else there."""

from __future__ import annotations

import json
from typing import Any, Final

from cvdrill.cli import render

VERSION: Final = 1
"""Raised when a field goes or changes its meaning; new fields leave it as it is."""


def write(**fields: Any) -> None:
    """Print `fields` in the envelope, as ASCII, so that any encoding can carry it."""
    render.write(json.dumps({"version": VERSION, **fields}, allow_nan=False) + "\n")


def write_error(message: str, hint: str) -> None:
    """Print an error in the envelope."""
    write(error={"message": message, "hint": hint})
