"""Autoscaling that never scales, or has no room left from the start."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.told_values import services


def _run(review: Review) -> Iterator[Finding]:
    for service in services(review.stack.platform):
        scaling = service.autoscaling
        if scaling is None:
            continue
        subject = review.subject("render-service", service)
        if scaling.least == scaling.most:
            message = f"least and most are both {scaling.most}: autoscaling never adds an instance."
            yield Finding(subject, "autoscaling", message, "Raise most, or leave autoscaling out.")
        for field, percent in (("cpu_percent", scaling.cpu_percent), ("memory_percent", scaling.memory_percent)):
            if percent is not None and percent > 90:
                message = f"{field} is {percent}: by the time an instance is added, requests already fail."
                yield Finding(subject, f"autoscaling.{field}", message, "Scale at 60 to 80 %.")


CHECK = Check(
    code="hosting/autoscaling",
    level=Level.WARNING,
    summary="Autoscaling never scales, or too late.",
    run=_run,
)
