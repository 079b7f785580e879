"""How tests put a spec before a check: the least stack that holds it, and what the check says of it."""

from __future__ import annotations

from typing import Any

import spec_builders as build

from monitors import spec
from monitors.rules.check import Check, Finding
from monitors.rules.review import Review

_WIDGETS = (spec.ChartWidget, spec.BillboardWidget, spec.BulletWidget, spec.MarkdownWidget)
_AT_NEW_RELIC: dict[str, tuple[type[spec.Spec], ...]] = {
    "dashboards": (spec.Dashboard,),
    "workflows": (spec.Workflow,),
    "service_levels": (spec.ServiceLevel,),
    "muting_rules": (spec.MutingRule,),
    "monitors": (spec.PingMonitor, spec.CertificateMonitor),
    "data_rules": (spec.DropRule, spec.LogPartition),
}
_AT_PAGERDUTY: dict[str, tuple[type[spec.Spec], ...]] = {
    "services": (spec.Service,),
    "webhooks": (spec.WebhookSubscription,),
}


def findings(check: Check, *specs: spec.Spec) -> list[Finding]:
    """Return what a check finds in the least stack that holds the specs."""
    return list(check.run(Review(stack_of(*specs))))


def messages(check: Check, *specs: spec.Spec) -> list[str]:
    """Return what a check says of specs, without its advice."""
    return [found.message for found in findings(check, *specs)]


def pointed(check: Check, *specs: spec.Spec) -> list[str]:
    """Return the parts of the queries that a check points at."""
    return [
        found.subject.query[found.start : found.end]
        for found in findings(check, *specs)
        if found.subject.query is not None and found.start is not None
    ]


def stack_of(*specs: spec.Spec) -> spec.Stack:
    """Return the least stack that holds some specs; a `Stack` is returned as it is."""
    if isinstance(specs[0], spec.Stack):
        return specs[0]
    observability: dict[str, Any] = {}
    conditions, policies = _of(specs, spec.NrqlCondition), _of(specs, spec.Policy)
    if conditions or policies:
        observability |= _heard((*policies, *((build.policy(conditions=conditions),) if conditions else ())))
    widgets = _of(specs, *_WIDGETS)
    if widgets:
        observability["dashboards"] = (build.dashboard(pages=(build.page(widgets=widgets),)),)
    observability |= {name: _of(specs, *kinds) for name, kinds in _AT_NEW_RELIC.items() if _of(specs, *kinds)}
    response = {name: _of(specs, *kinds) for name, kinds in _AT_PAGERDUTY.items() if _of(specs, *kinds)}
    return build.stack(observability=build.observability(**observability), response=build.response(**response))


def _of(specs: tuple[spec.Spec, ...], *kinds: type[spec.Spec]) -> tuple[Any, ...]:
    return tuple(one for one in specs if isinstance(one, kinds))


def _heard(policies: tuple[spec.Policy, ...]) -> dict[str, Any]:
    """Return policies with workflows that hear all their severities."""
    keys = tuple(policy.key for policy in policies)
    severities = {condition.severity for policy in policies for condition in policy.conditions}
    paging = tuple(one for one in spec.Severity if one in severities and one.pages)
    others = tuple(one for one in spec.Severity if one in severities and not one.pages)
    workflows = []
    if paging:
        workflows.append(build.workflow(policies=keys, severities=paging))
    if others:
        workflows.append(
            build.workflow(
                key="mail",
                name="Mail",
                policies=keys,
                severities=others,
                priorities=tuple(spec.Priority),
                channels=(build.email_channel(),),
            )
        )
    destinations = (build.pagerduty_destination(), build.email_destination())
    return {"policies": policies, "workflows": tuple(workflows), "destinations": destinations}
