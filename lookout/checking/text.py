"""A run of checks for people: each problem with its place, the query with carets, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click

from lookout.checking.report import Report, location, page_of
from lookout.output import printable
from monitors.nrql.excerpts import pointed_at, position
from monitors.rules.problem import Level, Problem
from monitors.words import counted, listed

_COLOURS: Final = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "cyan"}


def as_text(report: Report) -> str:
    """Return the whole text; colours are in it, and `click.echo` takes them out where they are of no use."""
    blocks = [*("\n".join(_lines(problem)) for problem in report.problems), closing_line(report)]
    return "\n\n".join(blocks)


def closing_line(report: Report) -> str:
    """Return the line that says what was looked at and how many problems there are."""
    counts = report.counts
    if report.stacks or not report.reviews:
        looked_at = [counted(counts["conditions"], "condition"), counted(counts["dashboards"], "dashboard")]
    else:
        looked_at = [counted(counts["queries"], "query", "queries")]
    of = f" of {listed(report.stacks)}" if report.stacks else ""
    silenced = f", {report.silenced} silenced" if report.silenced else ""
    return f"{listed(looked_at)}{of}, {counted(counts['checks'], 'check')}: {_found(report)}{silenced}"


def _found(report: Report) -> str:
    total = len(report.problems)
    parts = [counted(count, level.value) for level, count in report.levels.items() if count]
    return f"{counted(total, 'problem')} ({listed(parts)})" if total else "0 problems"


def _lines(problem: Problem) -> Iterator[str]:
    where = location(problem)
    level = click.style(problem.level.value, fg=_COLOURS[problem.level], bold=True)
    yield f"{printable(str(where))}: {level} {problem.code}" if where else f"{level} {problem.code}"
    stacks = f" ({', '.join(problem.stacks)})" if problem.stacks else ""
    yield f"  {click.style(printable(problem.subject), bold=True)}{stacks}{_field(problem)}"
    if problem.excerpt is not None:
        line, carets = pointed_at(problem.excerpt.text, problem.excerpt.start, problem.excerpt.end)
        yield f"    {line}"
        yield f"    {click.style(carets, fg=_COLOURS[problem.level])}"
    yield from (f"  {printable(line)}" for line in problem.message.split("\n"))
    yield from (f"  {printable(line)}" for line in problem.advice.split("\n") if line)
    yield f"  {click.style(page_of(problem.code), dim=True)}"


def _field(problem: Problem) -> str:
    if not problem.field:
        return ""
    line = "" if problem.excerpt is None else _line_of(problem.excerpt.text, problem.excerpt.start)
    return f", {problem.field}{line}"


def _line_of(text: str, start: int) -> str:
    return f", line {position(text, start)[0]}" if "\n" in text else ""
