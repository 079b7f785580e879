"""Runs checks over stacks: one list of problems, each told once, without those that are silenced."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from monitors.rules.check import Check
from monitors.rules.notices import CHECK_FAILED, SILENCE_UNUSED
from monitors.rules.problem import Level, Problem
from monitors.rules.registry import CHECKS
from monitors.rules.review import Review
from monitors.spec import Silence, Stack

Progress = Callable[[int, int], None]
MOST_OF_ONE: Final = 20  # what one check says of one spec, before it says how much more there is


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run found, in the order of files and lines, and how many findings a silence kept back."""

    problems: tuple[Problem, ...]
    silenced: int = 0


def run(stacks: Sequence[Stack], *, silences: Sequence[Silence] = ()) -> tuple[Problem, ...]:
    """Return every problem that any check finds in the stacks, sorted by file, line and code."""
    return judge([Review(stack) for stack in stacks], silences=silences).problems


def judge(
    reviews: Sequence[Review],
    *,
    checks: Sequence[Check] = CHECKS,
    silences: Sequence[Silence] = (),
    judges_silences: bool = True,
    on_progress: Progress | None = None,
) -> Verdict:
    """Run checks over reviewed stacks.

    `judges_silences` is for runs over everything that silences are about: in others a silence may well have nothing
    to do. Silences of checks that are not run are never judged. `on_progress` is told the steps done and all steps.
    """
    found: list[Problem] = []
    steps = len(checks) * len(reviews)
    for index, (check, review) in enumerate((check, review) for check in checks for review in reviews):
        found += _problems(check, review)
        if on_progress is not None:
            on_progress(index + 1, steps)
    kept, silenced, used = _without_silenced(found, silences)
    if judges_silences:
        ran = {check.code for check in checks}
        kept += _unused(reviews, [one for one in silences if one not in used], ran)
    return Verdict(tuple(sorted(_told_once(kept), key=in_order)), silenced)


def in_order(problem: Problem) -> tuple[object, ...]:
    """Return what problems are sorted by: file, line and code; what has no place comes last."""
    place = problem.place
    at = (1, "", 0) if place is None else (0, place.path, place.line)
    start = 0 if problem.excerpt is None else problem.excerpt.start
    return (*at, problem.code, problem.key, problem.field, start, problem.message)


def _problems(check: Check, review: Review) -> list[Problem]:
    """Return what a check finds; one that breaks down says so, and the others still run."""
    found: list[Problem] = []
    try:
        found.extend(_bounded(check.problems(review)))
    except Exception as fault:
        first_line = (str(fault).splitlines() or [""])[0][:200]
        told = f"The check {check.code} broke down with {type(fault).__name__}: {first_line}".rstrip(": .")
        found.append(
            Problem(
                code=CHECK_FAILED.code,
                level=CHECK_FAILED.level,
                subject=f"check {check.code}",
                key=f"check/{check.code}",
                field="",
                message=f"{told}.",
                advice="This is a fault of the check, not of the specs; what it would have found is not known.",
                stacks=(review.stack.name,),
            )
        )
    return found


def _bounded(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield up to so many problems of each spec, and one that says how many more there are."""
    counts: Counter[str] = Counter()
    last: dict[str, Problem] = {}
    for problem in problems:
        counts[problem.key] += 1
        if counts[problem.key] <= MOST_OF_ONE:
            yield problem
        else:
            last[problem.key] = problem
    for key, problem in last.items():
        message = f"There are {counts[key] - MOST_OF_ONE:,} more like these {MOST_OF_ONE} in the same spec."
        yield replace(problem, message=message, advice="Mend these first, then check again.", excerpt=None)


def _without_silenced(found: Iterable[Problem], silences: Sequence[Silence]) -> tuple[list[Problem], int, set[Silence]]:
    by_check: dict[str, list[tuple[Silence, re.Pattern[str]]]] = defaultdict(list)
    for silence in silences:
        by_check[silence.check].append((silence, _pattern(silence.subject)))
    kept: list[Problem] = []
    used: set[Silence] = set()
    silenced = 0
    for problem in found:
        matching = [one for one, pattern in by_check.get(problem.code, ()) if pattern.fullmatch(problem.key)]
        used.update(matching)
        silenced += bool(matching)
        if not matching:
            kept.append(problem)
    return kept, silenced, used


def _pattern(subject: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in subject.split("*")))


def _unused(reviews: Sequence[Review], silences: Iterable[Silence], ran: set[str]) -> Iterator[Problem]:
    known = {check.code for check in CHECKS}
    subjects: set[str] | None = None
    for silence in silences:
        if silence.check in known and silence.check not in ran:
            continue
        if subjects is None:
            subjects = {subject.key for review in reviews for subject in review.every_subject()}
        field, message, advice = _why_unused(silence, known, subjects)
        yield Problem(
            code=SILENCE_UNUSED.code,
            level=SILENCE_UNUSED.level,
            subject=f'silence of {silence.check} for "{silence.subject}"',
            key=f"silence/{silence.check}/{silence.subject}",
            field=field,
            message=message,
            advice=advice,
            place=silence.declared_at,
        )


def _why_unused(silence: Silence, known: set[str], subjects: set[str]) -> tuple[str, str, str]:
    if silence.check not in known:
        near = get_close_matches(silence.check, known, n=1, cutoff=0.5)
        step = f"Did you mean {near[0]}?" if near else "`lookout check --list` names the checks."
        return "check", f'There is no check "{silence.check}".', step
    pattern = _pattern(silence.subject)
    if any(pattern.fullmatch(subject) for subject in subjects):
        message = f'{silence.check} has nothing to say of "{silence.subject}": the silence silences nothing.'
        return "subject", message, "Delete it."
    near = get_close_matches(silence.subject, subjects, n=1, cutoff=0.6)
    message = f'There is no "{silence.subject}": the silence silences nothing.'
    return "subject", message, f"Did you mean {near[0]}? Else delete it." if near else "Delete it."


def _told_once(found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield each problem once, with the stacks it was found in; stacks differ in their own names alone."""
    merged: dict[tuple[object, ...], Problem] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for problem in found:
        message = _without_stack(problem.message, problem.stacks)
        same = (problem.code, problem.level, _without_stack(problem.key, problem.stacks), problem.field, problem.place)
        counted = (*same, message, problem.stacks)
        seen[counted] += 1
        identity = (*same, message, seen[counted])
        earlier = merged.get(identity)
        stacks = problem.stacks if earlier is None else (*earlier.stacks, *problem.stacks)
        merged[identity] = replace(earlier or problem, stacks=stacks)
    yield from merged.values()


def _without_stack(text: str, stacks: tuple[str, ...]) -> str:
    for name in stacks:
        text = re.sub(rf" \({name}\)|[-_]{name}\b|\b{name}\b", "", text)
    return text


def fails(problems: Iterable[Problem]) -> bool:
    """Say whether a run with these problems has failed: notes alone do not fail it."""
    return any(problem.level is not Level.NOTE for problem in problems)
