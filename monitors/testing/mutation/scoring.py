"""The mutation score: of every change of an alert, which case notices it, and which changes none does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitors.nrql.evaluator import NotEvaluated
from monitors.spec import NrqlCondition
from monitors.testing.bench import Bench
from monitors.testing.cases import Case, StackName
from monitors.testing.mutation.generation import mutants_of
from monitors.testing.mutation.mutant import Mutant
from monitors.testing.outcomes import Outcome
from monitors.testing.parts import CaseError
from monitors.testing.running import AlertCase, condition_of


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant.

    `noticed_by` names the first case that failed, None where the mutant survived; `equivalent` is the reason why none
    can notice it, None where that is not declared; `fault` says why it could not be evaluated.
    """

    title: str
    before: str
    after: str
    notice: str
    noticed_by: str | None
    equivalent: str | None = None
    fault: str | None = None

    @property
    def survived(self) -> bool:
        """Whether a case is missing."""
        return self.noticed_by is None and self.equivalent is None


@dataclass(frozen=True)
class AlertScore:
    """The verdicts on one alert's mutants; `faults` tells what of the declared equivalents is not right."""

    alert: str
    stack: StackName
    verdicts: tuple[Verdict, ...]
    faults: tuple[str, ...] = ()

    @property
    def noticed(self) -> int:
        """How many mutants a case noticed."""
        return sum(verdict.noticed_by is not None for verdict in self.verdicts)

    @property
    def equivalent(self) -> int:
        """How many mutants are declared to mean the same as the alert."""
        return sum(verdict.equivalent is not None for verdict in self.verdicts)

    @property
    def survivors(self) -> tuple[Verdict, ...]:
        """The mutants that a case is missing for."""
        return tuple(verdict for verdict in self.verdicts if verdict.survived)


def score(alert: str, stack: StackName, cases: Sequence[AlertCase], equivalent: Mapping[str, str]) -> AlertScore:
    """Run an alert's cases against every change of it; `equivalent` holds reasons by title of a change.

    Raises `CaseError` where a case fails on the alert itself: what fails anyway can notice nothing.
    """
    own = [one.case for one in cases if one.alert == alert and one.stack == stack]
    return score_condition(condition_of(alert, stack), stack, own, equivalent)


def score_condition(
    condition: NrqlCondition, stack: StackName, cases: Sequence[Case], equivalent: Mapping[str, str]
) -> AlertScore:
    """Run cases against every change of a condition (see `score`)."""
    judge = _Judge(condition, stack, cases)
    verdicts = tuple(judge.verdicts(equivalent))
    return AlertScore(condition.key, stack, verdicts, tuple(_faults(condition.key, verdicts, equivalent)))


class _Judge:
    def __init__(self, condition: NrqlCondition, stack: StackName, cases: Sequence[Case]) -> None:
        self._condition, self._stack = condition, stack
        self._cases = list(cases)
        self._bench = Bench(cases, stack)
        failing = self._failing(condition)
        if failing is not None:
            raise CaseError(
                f'{condition.key}: case "{failing}" fails on the alert itself; mend that first, `lookout test '
                f"{condition.key}` shows it"
            )

    def verdicts(self, equivalent: Mapping[str, str]) -> Iterator[Verdict]:
        for mutant in mutants_of(self._condition):
            yield self._verdict(mutant, equivalent.get(mutant.title))

    def _verdict(self, mutant: Mutant, reason: str | None) -> Verdict:
        noticed_by, fault = None, None
        try:
            noticed_by = self._failing(mutant.condition)
        except NotEvaluated as error:
            fault = str(error)
        return Verdict(mutant.title, mutant.before, mutant.after, mutant.notice, noticed_by, reason, fault)

    def _failing(self, condition: NrqlCondition) -> str | None:
        """Return the name of the first case that does not go as expected, None when all do."""
        for case, run in zip(self._cases, self._bench.each(condition), strict=False):
            outcome = Outcome(case, self._stack, run.incidents)
            if not outcome.is_as_expected:
                return case.name
        return None


def _faults(alert: str, verdicts: Sequence[Verdict], equivalent: Mapping[str, str]) -> Iterator[str]:
    titles = {verdict.title for verdict in verdicts}
    for title in equivalent:
        if title not in titles:
            yield f"{alert}: no change is {title!r} any more; take it out of the list of equivalent ones"
    for verdict in verdicts:
        if verdict.equivalent is not None and verdict.noticed_by is not None:
            yield (
                f"{alert}: {verdict.title!r} is declared to mean the same, but case {verdict.noticed_by!r} notices it; "
                "take it out of the list of equivalent ones"
            )
