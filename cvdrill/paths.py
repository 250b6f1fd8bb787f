"""Where things are kept. Reads the environment, touches no file."""

from __future__ import annotations

import os
from pathlib import Path


def workspace() -> Path:
    """Return the folder that learners write in: ``$CVDRILL_WORKSPACE``, else ``~/cvdrill``."""
    return Path(os.environ.get("CVDRILL_WORKSPACE") or "~/cvdrill").expanduser().absolute()


def home() -> Path:
    """Return the folder of the history: ``$CVDRILL_HOME``, else the platform's data folder."""
    if chosen := os.environ.get("CVDRILL_HOME"):
        return Path(chosen).expanduser().absolute()
    import platformdirs  # noqa: PLC0415  most commands in a configured set-up never need it

    return platformdirs.user_data_path("cvdrill", appauthor=False)


def database() -> Path:
    """Return the history's file."""
    return home() / "history.sqlite3"


def cache() -> Path:
    """Return the folder of what can be made again: below ``$CVDRILL_HOME``, else the platform's own."""
    if os.environ.get("CVDRILL_HOME"):
        return home() / "cache"
    import platformdirs  # noqa: PLC0415  most commands in a configured set-up never need it

    return platformdirs.user_cache_path("cvdrill", appauthor=False)


def packs() -> tuple[Path, ...]:
    """Return the roots in which drills are found, the built-in pack first.

    A wheel carries the pack inside the package; a checkout has it beside the package.
    """
    package = Path(__file__).resolve().parent
    shipped = package / "pack"
    return (shipped if shipped.is_dir() else package.parent,)
