"""Pages that stay quiet once somebody has pressed a button: no acknowledgement timeout, or a late one."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.page_paths import page_paths
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    for path in page_paths(review.stack):
        timeout, limit = path.service.acknowledgement_timeout_seconds, path.worst.resolve_within_seconds
        if timeout is None:
            message = (
                "acknowledgement_timeout_seconds is None: an incident that somebody acknowledged and forgot never "
                "pages again."
            )
        elif timeout > limit:
            message = (
                f"acknowledgement_timeout_seconds is {timeout}, and a {path.worst} is to be resolved within {limit} s: "
                "it would page again only after that."
            )
        else:
            continue
        advice = f"Set it to {limit} s or less."
        subject = review.subject("pagerduty-service", path.service)
        yield Finding(subject, "acknowledgement_timeout_seconds", message, advice)


CHECK = Check(
    code="paging/acknowledgement",
    level=Level.WARNING,
    summary="A service pages again too late, or never, after an acknowledgement.",
    run=_run,
)
