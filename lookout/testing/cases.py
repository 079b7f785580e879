"""Which cases are meant, and how they went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lookout.errors import CouldNotRun
from lookout.testing.progress import followed
from monitors import catalog
from monitors.nrql.evaluator import NotEvaluated
from monitors.nrql.suggestions import suggest
from monitors.testing.cases import StackName
from monitors.testing.parts import CaseError
from monitors.testing.running import AlertCase, CaseResult, load_cases, run_cases


@dataclass(frozen=True)
class TestRun:
    """How the cases went; `untested` are alerts that were asked for and have no case."""

    __test__ = False  # its name is no promise to pytest

    results: tuple[CaseResult, ...]
    untested: tuple[str, ...]

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases that did not go as expected."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def passed(self) -> bool:
        """Whether every alert has cases and all went as expected."""
        return not self.failed and not self.untested


def chosen(alerts: Sequence[str], stacks: Sequence[StackName]) -> tuple[str, ...]:
    """Return the alerts to test, all where none is named. Raises `CouldNotRun` for a name that no alert has."""
    known = tuple(condition.key for condition in catalog.stack(stacks[0]).observability.conditions)
    for alert in alerts:
        if alert not in known:
            meant = suggest(alert, known)
            step = f"Did you mean {meant}?" if meant else "`lookout test` without a name runs the cases of all."
            raise CouldNotRun(f"the catalogue has no alert {alert!r}.", step)
    return tuple(alerts) or known


def read(alerts: Sequence[str], stacks: Sequence[StackName], folder: Path) -> tuple[AlertCase, ...]:
    """Return the cases of alerts. Raises `CouldNotRun` for files that cannot be read, naming every fault."""
    if not folder.is_dir():
        told = f"{folder} is a file." if folder.exists() else f"there is no folder {folder}."
        raise CouldNotRun(told, "Name the folder that holds a file for each alert.")
    try:
        return load_cases(folder, stacks=stacks, alerts=alerts)
    except CaseError as error:
        raise CouldNotRun("case files cannot be read:", "\n".join(f"  {fault}" for fault in error.faults)) from None


def run(alerts: Sequence[str], cases: Sequence[AlertCase]) -> TestRun:
    """Run the cases. Raises `CouldNotRun` where an alert's query cannot be evaluated."""
    tested = {case.alert for case in cases}
    try:
        results = tuple(followed(run_cases(cases), len(cases), "testing"))
    except NotEvaluated as error:
        raise CouldNotRun(f"a query cannot be evaluated: {error}", "`lookout check` says more of it.") from None
    return TestRun(results, tuple(alert for alert in alerts if alert not in tested))
