"""What a check is: a code, a level, and a function from a reviewed stack to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from monitors.nrql.tree import Span
from monitors.rules.problem import Excerpt, Level, Problem
from monitors.rules.review import Review, ReviewedCondition, ReviewedQuery, Subject


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of one subject; the check's own code and level are added by whoever runs it.

    `start` and `end` are offsets in the subject's query, where the fault is in a query. `level` is given only where it
    is not the check's own.
    """

    subject: Subject
    field: str
    message: str
    advice: str
    start: int | None = None
    end: int | None = None
    level: Level | None = None


def in_query(query: ReviewedQuery, span: Span, message: str, advice: str, level: Level | None = None) -> Finding:
    """Return a finding about a part of a query."""
    return Finding(query.subject, query.field, message, advice, span[0], span[1], level)


@dataclass(frozen=True, slots=True)
class Check:
    """One check, by its code `group/name`.

    Its module is monitors/rules/group/name.py (hyphens as underscores), its page docs/checks/group/name.md, its test
    tests/monitors/rules/group/test_group_name.py. `for_loose_queries` says that it judges a query by its text and use
    alone, so that it is run on queries that belong to no spec as well.
    """

    code: str
    level: Level
    summary: str
    run: Callable[[Review], Iterator[Finding]]
    for_loose_queries: bool = False

    def problems(self, review: Review) -> Iterator[Problem]:
        """Yield what the check finds in one stack."""
        for found in self.run(review):
            subject = found.subject
            excerpt = None
            if found.start is not None and subject.query is not None:
                excerpt = Excerpt(subject.query, found.start, found.start + 1 if found.end is None else found.end)
            yield Problem(
                code=self.code,
                level=found.level or self.level,
                subject=subject.title,
                key=subject.key,
                field=found.field,
                message=found.message,
                advice=found.advice,
                place=subject.place,
                excerpt=excerpt,
                stacks=(review.stack.name,),
            )


def of_queries(judge: Callable[[ReviewedQuery], Iterator[Finding]]) -> Callable[[Review], Iterator[Finding]]:
    """Return a check's function that judges every query that could be read."""

    def run(review: Review) -> Iterator[Finding]:
        for query in review.queries:
            if query.tree is not None:
                yield from judge(query)

    return run


def of_condition_queries(judge: Callable[[ReviewedQuery], Iterator[Finding]]) -> Callable[[Review], Iterator[Finding]]:
    """Return a check's function that judges every query of a condition that could be read."""

    def run(review: Review) -> Iterator[Finding]:
        for query in review.condition_queries:
            if query.query is not None:
                yield from judge(query)

    return run


def of_conditions(judge: Callable[[ReviewedCondition], Iterator[Finding]]) -> Callable[[Review], Iterator[Finding]]:
    """Return a check's function that judges every condition by itself."""

    def run(review: Review) -> Iterator[Finding]:
        for condition in review.conditions:
            yield from judge(condition)

    return run
