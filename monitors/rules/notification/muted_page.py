"""Muting rules that keep pages back: while one is on, nobody is woken, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.muting import hours_a_week
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    policies = {policy.key: policy for policy in review.stack.observability.policies}
    for rule in review.stack.observability.muting_rules:
        if not rule.enabled:
            continue
        for key in rule.policies:
            paging = [one for one in policies[key].conditions if one.severity.pages]
            if paging:
                worst = min(paging, key=lambda one: one.severity)
                message = (
                    f'The rule mutes policy "{policies[key].name}" {hours_a_week(rule):g} hours a week, in which '
                    f'"{worst.name}" ({worst.severity}) pages nobody.'
                )
                advice = "Leave the policy out; a deploy that breaks the service has to wake somebody."
                yield Finding(review.subject("muting-rule", rule), "policies", message, advice)


CHECK = Check(
    code="notification/muted-page",
    level=Level.WARNING,
    summary="A muting rule keeps pages back.",
    run=_run,
)
