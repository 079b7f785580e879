"""What a check is: a code, a level, and a function from a reviewed stack to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from monitors.rules.problem import Excerpt, Level, Problem
from monitors.rules.review import Review, Subject


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of one subject; the check's own code and level are added by whoever runs it.

    `start` and `end` are offsets in the subject's query, where the fault is in a query.
    """

    subject: Subject
    field: str
    message: str
    advice: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check, by its code `group/name`.

    Its module is monitors/rules/group/name.py (hyphens as underscores), its page docs/checks/group/name.md, its test
    tests/monitors/rules/group/test_group_name.py.
    """

    code: str
    level: Level
    summary: str
    run: Callable[[Review], Iterator[Finding]]

    def problems(self, review: Review) -> Iterator[Problem]:
        """Yield what the check finds in one stack."""
        for found in self.run(review):
            subject = found.subject
            excerpt = None
            if found.start is not None and subject.query is not None:
                excerpt = Excerpt(subject.query, found.start, found.start + 1 if found.end is None else found.end)
            yield Problem(
                code=self.code,
                level=self.level,
                subject=subject.title,
                key=subject.key,
                field=found.field,
                message=found.message,
                advice=found.advice,
                place=subject.place,
                excerpt=excerpt,
                stacks=(review.stack.name,),
            )
