"""The command line: typer commands and rich rendering. Nothing else in cvdrill prints."""

import os
import shlex
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated

import typer

from cvdrill import __version__
from cvdrill.cli import check, dev, doctor, envelope, listing, pause, progress, render, reset, show, start
from cvdrill.cli.exits import ExitCode
from cvdrill.cli.options import WorkspaceFolder, examples
from cvdrill.cli.session import Session, of, utc_now
from cvdrill.errors import CvdrillError

# Without markup typer prints help as plain text, which needs a third of rich less and reads well in a pipe.
app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("cvdrill start nms", "cvdrill check", "cvdrill progress"),
)
app.command(epilog=examples("cvdrill start", "cvdrill start nms --open", "cvdrill start nms --fresh"))(
    start.start
)
app.command(epilog=examples("cvdrill check", "cvdrill check nms --case 'random_boxes[7]' --seed 42"))(
    check.check
)
app.command(epilog=examples("cvdrill progress", "cvdrill progress --json"))(progress.progress)
app.command("list", epilog=examples("cvdrill list --topic detection --status new", "cvdrill list box iou"))(
    listing.list_
)
app.command(epilog=examples("cvdrill show nms"))(show.show)
app.command(epilog=examples("cvdrill reset nms"))(reset.reset)
app.command(epilog=examples("cvdrill pause", "cvdrill pause nms"))(pause.pause)
app.command(epilog=examples("cvdrill resume", "cvdrill resume nms"))(pause.resume)
app.command(epilog=examples("cvdrill doctor", "cvdrill doctor --stop"))(doctor.doctor)
app.add_typer(dev.app, name="dev")


def _print_version(asked: bool) -> None:
    if asked:
        render.write(f"cvdrill {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    workspace: WorkspaceFolder = None,
    version: Annotated[  # noqa: ARG001  typer hands it to the callback
        bool,
        typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """Practise the coding part of computer-vision interviews: take a drill, write it, be timed and graded."""
    of(context, workspace)
    if context.invoked_subcommand is None:
        render.write(context.get_help() + "\n")


def run(arguments: Sequence[str], now: Callable[[], datetime] = utc_now) -> int:
    """Run one command line.

    Parameters
    ----------
    arguments : sequence of str
        Without the program's name.
    now : callable, optional
        The clock.

    Returns
    -------
    int
        The exit code.
    """
    _prepare_streams()
    as_json = "--json" in arguments
    try:
        with Session(now) as session:
            done = app(list(arguments), prog_name="cvdrill", standalone_mode=False, obj=session)
        code = ExitCode.DONE if done is None else ExitCode(done)
        if code is ExitCode.INTERRUPTED:  # what typer makes of Ctrl-C
            raise KeyboardInterrupt
        return code
    except KeyboardInterrupt:
        return _interrupted()
    except CvdrillError as error:
        return _report(error.message, error.hint, error.exit_code, as_json=as_json)
    except Exception as error:  # noqa: BLE001  the last net: a learner gets one line, never a traceback
        return _unexpected(error, arguments, as_json=as_json)


def _interrupted() -> int:
    """Say that Ctrl-C was heard, and return the exit code for it."""
    sys.stderr.write("\nStopped.\n")
    return ExitCode.INTERRUPTED


def _prepare_streams() -> None:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    render.tolerate_any_encoding()


def _unexpected(error: Exception, arguments: Sequence[str], *, as_json: bool) -> int:
    # Typer's own errors, about a mistyped command line, have no public base in all the versions that we take.
    if callable(formatted := getattr(error, "format_message", None)):
        context = getattr(error, "ctx", None)
        path = "cvdrill" if context is None else context.command_path
        return _report(str(formatted()), f"{path} --help", ExitCode.USAGE, as_json=as_json)
    if os.environ.get("CVDRILL_DEBUG"):
        raise error
    message = f"cvdrill has a fault: {type(error).__name__}: {error}"
    hint = f"CVDRILL_DEBUG=1 cvdrill {shlex.join(arguments)}"
    return _report(message, hint, ExitCode.FAULT, as_json=as_json)


def _report(message: str, hint: str, code: int, *, as_json: bool) -> int:
    if as_json:
        envelope.write_error(message, hint)
        return code
    errors = render.screen(stderr=True)
    render.line(errors, ("error: ", "strong.bad"), " ".join(message.split()), indent="")
    if hint:
        render.line(errors, ("next: ", "quiet"), (hint, "code"))
    return code
