"""Traffic that is stated of what nobody emits: the alerts it was stated for are not judged by it."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.suggestions import suggest
from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from service.metrics import EVENTS, METRICS, Kind


def _run(review: Review) -> Iterator[Finding]:
    for traffic in review.stack.traffic:
        subject = review.subject("traffic", traffic)
        for index, name in enumerate(traffic.counts):
            metric = METRICS.get(name)
            if metric is None and name not in EVENTS:
                near = suggest(name, [*METRICS, *EVENTS])
                advice = f"Did you mean {near}?" if near else "Name a metric or event of service/metrics.py."
                yield Finding(subject, f"counts.{index}", f"Nothing emits {name}.", advice)
            elif metric is not None and metric.kind is Kind.GAUGE:
                message = f"{name} is a gauge, which counts nothing."
                yield Finding(subject, f"counts.{index}", message, "Name a count, a distribution or an event.")


CHECK = Check(
    code="objective/unknown-traffic",
    level=Level.ERROR,
    summary="Traffic is stated of what nothing emits.",
    run=_run,
)
