"""What a command works with: catalog, workspace, history and screen, each opened when first asked for."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self

from cvdrill import paths
from cvdrill.cli import render
from cvdrill.errors import CvdrillError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import typer
    from rich.console import Console

    from cvdrill.catalog import Catalog
    from cvdrill.model import Attempt, Drill, Record
    from cvdrill.store import Store
    from cvdrill.workspace import Workspace


def utc_now() -> datetime:
    """Return the present time."""
    return datetime.now(UTC)


class Session:
    """The things of one command. A context manager that closes the history.

    Parameters
    ----------
    now : callable, optional
        The clock: returns the present time, aware.

    Attributes
    ----------
    now
        As given.
    root : Path or None
        The workspace named on the command line, which goes before ``CVDRILL_WORKSPACE``.
    """

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        self.now = now
        self.root: Path | None = None
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @cached_property
    def catalog(self) -> Catalog:
        """All drills."""
        from cvdrill import catalog  # noqa: PLC0415  `cvdrill --help` does without

        return catalog.load()

    @cached_property
    def workspace(self) -> Workspace:
        """Where the learner writes."""
        from cvdrill.workspace import Workspace  # noqa: PLC0415  most commands do without

        return Workspace((self.root or paths.workspace()).expanduser().absolute())

    @cached_property
    def store(self) -> Store:
        """The history; made if there is none."""
        from cvdrill.store import open_store  # noqa: PLC0415  `cvdrill --help` and `show` do without

        return self._opened.enter_context(open_store(paths.database()))

    @cached_property
    def screen(self) -> Console:
        """Standard output."""
        return render.screen()

    @property
    def has_history(self) -> bool:
        """Whether anything was kept yet; looking makes no file."""
        path = paths.database()
        try:
            # What lies beside it counts: without its main file a history is damaged, not new.
            return any(one.name.startswith(path.name) for one in path.parent.iterdir())
        except FileNotFoundError:
            return False
        except OSError:
            return True  # opening it will say what is wrong

    @cached_property
    def records(self) -> dict[str, Record]:
        """Where the learner stands, by drill id."""
        return self.store.records() if self.has_history else {}

    def drill(self, name: str | None) -> Drill:
        """Return the drill called `name`, or the one in hand when no name is given.

        Raises
        ------
        CvdrillError
            When there is no such drill, or none in hand.
        """
        if name is not None:
            return self.catalog.find(name)
        attempt = self.store.current() if self.has_history else None
        if attempt is None:
            raise CvdrillError("No drill is started.", "cvdrill start")
        return self.catalog.find(attempt.drill)

    def attempt(self, drill: Drill) -> Attempt:
        """Return the attempt at `drill` that is open or passed.

        Raises
        ------
        CvdrillError
            When there is none.
        """
        attempt = self.store.attempt(drill.id) if self.has_history else None
        if attempt is None:
            raise not_started(drill)
        return attempt


def not_started(drill: Drill) -> CvdrillError:
    """Return the error for a drill that was never taken up."""
    return CvdrillError(f"{drill.id} is not started.", f"cvdrill start {drill.id}")


def of(context: typer.Context, workspace: Path | None = None) -> Session:
    """Return the session of a command; `workspace` is the folder that its own option names."""
    session = context.obj
    assert isinstance(session, Session)
    session.root = workspace or session.root
    return session
