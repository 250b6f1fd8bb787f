"""The console script, and ``python -m cvdrill``."""

import sys


def main() -> int:
    """Run the command line in ``sys.argv`` and return its exit code."""
    arguments = sys.argv[1:]
    try:
        if _grades(arguments):
            _prelaunch()
        from cvdrill.cli import run  # noqa: PLC0415  after the grader was launched
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return 130
    return run(arguments)


def _prelaunch() -> None:
    """Let the grader's process load numpy and pytest while this one loads typer and rich."""
    import contextlib  # noqa: PLC0415  nothing is imported before sys.path is in order

    from cvdrill import grading  # noqa: PLC0415  the other commands grade nothing

    with contextlib.suppress(OSError):  # the grading will meet it again, where it can be said
        grading.prelaunch()


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
