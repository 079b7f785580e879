"""Static fills that breach: gaps are filled only once a later point arrives, so that silence never opens anything."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.ranges import breaches
from monitors.rules.condition.terms import named_terms, opens_on_silence, shown
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    spec, fill = one.spec, one.spec.signal.fill
    if fill.value is None or opens_on_silence(spec) or spec.baseline is not None:
        return
    for name, term in named_terms(spec):
        if breaches(term, fill.value):
            yield Finding(
                one.subject,
                "signal.fill",
                f"The fill {fill.value:g} breaches {name}, {shown(term)}, and gaps are filled only once a later point "
                "arrives: a source that stays silent never opens it.",
                "Give loss_of_signal with open_incident=True; that is what silence is told by.",
            )
            return


CHECK = Check(
    code="condition/static-fill-silence",
    level=Level.WARNING,
    summary="A static fill is to page about silence, which it cannot.",
    run=of_conditions(_judge),
)
