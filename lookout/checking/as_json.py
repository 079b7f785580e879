"""A run of checks as one JSON document; docs/checks/output.md says what each field holds."""

from __future__ import annotations

from typing import Any, Final

from lookout.checking.report import Report, location, page_of
from monitors.rules.problem import Problem

VERSION: Final = 1  # goes up when a field is renamed, dropped or changes its meaning; new fields leave it


def document(report: Report) -> dict[str, Any]:
    """Return the document."""
    return {
        "version": VERSION,
        "stacks": list(report.stacks),
        "checked": report.counts,
        "problems": [_problem(problem) for problem in report.problems],
        "summary": {**{level.value: count for level, count in report.levels.items()}, "silenced": report.silenced},
    }


def _problem(problem: Problem) -> dict[str, Any]:
    where, excerpt = location(problem), problem.excerpt
    return {
        "code": problem.code,
        "level": problem.level.value,
        "subject": problem.subject,
        "key": problem.key,
        "field": problem.field,
        "message": problem.message,
        "advice": problem.advice,
        "stacks": list(problem.stacks),
        "path": where.path if where else None,
        "line": where.line if where else None,
        "column": where.column if where else None,
        "query": None if excerpt is None else {"text": excerpt.text, "start": excerpt.start, "end": excerpt.end},
        "page": page_of(problem.code),
    }
