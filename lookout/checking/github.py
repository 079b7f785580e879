"""A run of checks as annotations of a pull request's lines.

The form is that of GitHub's workflow commands (docs.github.com, "Workflow commands for GitHub Actions"); values are
escaped as its own toolkit does (actions/toolkit, packages/core/src/command.ts).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lookout.checking.report import Report, location
from lookout.checking.text import closing_line
from monitors.rules.problem import Level, Problem

_COMMANDS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def workflow_commands(report: Report) -> Iterator[str]:
    """Yield a line for each problem, and the closing line for the job's log."""
    yield from (_annotation(problem) for problem in report.problems)
    yield closing_line(report)


def _annotation(problem: Problem) -> str:
    where = location(problem)
    properties = {"title": f"{problem.code}: {problem.subject}"}
    if where is not None and where.is_file:
        properties = {"file": where.path, "line": str(where.line), **properties}
        if where.column is not None:
            properties["col"] = str(where.column)
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = "\n".join(part for part in (problem.message, problem.advice) if part)
    return f"::{_COMMANDS[problem.level]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
