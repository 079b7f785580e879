"""Runs cases against the catalogue's alerts, or one against any condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from monitors import catalog
from monitors.nrql.suggestions import suggest
from monitors.spec import NrqlCondition
from monitors.testing.bench import Bench, CaseRun
from monitors.testing.cases import Case, StackName
from monitors.testing.outcomes import Outcome
from monitors.testing.parts import CaseError
from monitors.testing.reading import CASES, case_files, read_cases
from monitors.testing.telling import told_of
from monitors.testing.timeline import timeline

STACKS: tuple[StackName, ...] = ("prod", "staging")


@dataclass(frozen=True)
class AlertCase:
    """A case of one alert in one stack; `place` is the file and line it stands at, empty for one made in Python."""

    alert: str
    stack: StackName
    case: Case
    place: str = ""

    def __str__(self) -> str:
        return f"{self.alert}/{self.stack}/{self.case.name}"


@dataclass(frozen=True)
class CaseResult:
    """How a case went: a sentence for each difference, none when all is as expected, and what to draw it from."""

    case: AlertCase
    condition: NrqlCondition
    outcome: Outcome
    run: CaseRun
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything expected happened, and nothing else."""
        return not self.differences

    def timeline(self) -> str:
        """Return the picture of the case."""
        return timeline(self.condition, self.outcome, self.run.recording)


class CaseFailed(AssertionError):
    """A case did not go as expected; the message tells what differs and shows the timeline."""


def load_cases(
    folder: Path = CASES, *, stacks: Sequence[StackName] = STACKS, alerts: Sequence[str] = ()
) -> tuple[AlertCase, ...]:
    """Return the cases of a folder's files (of some alerts, where any are named), one for each stack they run in.

    Raises `CaseError` for a file that is not as it should be, or that is named like no alert of the catalogue.
    """
    known = {condition.key for name in STACKS for condition in catalog.stack(name).observability.conditions}
    found: list[AlertCase] = []
    faults: list[str] = []
    for path in case_files(folder):
        if alerts and path.stem not in alerts:
            continue
        try:
            _check_name(path, known)
            placed = read_cases(path)
        except CaseError as error:
            faults.extend(error.faults)
            continue
        for stack in stacks:
            found += (AlertCase(one.alert, stack, one.case, one.place) for one in placed if stack in one.case.stacks)
    if faults:
        raise CaseError(*faults)
    return tuple(found)


def run_cases(cases: Sequence[AlertCase]) -> Iterator[CaseResult]:
    """Run cases and yield how each went; those of one alert and stack next to each other are run together."""
    for (alert, stack), group in groupby(cases, key=lambda one: (one.alert, one.stack)):
        yield from _run_together(condition_of(alert, stack), stack, tuple(group))


def check_case(case: AlertCase, condition: NrqlCondition | None = None) -> None:
    """Run one case, against another condition than the catalogue's where one is given. Raises `CaseFailed`."""
    judged = condition_of(case.alert, case.stack) if condition is None else condition
    (result,) = _run_together(judged, case.stack, (case,))
    if not result.passed:
        place = f" ({case.place})" if case.place else ""
        raise CaseFailed("\n".join([f"{case}{place}", *result.differences, "", result.timeline()]))


def condition_of(alert: str, stack: StackName) -> NrqlCondition:
    """Return an alert of the catalogue. Raises `CaseError` when there is none of that key."""
    conditions = {condition.key: condition for condition in catalog.stack(stack).observability.conditions}
    if alert not in conditions:
        raise CaseError(_unknown(alert, conditions))
    return conditions[alert]


def _run_together(condition: NrqlCondition, stack: StackName, cases: tuple[AlertCase, ...]) -> Iterator[CaseResult]:
    runs = Bench([one.case for one in cases], stack).run(condition)
    for case, run in zip(cases, runs, strict=True):
        outcome = Outcome(
            case=case.case,
            stack=stack,
            incidents=run.incidents,
            severity=condition.severity,
            runbook=f"{condition.runbook.file}#{condition.runbook.anchor}",
            told=told_of(condition, stack, run.incidents, case.case),
        )
        differences = (*outcome.differences(), *_unseen(case.case, run))
        yield CaseResult(case, condition, outcome, run, differences)


def _unseen(case: Case, run: CaseRun) -> Iterator[str]:
    """Yield a difference where nothing is expected and nothing was seen: such a case passes whatever the alert is."""
    if not case.expect and not run.recording.windows:
        yield "expected nothing, which proves nothing: the alert sees no whole window of what is emitted."


def _check_name(path: Path, known: set[str]) -> None:
    if path.stem not in known:
        raise CaseError(f"{path.name}: {_unknown(path.stem, known)}")


def _unknown(alert: str, known: object) -> str:
    assert isinstance(known, dict | set)
    meant = suggest(alert, known)
    advice = f"Did you mean {meant}?" if meant else "`lookout test` without a name runs those there are."
    return f"the catalogue has no alert {alert!r}. {advice}"
