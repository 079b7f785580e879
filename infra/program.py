"""Puts the parts of a stack together: settings, who answers, what is watched, what runs, and the links to all of it."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from infra.context import Context
from infra.hosting import provision_hosting
from infra.observability import provision_observability
from infra.response import provision_response
from infra.settings import RUNBOOK_BASE_URL, read_settings
from monitors.spec import EscalationLevel, Response, ScheduleTarget, SpecError, Stack
from monitors.spec.written import packed


def provision(stack_name: str) -> None:
    """Register everything of one stack and export its links and the specs themselves.

    Raises `pulumi.RunError`, which Pulumi shows without a traceback, when the stack, a spec or a setting is wrong.
    """
    stack, others = _load(stack_name)
    users = [user.key for user in stack.response.users]
    settings = read_settings(stack.name, stack.settings, users, [one for other in others for one in other.settings])
    context = Context(stack.name, settings.account_id, settings.text(RUNBOOK_BASE_URL), stack.tags, settings)

    response = provision_response(stack.response, context)
    observability = provision_observability(stack, context, response.integration_keys)
    hosting = provision_hosting(stack.platform, context, response.integration_keys, response.webhook_secrets)

    pulumi.export("dashboards", dict(observability.dashboard_links))
    pulumi.export("services", dict(hosting.service_links))
    pulumi.export("pager", dict(response.service_links))
    pulumi.export("runbooks", runbook_links(stack, context.runbook_base_url))
    pulumi.export("escalations", escalations(stack.response))
    pulumi.export("tags", dict(stack.tags))
    # `lookout diff --provisioned` reads it. It holds no secret; marked as one, it is not printed at each run.
    pulumi.export("specs", pulumi.Output.secret(packed(stack)))


def runbook_links(stack: Stack, base_url: str) -> Mapping[str, str]:
    """Return the address of the runbook section of every alert, by the alert's key."""
    return {one.key: one.runbook.url(base_url) for one in stack.observability.conditions}


def escalations(response: Response) -> Mapping[str, list[str]]:
    """Return who is asked at each level of each escalation policy, in words, by the policy's name."""
    names = {schedule.key: schedule.name for schedule in response.schedules}
    names |= {user.key: user.role for user in response.users}
    return {
        policy.name: [_level(level, names) for level in policy.levels] + [f"all again, {policy.loops} times"]
        for policy in response.escalation_policies
    }


def _level(level: EscalationLevel, names: Mapping[str, str]) -> str:
    keys = [target.schedule if isinstance(target, ScheduleTarget) else target.user for target in level.targets]
    return f"{' and '.join(names[key] for key in keys)}, for {level.delay_minutes} min"


def _load(name: str) -> tuple[Stack, list[Stack]]:
    """Return the stack of this name, and the others."""
    # Imported here: a spec that is wrong shows when the catalogue is imported, and is told like any other mistake.
    try:
        from monitors import catalog

        return catalog.stack(name), [catalog.stack(other) for other in catalog.STACKS if other != name]
    except SpecError as error:
        raise pulumi.RunError(str(error)) from error
