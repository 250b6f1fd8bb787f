"""Grades what an author has written, and answers made of it, to see whether the drill is sound."""

from __future__ import annotations

import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from cvdrill import grading, mutation
from cvdrill.authoring import answers, equivalents, reading, screening
from cvdrill.authoring.report import Finding, Report, Step, Survivor
from cvdrill.model import Drill, Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cvdrill.mutation import Mutant

    T = TypeVar("T")

_SEEDS = 20
_SEED = 0  # of everything that has to fail whatever the random cases draw
_MUTANT_CALL_S = 3.0
_IMPORTS_S = 60.0  # what is banned may lie in libraries that take long to load


def verify(
    drill: Drill,
    *,
    jobs: int | None = None,
    mutate: bool = True,
    seeds: int = _SEEDS,
    on_finding: Callable[[Finding], None] | None = None,
    on_step: Callable[[Step], None] | None = None,
) -> Report:
    """Look whether a drill is complete, its examples hold, what is right passes and what is wrong does not.

    The checks that grade something depend on those that come before; a drill whose reference does not pass is
    not tried any further.

    Parameters
    ----------
    drill : Drill
    jobs : int, optional
        How many files are graded at a time; one for each processor when left out.
    mutate : bool, optional
        Whether to grade the mutants of the reference as well.
    seeds : int, optional
        How often the reference is graded, each time on other random cases.
    on_finding : callable, optional
        Told of each finding as it is made.
    on_step : callable, optional
        Told of each file that was graded.

    Returns
    -------
    Report
    """
    run = _Verification(drill, jobs or os.cpu_count() or 1, seeds, on_finding, on_step)
    return run.run(mutate=mutate)


class _Verification:
    """One run of `verify`."""

    def __init__(
        self,
        drill: Drill,
        jobs: int,
        seeds: int,
        on_finding: Callable[[Finding], None] | None,
        on_step: Callable[[Step], None] | None,
    ) -> None:
        self._drill = drill
        self._jobs = jobs
        self._seeds = range(seeds)
        self._on_finding = on_finding
        self._on_step = on_step
        self._findings: list[Finding] = []
        self._survivors: list[Survivor] = []
        self._killed = self._equivalent = 0

    def run(self, *, mutate: bool) -> Report:
        begun = time.monotonic()
        self._check(mutate=mutate)
        return Report(
            drill=self._drill.id,
            findings=tuple(self._findings),
            mutants=self._killed + len(self._survivors),
            killed=self._killed,
            equivalent=self._equivalent,
            survivors=tuple(self._survivors),
            elapsed_s=time.monotonic() - begun,
        )

    def _check(self, *, mutate: bool) -> None:
        drill = self._drill
        incomplete = self._keep(reading.files(drill))
        self._keep(reading.card(drill))
        if incomplete:
            return
        self._keep(reading.statement(drill))
        self._keep(reading.notes(drill))
        self._keep(self._stub())
        if self._keep(self._reference()):
            return
        self._keep(reading.examples(drill))
        self._keep(reading.runtime(drill))
        self._keep(self._dtypes())
        self._keep(self._mistakes())
        self._keep(self._bans())
        if mutate:
            self._keep(self._mutants())

    def _keep(self, findings: Iterator[Finding]) -> bool:
        """Keep findings and tell of them; return whether there are any."""
        before = len(self._findings)
        for finding in findings:
            self._findings.append(finding)
            if self._on_finding:
                self._on_finding(finding)
        return len(self._findings) > before

    def _graded(
        self, check: str, items: Sequence[T], grade: Callable[[T], Verdict]
    ) -> Iterator[tuple[T, Verdict]]:
        """Grade several files at a time; yield each with its verdict, in order."""
        if self._on_step:
            self._on_step(Step(check, 0, len(items)))
        executor = ThreadPoolExecutor(self._jobs)
        try:
            for done, verdict in enumerate(executor.map(grade, items), 1):
                if self._on_step:
                    self._on_step(Step(check, done, len(items)))
                yield items[done - 1], verdict
        finally:
            executor.shutdown(cancel_futures=True)

    def _stub(self) -> Iterator[Finding]:
        verdict = grading.grade(self._drill, self._drill.stub.read_bytes())
        if verdict.outcome is not Outcome.NOT_STARTED:
            yield Finding("stub", f"The untouched stub should be NOT_STARTED, but is {verdict.outcome}.")

    def _reference(self) -> Iterator[Finding]:
        """See whether the reference passes whatever the random cases draw."""
        source = self._drill.reference.read_bytes()

        def grade(seed: int) -> Verdict:
            return grading.grade(self._drill, source, seed=seed)

        for seed, verdict in self._graded("reference", self._seeds, grade):
            if verdict.outcome is not Outcome.PASSED:
                what = f"The reference is {verdict.outcome} with the seed {seed}."
                yield Finding("reference", what, _reasons(verdict))

    def _dtypes(self) -> Iterator[Finding]:
        """See whether what takes arrays of float, of either width, is given both."""
        wanted = [(name, dtype) for name in self._taking_floats() for dtype in ("float32", "float64")]

        def grade(pair: tuple[str, str]) -> Verdict:
            source = answers.refusing_source(self._drill, *pair)
            return grading.grade(self._drill, source, stop_early=True, seed=_SEED)

        for (name, dtype), verdict in self._graded("dtypes", wanted, grade):
            if verdict.outcome is Outcome.PASSED:
                yield Finding("dtypes", f"No case passes {dtype} to {name}, which takes float of any width.")
            elif verdict.outcome is not Outcome.ERROR:
                what = f"Whether {name} is given {dtype} could not be tried: {verdict.outcome}."
                yield Finding("dtypes", what, _reasons(verdict))

    def _taking_floats(self) -> list[str]:
        """Return the parts whose statement says ``of float``, and not of which width."""
        source = self._drill.stub.read_text(encoding="utf-8")
        return [
            node.name
            for node in answers.definitions(source)
            if re.search(r"^\w[\w, ]* : \w+ of float\b", reading.parameters(node), re.MULTILINE)
        ]

    def _mistakes(self) -> Iterator[Finding]:
        """See whether every mistake is caught, and explained by its own sentence."""
        try:
            known = answers.mistakes(self._drill)
        except Exception as error:  # noqa: BLE001  whatever the author's file raises
            yield Finding("mistakes", f"{self._drill.mistakes} cannot be imported: {error!r}.")
            return
        if not known:
            yield Finding("mistakes", "No mistake is known.")

        def grade(mistake: answers.Mistake) -> Verdict:
            return grading.grade(self._drill, answers.mistaken_source(self._drill, mistake), seed=_SEED)

        for mistake, verdict in self._graded("mistakes", known, grade):
            broken = any(case.outcome is Outcome.BROKEN for case in verdict.cases)
            if not mistake.sentence.endswith("."):
                yield Finding("mistakes", f"{mistake.id} has no docstring that says what went wrong.")
            if verdict.outcome is Outcome.PASSED:
                yield Finding("mistakes", f"{mistake.id} is not caught: it passes.")
            elif broken or not verdict.cases:
                yield Finding(
                    "mistakes", f"{mistake.id} cannot be graded: {verdict.outcome}.", _reasons(verdict)
                )
            elif mistake.id not in {diagnosis.mistake for diagnosis in verdict.diagnoses}:
                yield Finding("mistakes", f"{mistake.id} is caught, but not diagnosed.")

    def _bans(self) -> Iterator[Finding]:
        """See whether what is banned exists, and is refused with its sentence."""
        bans = [ban for ban in self._drill.card.banned if ban.calls]

        def grade(place: int) -> Verdict:
            return grading.grade(
                self._drill,
                answers.calling_source(self._drill, bans[place]),
                stop_early=True,
                seed=_SEED,
                limits=grading.Limits(call_s=_IMPORTS_S),
            )

        for place, verdict in self._graded("bans", range(len(bans)), grade):
            printed = "\n".join(case.stdout for case in verdict.cases)
            lines = (line.split() for line in printed.splitlines())
            fates = {words[1]: words[0] for words in lines if len(words) == 2}
            calls = answers.banned_calls(bans[place])
            for name in calls:
                if fates.get(name) == "unknown":
                    yield Finding("bans", f"{name} is banned, but its library has no such thing.")
                elif fates.get(name) == "allowed":
                    yield Finding("bans", f"{name} is banned, but is not refused.")
            if untried := [name for name in calls if name not in fates]:
                what = f"The ban of {', '.join(untried)} could not be tried: {verdict.outcome}."
                yield Finding("bans", what, _reasons(verdict))
            refused = "refused" in fates.values()
            shown = any(bans[place].instead in case.message for case in verdict.cases)
            if refused and not (verdict.outcome is Outcome.ERROR and shown):
                what = f"A banned call should be an ERROR that says {bans[place].instead!r}."
                yield Finding("bans", what, _reasons(verdict))

    def _mutants(self) -> Iterator[Finding]:
        """See which mutants of the reference pass."""
        original = self._drill.reference.read_text(encoding="utf-8")
        try:
            records = equivalents.read(self._drill)
        except ValueError as error:
            yield Finding("mutants", f"{equivalents.path(self._drill)} cannot be read: {error}.")
            records = ()

        def grade(mutant: Mutant) -> Verdict:
            return grading.grade(
                self._drill,
                mutant.source.encode(),
                stop_early=True,
                seed=_SEED,
                limits=grading.Limits(call_s=min(_MUTANT_CALL_S, self._drill.card.seconds)),
            )

        stale = set(records)
        mutants = mutation.mutants(original)
        sources = [mutant.source for mutant in mutants]
        if self._on_step:
            self._on_step(Step("mutants", 0, len(mutants)))
        suspects = screening.suspects(self._drill, sources, jobs=self._jobs)
        graded = [mutants[position] for position in suspects]
        self._killed += len(mutants) - len(graded)
        for mutant, verdict in self._graded("mutants", graded, grade):
            fitting = {record for record in records if record.fits(mutant)}
            diff = mutation.diff(mutant, original)
            if verdict.outcome is Outcome.BROKEN:
                yield Finding("mutants", "The grader fails on a mutant.", f"{diff}\n\n{_reasons(verdict)}")
            elif verdict.outcome is not Outcome.PASSED:
                self._killed += 1
                continue
            elif fitting:
                self._equivalent += 1
            else:
                survivor = Survivor(mutant.function, mutant.line, mutant.mutant, mutant.number, diff)
                self._survivors.append(survivor)
            stale -= fitting
        for record in records:
            if record in stale:
                what = "A record of an equivalent mutant is stale: there is none such, or it does not pass."
                yield Finding("mutants", what, f"{record.line}\n{record.mutant}")


def _reasons(verdict: Verdict) -> str:
    """Return what a verdict says went wrong."""
    wrong = [case for case in verdict.cases if case.outcome is not Outcome.PASSED]
    lines = [verdict.message, verdict.details]
    for case in wrong[:3]:
        lines += [f"{case.name}: {case.outcome} {case.message}", case.details, case.call]
    return "\n".join(line for line in lines if line)
