"""Assertions on paths that do not hold at some moment: proved for every moment, by intervals."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.paths.proving import Assertions
from monitors.rules.paths.words import Words
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    proofs = Assertions(review.stack)
    for assertion in review.stack.assertions:
        for broken in proofs.broken(assertion):
            words = Words(review.stack, broken)
            yield Finding(review.subject("assertion", assertion), "expects", words.message(), words.advice())


CHECK = Check(
    code="paths/assertion",
    level=Level.ERROR,
    summary="What is asserted of the ways from alerts to people does not hold at some moment.",
    run=_run,
)
