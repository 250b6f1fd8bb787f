"""The console script, and ``python -m cvdrill``."""

import gc
import sys


def main() -> int:
    """Run the command line in ``sys.argv`` and return its exit code."""
    arguments = sys.argv[1:]
    # Nothing that is loaded is garbage before the end: looking for some takes a sixth of `cvdrill list`.
    gc.disable()
    try:
        if _grades(arguments):
            _prelaunch(arguments)
        from cvdrill.cli import run  # noqa: PLC0415  after the grader was launched

        gc.freeze()
        gc.enable()
        try:
            return run(arguments)
        finally:
            if launch := sys.modules.get("cvdrill.launch"):
                launch.leave()
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return 130


def _prelaunch(arguments: list[str]) -> None:
    """Let the grader load and begin while this process loads typer and rich."""
    import contextlib  # noqa: PLC0415  nothing is imported before sys.path is in order

    from cvdrill import launch  # noqa: PLC0415  the other commands grade nothing
    from cvdrill.errors import CvdrillError  # noqa: PLC0415  likewise

    with contextlib.suppress(OSError, CvdrillError):  # the command will meet it again, where it can be said
        launch.prepare()
        # Begin if the command line is a plain one; what it means is for the command to say.
        command, *words = arguments
        names = [word for word in words if word != "--json"]
        if command == "check" and len(names) <= 1 and not any(name.startswith("-") for name in names):
            launch.expect(names[0] if names else None)
            _begin(names[0] if names else _current())


def _begin(name: str | None) -> None:
    """Begin the grading of the drill called so."""
    from cvdrill import catalog, grading, paths  # noqa: PLC0415  the other commands grade nothing
    from cvdrill.workspace import Unreadable, Workspace  # noqa: PLC0415  likewise

    if name is None:
        return
    drill = catalog.load().find(name)
    workspace = Workspace(paths.workspace())
    try:
        grading.begin(drill, workspace.read(drill), workspace.path(drill))
    except Unreadable:
        return


def _current() -> str | None:
    """Return the drill in hand, if there is a history."""
    from cvdrill import paths  # noqa: PLC0415  only a check without a name asks
    from cvdrill.store import open_store  # noqa: PLC0415  likewise

    if not paths.database().is_file():
        return None
    with open_store(paths.database()) as store:
        attempt = store.current()
    return None if attempt is None else attempt.drill


def _grades(arguments: list[str]) -> bool:
    """Tell whether the command needs a grader now or soon, and not only its help is wanted."""
    words = iter(arguments)
    for word in words:
        if word == "--workspace":
            next(words, None)
        elif not word.startswith("-"):
            return word in ("check", "start") and not {"-h", "--help"} & set(arguments)
    return False


if __name__ == "__main__":
    # `python -m` puts the current folder first; a learner's random.py or numpy.py there is none of ours.
    if not sys.flags.safe_path:
        del sys.path[0]
    sys.exit(main())
