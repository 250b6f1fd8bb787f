"""Runs a drill's cases with pytest against a worker, holds the reference, and makes the verdict."""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import os
import socket
import time
import traceback
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cvdrill.comparison import Mismatch, forget_inputs
from cvdrill.grading import runtime, submission
from cvdrill.grading.attempt import Attempt, BannedCall, InputChanged, LearnerError, as_exception
from cvdrill.grading.diagnose import Experience, diagnose, known_mistakes
from cvdrill.grading.process import Control, NotStarted, Stopped, WorkerProcess
from cvdrill.grading.submission import Rejected
from cvdrill.grading.text import escape
from cvdrill.grading.values import Decoder
from cvdrill.model import Case, Outcome, Verdict
from cvdrill.testing import load_module
from cvdrill.wire import Closed, Connection

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from cvdrill.model import Diagnosis, Runtime

_UNUSED = frozenset({
    "cacheprovider", "debugging", "doctest", "faulthandler", "junitxml", "legacypath", "logging", "pastebin",
    "setuponly", "setupplan", "stepwise", "terminal", "threadexception", "unittest", "unraisableexception",
    "warnings",
})  # fmt: skip
_PYTEST = [
    "--noconftest",
    "--import-mode=importlib",
    "--assert=plain",
    "--capture=no",
    *(f"-pno:{plugin}" for plugin in sorted(_UNUSED)),
    f"--rootdir={os.sep}",
    f"-c{os.devnull}",
]


_LAST = 5  # a worker is there about so many cases after it was asked for


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be graded; travels as JSON.

    Attributes
    ----------
    drill : str
        Its id.
    stub, reference, cases : str
        Paths of its files.
    bans : list of dict
        ``calls`` and ``instead``.
    hidden : list of str
        Folders that the learner's code may not read.
    filename : str
        How the learner's file is called in tracebacks.
    case : str or None
        The only case to run.
    seed : int
        For the random cases.
    stop_early : bool
        Whether to run no further case once one has not passed.
    torch : bool
        Whether the drill uses torch.
    call_s, check_s : float
        Time limits.
    folder : str or None
        Where workers get temporary folders; where the server has its own, if it cannot be written to.
    memory_bytes, output_bytes : int
        Limits of the worker.
    """

    drill: str
    stub: str
    reference: str
    cases: str
    bans: list[dict[str, Any]]
    hidden: list[str]
    filename: str
    case: str | None
    seed: int
    stop_early: bool
    torch: bool
    call_s: float
    check_s: float
    folder: str | None
    memory_bytes: int
    output_bytes: int


def with_session(function: Callable[[pytest.Session], None]) -> None:
    """Start a session of pytest, and call `function` with it when the time to collect has come.

    A server does all its work there, so that the judges that it forks find a session ready for their cases.

    Parameters
    ----------
    function : callable
        Given the session, which has no items.
    """

    class Collecting:
        def pytest_collection(self, session: pytest.Session) -> bool:
            function(session)
            return True

    pytest.main(_PYTEST, plugins=[Collecting()])


class UnknownCase(Exception):  # noqa: N818  a wrong option, not a fault
    """No case has the name that was asked for."""


def collect(session: pytest.Session, plugin: object, path: Path, module: ModuleType) -> None:
    """Fill a session with the cases of a module.

    Parameters
    ----------
    session : pytest.Session
        Without items so far.
    plugin : object
        Has the fixtures that the cases ask for.
    path : Path
        The file of the cases.
    module : module
        That file, imported.
    """
    config = session.config
    config.pluginmanager.register(plugin)
    # Handed over as a node: on the way to a path pytest would look through all the folders above it.
    cases = pytest.Module.from_parent(session, path=path)
    cases.obj = module
    session.items = list(session.genitems(cases))
    config.hook.pytest_collection_modifyitems(session=session, config=config, items=session.items)


def run(control: int, client: int, requests: int, session: pytest.Session) -> None:
    """Be a judge: read the request, grade, answer.

    A request without a source is one that is likely to come: what it needs is made ready, and nothing is said
    before it has come indeed.

    Parameters
    ----------
    control : int
        File descriptor of the socket to the server.
    client : int
        File descriptor of the socket to whoever asks.
    requests : int
        File descriptor of the socket on which the server passes on what is asked.
    session : pytest.Session
        Runs the cases.
    """
    connection = Connection(socket.socket(fileno=client))
    incoming = Connection(socket.socket(fileno=requests))
    frame = incoming.receive()
    request = Request(**frame.header["request"])
    try:
        try:
            judge = Judge(request, Control(socket.socket(fileno=control)), session)
        finally:
            if not frame.buffers:
                frame = incoming.receive()
                request = Request(**frame.header["request"])
        verdict = judge.grade(
            bytes(frame.buffers[0]),
            request.seed,
            lambda case: connection.send({"case": dataclasses.asdict(case)}),
        )
        connection.send({"verdict": dataclasses.asdict(verdict)})
    except UnknownCase as error:
        connection.send({"unknown_case": str(error)})
    except Closed:  # nobody is left to be told
        return
    except Exception:  # noqa: BLE001  whatever it is, it is ours, and the client says so
        connection.send({"broken": traceback.format_exc(), "seed": request.seed})


class Judge:
    """Grades one source; when it is made it has a worker started, and collects the cases.

    Parameters
    ----------
    request : Request
        What and how.
    control : Control
        Starts workers.
    session : pytest.Session
        Runs the cases.
    """

    def __init__(self, request: Request, control: Control, session: pytest.Session) -> None:
        self._request = request
        self._session = session
        self._stub = Path(request.stub).read_text(encoding="utf-8")
        self._begun = time.monotonic()
        self._control = control
        self._rival: WorkerProcess | None = None
        self._process = self._worker(b"", request.bans)
        self._process.begin()
        # What a right file needs is made ready while the worker starts.
        cases = load_module(Path(request.cases))
        self._runtime_job: runtime.Prepare | None = getattr(cases, "runtime", None)
        self._plugin = _Plugin(request, self._process, submission.interface(self._stub))
        self._process.prepare()
        collect(session, self._plugin, Path(request.cases), cases)

    def _worker(self, source: bytes, bans: list[dict[str, Any]]) -> WorkerProcess:
        """Return a worker for a source, which is not started before it is needed."""
        request = self._request
        return WorkerProcess(
            control=self._control,
            load={"bans": bans, "hidden": request.hidden, "filename": request.filename},
            source=source,
            seconds=request.call_s,
            deadline=self._begun + request.check_s,
            output_bytes=request.output_bytes,
        )

    def grade(self, source: bytes, seed: int, on_case: Callable[[Case], None]) -> Verdict:
        """Return the verdict.

        Parameters
        ----------
        source : bytes
            The learner's file.
        seed : int
            For the random cases.
        on_case : callable
            Told of each case as it ends.
        """
        plugin = self._plugin
        self._begun = time.monotonic()
        self._request = plugin.request = dataclasses.replace(self._request, seed=seed)
        self._process.source, self._process.deadline = source, self._begun + self._request.check_s
        plugin.on_case = on_case
        try:
            submission.examine(source, self._stub)
            printed = self._load()
        except Rejected as rejected:
            stdout = self._process.take_output()
            return self._verdict(rejected.outcome, message=rejected.message, stdout=stdout)
        except Stopped as stopped:
            message = f"While your file was loaded: {stopped.message}"
            return self._verdict(stopped.outcome, message=message, stdout=self._process.take_output())
        except LearnerError as error:
            where = f" (line {error.line})" if error.line else ""
            return self._verdict(
                Outcome.INVALID,
                message=f"Your file cannot be loaded: {error}{where}",
                details=error.traceback,
                stdout=self._process.take_output(),
            )
        self._run_cases()
        worst = max((case.outcome for case in plugin.cases), key=lambda outcome: outcome.rank)
        return self._verdict(
            worst,
            cases=tuple(plugin.cases),
            diagnoses=self._diagnose(worst),
            stdout=printed,
            runtime=self._runtime(),
        )

    def _verdict(self, outcome: Outcome, **fields: Any) -> Verdict:
        elapsed = time.monotonic() - self._begun
        return Verdict(self._request.drill, outcome, self._request.seed, grading_s=elapsed, **fields)

    def _load(self) -> str:
        """Load the learner's file in a worker; return what it printed meanwhile."""
        reply = self._process.start()
        if error := reply.header.get("error"):
            raise as_exception(error)
        defined = Decoder(reply.buffers, lambda tree: tree).decode(reply.header.get("value"))
        submission.require(submission.interface(self._stub), defined if isinstance(defined, dict) else {})
        return self._process.take_output()

    def _diagnose(self, worst: Outcome) -> tuple[Diagnosis, ...]:
        path = Path(self._request.reference).with_name("mistakes.py")
        unasked = self._request.stop_early or worst in (Outcome.PASSED, Outcome.BROKEN)
        if unasked or not path.exists():
            return ()
        self._process.end()
        plugin = self._plugin
        parameters = dict(plugin.interface.parameters)
        known = known_mistakes(path, list(parameters))
        return diagnose(known, plugin.reference_module, parameters, plugin.experiences)

    def _invite_rival(self, *, last: bool) -> None:
        """Have a worker started for the reference a few cases before the last, and let it get ready then."""
        if self._rival is None:
            self._rival = self._worker(Path(self._request.reference).read_bytes(), bans=[])
            self._rival.begin()
        elif last and not self._rival.is_prepared:
            with contextlib.suppress(NotStarted):  # the comparison will notice
                self._rival.prepare()

    def _runtime(self) -> Runtime | None:
        """Compare the learner's runtime with the reference's, if a pass of everything has brought it here."""
        plugin = self._plugin
        if self._rival is None or self._runtime_job is None or not plugin.all_passed:
            return None
        mine = plugin.attempt_in(self._process, runtime.CALL_S)
        theirs = plugin.attempt_in(self._rival, self._request.call_s)
        return runtime.compare(self._runtime_job, mine, theirs, lambda: plugin.fresh_rng("runtime"))

    def _run_cases(self) -> None:
        plugin, session = self._plugin, self._session
        if self._runtime_job is not None and not self._request.stop_early and self._request.case is None:
            plugin.before_end = self._invite_rival
        with contextlib.suppress(session.Interrupted):  # by ourselves, when asked to stop early
            session.config.hook.pytest_runtestloop(session=session)
            if plugin.all_passed:
                del session.items[1:]  # which is among the last now
                plugin.repeats = True
                session.config.hook.pytest_runtestloop(session=session)
        if plugin.close_names:
            raise UnknownCase("\n".join(plugin.close_names))
        if plugin.broken:
            raise RuntimeError(plugin.broken)
        if not plugin.cases:
            raise RuntimeError("no case was run")


def _do_nothing(*_arguments: object, **_keywords: object) -> None:
    """Stand in for what nobody has asked for."""


class _Plugin:
    """What pytest needs to run cases against a worker: the fixtures, and a record of what happened."""

    def __init__(
        self,
        request: Request,
        process: WorkerProcess,
        interface: submission.Interface,
    ) -> None:
        self.cases: list[Case] = []
        self.experiences: list[Experience] = []
        self.broken = ""
        self.repeats = False
        self.on_case: Callable[[Case], None] = _do_nothing
        self.before_end: Callable[..., None] = _do_nothing
        self.close_names: list[str] = []
        self.request = request
        self.interface = interface
        self._process = process
        self.reference_module = load_module(Path(request.reference))
        self._attempt: Attempt | None = None

    @property
    def all_passed(self) -> bool:
        """Whether every case so far has passed."""
        return all(case.outcome is Outcome.PASSED for case in self.cases)

    @pytest.fixture
    def attempt(self) -> Attempt:
        """Return the learner's functions, called in a worker."""
        self._attempt = self.attempt_in(self._process, self.request.call_s)
        return self._attempt

    def attempt_in(self, process: WorkerProcess, seconds: float) -> Attempt:
        """Return the functions of the source that a worker holds."""
        parameters = dict(self.interface.parameters)
        return Attempt(process, list(parameters), parameters, seconds)

    @pytest.fixture
    def reference(self) -> ModuleType:
        """Return the reference."""
        return self.reference_module

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """Return a generator that depends on the seed and the case alone."""
        return self.fresh_rng(request.node.name)

    def fresh_rng(self, name: str) -> np.random.Generator:
        """Return a generator that depends on the seed and a name alone."""
        return np.random.default_rng([self.request.seed, zlib.crc32(name.encode())])

    def _begin(self, name: str) -> None:
        """Make the run of a case depend on the seed and the case alone."""
        forget_inputs()
        if self.request.torch:
            import torch  # noqa: PLC0415  only drills that use it

            # torch.manual_seed takes milliseconds: it formats the stack for each device that is not there.
            torch.default_generator.manual_seed(int(self.fresh_rng(name).integers(2**63)))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Notice cases that cannot be imported."""
        if report.failed:
            self.broken = report.longreprtext

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the case that was asked for."""
        wanted = self.request.case
        if wanted is None:
            return
        names = [_case_name(item) for item in items]
        chosen = [
            item for item, name in zip(items, names, strict=True) if wanted in (name, name.partition("[")[0])
        ]
        if not chosen:
            near = difflib.get_close_matches(
                wanted, [*names, *(n.partition("[")[0] for n in names)], n=3, cutoff=0.4
            )
            self.close_names = list(dict.fromkeys(near or names))
        items[:] = chosen

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Begin a case."""
        if item in item.session.items[-_LAST:] and self.all_passed:
            self.before_end(last=item is item.session.items[-1])
        self._begin(item.name)
        self._attempt = None
        self._process.take_output()

    def pytest_runtest_makereport(self, item: pytest.Function, call: pytest.CallInfo[None]) -> None:
        """Record how a case ended."""
        if call.when == "setup" and call.excinfo is not None:
            self.broken = f"{item.name} cannot be set up: {call.excinfo.exconly()}"
        if call.when != "call":
            return
        error = None if call.excinfo is None else call.excinfo.value
        if self.repeats and error is None:  # nothing that was not known
            return
        case = Case(_case_name(item), _title(item), Outcome.PASSED)
        run = self._runner(item)
        if error is not None:
            case = self._explain(case, run, error)
        if self.repeats:
            message = "It passed before, and fails when it is run again: your code remembers earlier calls."
            case = dataclasses.replace(case, message=f"{message} {case.message}")
        if self._attempt and case.outcome in (Outcome.PASSED, Outcome.FAILED, Outcome.ERROR):
            self.experiences.append(Experience(run, self._attempt.log, case.outcome is Outcome.PASSED))
        stdout = "" if case.outcome is Outcome.PASSED else self._process.take_output()
        case = dataclasses.replace(case, stdout=stdout, elapsed_s=call.duration)
        self.cases.append(case)
        self.on_case(case)
        if self.request.stop_early and case.outcome is not Outcome.PASSED:
            item.session.shouldstop = "a case did not pass"

    def _explain(self, case: Case, run: Callable[[Any], None], error: BaseException) -> Case:
        """Say what went wrong; a case that fails on the reference too is our fault, not the learner's."""
        outcome, message, details = _describe(error)
        shown = self._call_of(error)
        if outcome in (Outcome.FAILED, Outcome.ERROR, Outcome.BROKEN):
            fault = self._fault_of_case(run)
            if fault is not None:
                outcome, message, details = (
                    Outcome.BROKEN,
                    f"This case fails on the reference too: {fault}",
                    "",
                )
        if outcome is Outcome.MEMORY:
            self._process.end()
        return dataclasses.replace(
            case, outcome=outcome, message=escape(message), details=escape(details), call=shown
        )

    def _call_of(self, error: BaseException) -> str:
        calls = self._attempt.calls if self._attempt else []
        judged = getattr(error, "actual", None)
        call = next((call for call in reversed(calls) if call.returned(judged)), calls[-1] if calls else None)
        return "" if call is None else escape(str(call))

    def _runner(self, item: pytest.Function) -> Callable[[Any], None]:
        """Return a function that runs a case again, with somebody else in the learner's place."""
        function, name = item.obj, item.name
        wanted = item._fixtureinfo.argnames  # as pytest's own runner reads them
        given = {argument: item.funcargs[argument] for argument in wanted}

        def run(attempt: Any) -> None:
            self._begin(name)
            stand_ins = {"attempt": attempt, "rng": self.fresh_rng(name)}
            function(**{argument: stand_ins.get(argument, value) for argument, value in given.items()})

        return run

    def _fault_of_case(self, run: Callable[[Any], None]) -> str | None:
        """Run a case with the reference in the learner's place; return what goes wrong, if anything."""
        try:
            run(self.reference_module)
        except (Exception, pytest.fail.Exception, pytest.skip.Exception) as fault:  # noqa: BLE001  any is ours
            return f"{type(fault).__name__}: {fault}"
        return None


def _describe(error: BaseException) -> tuple[Outcome, str, str]:
    """Return outcome, message and details for what a case raised."""
    match error:
        case Stopped():
            return error.outcome, error.message, ""
        case BannedCall():
            return Outcome.ERROR, str(error), ""
        case Mismatch():
            return Outcome.FAILED, error.message, error.details
        case InputChanged():
            return Outcome.FAILED, str(error), ""
        case LearnerError() if error.type == "NotImplementedError":
            return (
                Outcome.ERROR,
                "This part is not written yet: it raises NotImplementedError.",
                error.traceback,
            )
        case LearnerError():
            where = f" (line {error.line})" if error.line else ""
            return Outcome.ERROR, f"Your code raised {error}{where}", error.traceback
        case AssertionError() | pytest.fail.Exception():
            return Outcome.FAILED, (str(error).strip() or "The case failed.").splitlines()[0], ""
        case pytest.skip.Exception():
            return Outcome.BROKEN, "This case was skipped, which no case may be.", ""
        case Exception():
            kind = f"{type(error).__name__}: {error}"
            return Outcome.FAILED, f"The case could not use what your code returned ({kind}).", ""
    raise error


def _case_name(item: pytest.Item) -> str:
    return item.name.removeprefix("test_")


def _title(item: pytest.Function) -> str:
    return next(iter((item.obj.__doc__ or _case_name(item)).strip().splitlines()))
