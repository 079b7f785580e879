"""Staging of the size of prod: it is the same shape, and needs not be the same size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.told_values import services

_LARGE: Final = frozenset({"pro", "pro_plus", "pro_max", "pro_ultra"})


def _run(review: Review) -> Iterator[Finding]:
    if review.stack.name != "staging":
        return
    platform = review.stack.platform
    for service in services(platform):
        subject = review.subject("render-service", service)
        if service.plan in _LARGE:
            yield Finding(subject, "plan", f"Staging's plan is {service.plan}, which is made for load.", _ADVICE)
        if service.instances > 1:
            yield Finding(subject, "instances", f"Staging runs {service.instances} instances at all times.", _ADVICE)
    for store in platform.postgres:
        if store.high_availability:
            subject = review.subject("store", store)
            yield Finding(
                subject, "high_availability", "Staging's database has a stand-by, which doubles its price.", _ADVICE
            )


_ADVICE: Final = "Take a smaller one; what has to be tried at prod's size can be tried for a day."

CHECK = Check(
    code="hosting/staging-size",
    level=Level.NOTE,
    summary="Staging is as large as prod.",
    run=_run,
)
