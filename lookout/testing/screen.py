"""How a run of cases, and a mutation score, look on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from lookout.output import printable
from lookout.testing.cases import TestRun
from lookout.testing.totals import Totals
from monitors.testing.mutation.scoring import AlertScore
from monitors.testing.running import CaseResult
from monitors.words import counted

if TYPE_CHECKING:
    from rich.console import Console


def show_cases(run: TestRun, console: Console) -> None:
    """Print every case that failed with its timeline, every alert without a case, and the sum."""
    for results in _alike(run.failed):
        _show_failed(results, console)
    for alert in run.untested:
        console.print(Text.assemble(("UNTESTED ", "bold red"), f"{alert} has no case"))
        console.print(Text(f"  Write monitors/catalog/cases/{alert}.yaml; docs/alert-tests.md shows how."))
    style = "green" if run.passed else "bold red"
    console.print(Text(_sum(run), style=style))


def show_scores(scores: Sequence[AlertScore], console: Console) -> None:
    """Print each mutant that survived with the case that would notice it, then the score."""
    for one in scores:
        for verdict in one.survivors:
            console.print(Text.assemble(("SURVIVED ", "bold red"), f"{one.alert}, {verdict.title}"))
            told = verdict.fault or f"What would notice it: {verdict.notice}."
            console.print(Text(f"  {told}"))
        for fault in one.faults:
            console.print(Text.assemble(("EQUIVALENT? ", "bold red"), fault))
    totals = Totals.of(scores)
    style = "green" if totals.is_whole else "bold red"
    console.print(Text(totals.told(), style=style))


def _show_failed(results: Sequence[CaseResult], console: Console) -> None:
    first = results[0]
    stacks = " and ".join(result.case.stack for result in results)
    place = f" ({first.case.place})" if first.case.place else ""
    console.print(
        Text.assemble(
            ("FAILED ", "bold red"), printable(f"{first.case.alert}, {stacks}: {first.case.case.name}{place}")
        )
    )
    for difference in first.differences:
        console.print(Text(f"  {printable(difference)}"))
    console.print()
    for line in first.timeline().split("\n"):
        console.print(Text(printable(line)))
    console.print()


def _alike(failed: Sequence[CaseResult]) -> Iterator[list[CaseResult]]:
    """Yield failures, those of one case that are told the same in both stacks together."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[CaseResult]] = {}
    for result in failed:
        key = (result.case.alert, result.case.case.name, result.differences)
        groups.setdefault(key, []).append(result)
    yield from groups.values()


def _sum(run: TestRun) -> str:
    alerts = len({result.case.alert for result in run.results})
    cases = counted(len(run.results), "case")
    if run.passed:
        return f"{cases} of {counted(alerts, 'alert')}: all as expected."
    parts = [f"{len(run.failed)} of {cases} failed"] if run.failed else [f"{cases}: all as expected"]
    if run.untested:
        parts.append(f"{counted(len(run.untested), 'alert')} without a case")
    return f"{', '.join(parts)}."
