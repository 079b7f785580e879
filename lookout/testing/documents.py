"""A run of cases, and a mutation score, for programs: JSON, and the JUnit file that CI systems read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from lookout.testing.cases import TestRun
from lookout.testing.totals import Totals
from monitors.testing.mutation.scoring import AlertScore
from monitors.testing.running import CaseResult


def cases_document(run: TestRun) -> dict[str, Any]:
    """Return a run as what JSON can hold."""
    return {
        "passed": run.passed,
        "cases": len(run.results),
        "failed": len(run.failed),
        "alerts_without_cases": list(run.untested),
        "results": [_result(result) for result in run.results],
    }


def scores_document(scores: Sequence[AlertScore]) -> dict[str, Any]:
    """Return mutation scores as what JSON can hold."""
    totals = Totals.of(scores)
    return {
        "passed": totals.is_whole,
        "score_percent": totals.score_percent,
        "mutants": totals.mutants,
        "noticed": totals.noticed,
        "equivalent": totals.equivalent,
        "faults": [fault for one in scores for fault in one.faults],
        "alerts": [
            {
                "alert": one.alert,
                "stack": one.stack,
                "mutants": [
                    {
                        "change": verdict.title,
                        "before": verdict.before,
                        "after": verdict.after,
                        "noticed_by": verdict.noticed_by,
                        "equivalent_because": verdict.equivalent,
                        "would_notice": verdict.notice,
                        "fault": verdict.fault,
                    }
                    for verdict in one.verdicts
                ],
            }
            for one in scores
        ],
    }


def junit(run: TestRun) -> str:
    """Return a run as a JUnit file: a suite for each alert, a test for each case and stack."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    failures = len(run.failed) + len(run.untested)
    lines.append(f'<testsuites tests="{len(run.results) + len(run.untested)}" failures="{failures}">')
    for alert, group in groupby(sorted(run.results, key=_alert), key=_alert):
        lines.extend(_suite(alert, list(group)))
    for alert in run.untested:
        lines.append(f'  <testsuite name={_quoted(alert)} tests="1" failures="1">')
        lines.append(f'    <testcase classname={_quoted(alert)} name="has cases">')
        lines.append('      <failure message="the alert has no case"/>')
        lines.extend(["    </testcase>", "  </testsuite>"])
    return "\n".join([*lines, "</testsuites>", ""])


def _alert(result: CaseResult) -> str:
    return result.case.alert


def _suite(alert: str, results: Sequence[CaseResult]) -> Iterator[str]:
    failures = sum(not result.passed for result in results)
    yield f'  <testsuite name={_quoted(alert)} tests="{len(results)}" failures="{failures}">'
    for result in results:
        file = _quoted(f"monitors/catalog/cases/{alert}.yaml")
        name = _quoted(f"{result.case.stack}: {result.case.case.name}")
        head = f"    <testcase classname={_quoted(alert)} name={name} file={file}"
        if result.passed:
            yield f"{head}/>"
            continue
        told = "\n".join([*result.differences, "", result.timeline()])
        yield f"{head}>"
        yield f"      <failure message={_quoted(result.differences[0])}>{escape(told)}</failure>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _quoted(text: str) -> str:
    return f'"{escape(text, quote=True)}"'


def _result(result: CaseResult) -> dict[str, Any]:
    return {
        "alert": result.case.alert,
        "stack": result.case.stack,
        "name": result.case.case.name,
        "place": result.case.place,
        "passed": result.passed,
        "differences": list(result.differences),
        "timeline": None if result.passed else result.timeline(),
        "incidents": [
            {
                "facet": list(one.facet),
                "priority": one.priority,
                "cause": one.cause,
                "opened_after_seconds": one.opened_at - result.outcome.start,
                "closed_after_seconds": None if one.closed_at is None else one.closed_at - result.outcome.start,
                "closed_because": one.closed_because,
                "value": one.value,
            }
            for one in result.outcome.incidents
        ],
    }
