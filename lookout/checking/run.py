"""Runs checks over a catalogue, or over queries that belong to no spec."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from lookout.checking.catalogue import Catalogue
from lookout.checking.progress import shown_progress
from lookout.checking.report import Report
from lookout.errors import CouldNotRun
from monitors.rules.check import Check
from monitors.rules.problem import Problem
from monitors.rules.registry import CHECKS, CODES
from monitors.rules.review import Review, ReviewedQuery
from monitors.rules.runbook.sections import read as read_runbooks
from monitors.rules.runner import in_order, judge
from monitors.spec import Observability, Platform, Response, Stack


def check_catalogue(
    catalogue: Catalogue, checks: Sequence[Check], *, whole: bool, runbooks: Path | None = None
) -> Report:
    """Run checks over every stack; `whole` says that all of the catalogue's stacks are there.

    `runbooks` is the folder that alerts' sections are looked up in, None when there is none to look in.
    """
    sections = None if runbooks is None else read_runbooks(runbooks)
    reviews = tuple(Review(stack, runbook_anchors=sections) for stack in catalogue.stacks)
    with shown_progress() as on_progress:
        verdict = judge(
            reviews,
            checks=checks,
            silences=catalogue.silences,
            judges_silences=whole and not catalogue.refused,
            on_progress=on_progress,
        )
    problems = sorted((*catalogue.refused, *verdict.problems), key=in_order)
    return Report(reviews, tuple(checks), tuple(problems), verdict.silenced)


def check_queries(queries: tuple[ReviewedQuery, ...], checks: Sequence[Check]) -> Report:
    """Run the checks that can judge a query by itself over queries that belong to no spec."""
    able = tuple(check for check in checks if check.for_loose_queries)
    review = Review(_nothing(), loose=queries)
    with shown_progress() as on_progress:
        verdict = judge([review], checks=able, judges_silences=False, on_progress=on_progress)
    unnamed = tuple(_without_stacks(problem) for problem in verdict.problems)
    return Report((review,), able, unnamed)


def chosen(codes: Sequence[str]) -> tuple[Check, ...]:
    """Return the checks of these codes, all when none is named. Raises `CouldNotRun` for a code that is none."""
    known = {check.code: check for check in CHECKS}
    for code in codes:
        if code not in known:
            raise CouldNotRun(f"there is no check {code!r}", did_you_mean(code))
    return tuple(known[code] for code in dict.fromkeys(codes)) if codes else CHECKS


def did_you_mean(code: str) -> str:
    """Return the next step after a code that is none."""
    near = get_close_matches(code, [one.code for one in CODES], n=1)
    return f"Did you mean {near[0]}?" if near else "`lookout check --list` names the checks."


def _nothing() -> Stack:
    """Return a stack with nothing in it: loose queries belong to none."""
    return Stack(
        name="staging",
        tags={},
        platform=Platform(project="none"),
        observability=Observability(policies=(), destinations=(), workflows=(), dashboards=()),
        response=Response(users=(), teams=(), schedules=(), escalation_policies=(), services=()),
    )


def _without_stacks(problem: Problem) -> Problem:
    return replace(problem, stacks=())
