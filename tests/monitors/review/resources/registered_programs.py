"""What infra really registers for a stack, recorded without an engine; the resources told from specs are held to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from stack_mocks import ACCOUNT_ID, SeededSettings

from infra.context import Context
from infra.hosting import provision_hosting
from infra.observability import provision_observability
from infra.recording import Registration, record
from infra.render_provider.resources import SCHEMAS
from infra.response import provision_response
from monitors.review.changes import Effect, ResourceChange
from monitors.spec import Stack
from sandbox.newrelic.facts import facts_of as facts_of_new_relic
from sandbox.pagerduty.facts import facts_of as facts_of_pagerduty
from sandbox.plugins.facts import Facts
from sandbox.plugins.schema import load

Touched = tuple[str, str, Effect]
_FACTS_OF = {"newrelic": facts_of_new_relic, "pagerduty": facts_of_pagerduty}
# What holds secrets of others, which a recording masks: that one of them is another shows in a real preview alone.
_HOLD_SECRETS = (
    "EnvironmentGroup",
    "WebService",
    "PrivateService",
    "NotificationDestination",
    "LogStream",
    "MetricsStream",
)


def registered(stack: Stack) -> dict[str, Registration]:
    """Return the resources that are at vendors, by URN."""
    users = {user.key: f"P{user.key}" for user in stack.response.users}
    settings = SeededSettings({"publicUrl": "https://legal.example", "anotherOne": "https://other.example"}, users)
    context = Context(stack.name, ACCOUNT_ID, "https://runbooks.example", stack.tags, settings)

    def program() -> None:
        response = provision_response(stack.response, context)
        provision_observability(stack, context, response.integration_keys)
        provision_hosting(stack.platform, context, response.integration_keys, response.webhook_secrets)

    found = record(program, stack=stack.name).registrations
    return {one.urn: one for one in found if one.is_custom}


def facts_of(type_: str) -> Facts:
    """Return what the sandbox's plugins know of a type, with the inputs that its SDK or Render cannot change."""
    vendor = type_.partition(":")[0]
    if vendor == "render":
        inputs = next(one for one in SCHEMAS if one.token == type_).inputs
        return Facts(replaces=frozenset(name for name, spec in inputs.items() if spec.immutable))
    resource = load(vendor).by_token(type_)
    assert resource is not None, type_
    facts = _FACTS_OF[vendor](resource.kind)
    return Facts(replaces=facts.replaces | resource.replaces, computed=facts.computed)


def disagreements(
    before: Mapping[str, Registration], after: Mapping[str, Registration], told: tuple[ResourceChange, ...]
) -> list[str]:
    """Return where what is told differs from what is registered, in sentences."""
    direct, possible = Counter[Touched](), Counter[Touched]()
    renewed = [one for urn, one in after.items() if urn not in before]
    for urn, one in before.items():
        if urn not in after:
            direct[(one.type, one.name, Effect.DELETE)] += 1
    for one in renewed:
        direct[(one.type, one.name, Effect.CREATE)] += 1
    shared = [(before[urn], one) for urn, one in after.items() if urn in before]
    effects = {new.urn: _effect(old, new) for old, new in shared}
    renewed += [new for _, new in shared if effects[new.urn] is Effect.REPLACE]
    for _, new in shared:
        effect = effects[new.urn]
        if effect is not None:
            direct[(new.type, new.name, effect)] += 1
        if effect is not Effect.REPLACE and (renewed or _holds_secrets(new)) and _may_follow(new, renewed):
            possible[(new.type, new.name, Effect.UPDATE)] += 1
            possible[(new.type, new.name, Effect.REPLACE)] += 1
    counted = Counter((one.type, one.name, one.effect) for one in told)
    missing = [one for one in direct - counted if possible[(one[0], one[1], Effect.REPLACE)] == 0]
    excess = [one for one in counted - direct if possible[one] == 0]
    return [f"registered and not told: {one}" for one in missing] + [
        f"told and not registered: {one}" for one in excess
    ]


def _effect(old: Registration, new: Registration) -> Effect | None:
    facts = facts_of(new.type)
    names = [
        name
        for name in {*old.inputs, *new.inputs}
        if old.inputs.get(name) != new.inputs.get(name) and not (name in facts.computed and name not in new.inputs)
    ]
    if not names:
        return None
    return Effect.REPLACE if facts.replaces.intersection(names) else Effect.UPDATE


def _may_follow(one: Registration, renewed: list[Registration]) -> bool:
    text = str(one.inputs)
    return _holds_secrets(one) or any(f"{other.type.rpartition(':')[2]}:{other.name}" in text for other in renewed)


def _holds_secrets(one: Registration) -> bool:
    return one.type.rpartition(":")[2] in _HOLD_SECRETS


def entry(one: Any) -> str:
    """Return a change as a test reads it: its effect, kind and name."""
    return f"{one.effect} {one.type.rpartition(':')[2]} {one.name}"
