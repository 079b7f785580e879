"""Integrations: the ways into a PagerDuty service, each with a key of its own that senders have to know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.review.changes import Area, Danger
from monitors.review.routing.sides import Sides, Specs
from monitors.review.routing.telling import Kind, Told
from monitors.spec import Integration, IntegrationKey, PagerDutyDestination, Stack
from monitors.words import listed

_KINDS: Final = {"new_relic": "New Relic", "events_api_v2": "programs, by the Events API"}


def changed(sides: Sides, before: Integration, after: Integration) -> Iterator[Told]:
    """Yield into which service events come otherwise, and who needs the new key.

    PagerDuty moves no integration: another service, kind or key of ours makes a new one with a new key
    (pulumi-pagerduty 4.37.0, ServiceIntegration: replaced on service, type and vendor).
    """
    anew = before.service != after.service or before.kind != after.kind
    if before.service != after.service:
        was, now = (f'"{sides.called("pagerduty-service", one.service)}"' for one in (before, after))
        text = f"What comes in by it becomes incidents of {now}; was {was}."
        yield Told("service", text, Danger.MEDIUM, ("service",), was, now)
    if before.kind != after.kind:
        was, now = _KINDS[before.kind], _KINDS[after.kind]
        yield Told("kind", f"It is for {now}; was for {was}.", Danger.MEDIUM, ("kind",), was, now)
    if anew:
        yield _new_key(sides, after)


def added(sides: Sides, one: Integration) -> Iterator[Told]:
    """Yield into which service a new integration leads, and who sends by it."""
    text = f'It leads into "{sides.called("pagerduty-service", one.service)}" and is for {_KINDS[one.kind]}'
    yield Told(
        "service", f"{text}; {_senders(sides.after, sides.new, one.key) or 'nothing sends by it yet'}.", Danger.LOW
    )


def removed(sides: Sides, one: Integration) -> Iterator[Told]:
    """Yield who sent by an integration that is gone: its key is refused from then on."""
    service = sides.called("pagerduty-service", sides.with_todays_keys(one).service)
    senders = _senders(sides.before, sides.old, one.key)
    text = f'It led into "{service}"; {senders or "nothing that is declared sent by it"}.'
    yield Told("service", f"{text} PagerDuty refuses its key from now on.", Danger.MEDIUM)


def _new_key(sides: Sides, after: Integration) -> Told:
    senders = _senders(sides.after, sides.new, after.key)
    text = "PagerDuty makes it anew with another key"
    if senders:
        return Told("key", f"{text}, which provisioning hands on; {senders}.", Danger.MEDIUM)
    return Told("key", f"{text}, which nothing that is declared uses.", Danger.LOW)


def _senders(stack: Stack, specs: Specs, key: str) -> str:
    """Return who sends by a key: destinations of New Relic, and variables of services, which take it at a restart."""
    destinations = [
        f'the destination "{one.name}"'
        for one in specs["destination"].values()
        if isinstance(one, PagerDutyDestination) and one.integration == key
    ]
    users = [*destinations, *variables_with_key(stack, key)]
    return f"{listed(users)} {'sends' if len(users) == 1 else 'send'} by it" if users else ""


def variables_with_key(stack: Stack, key: str) -> list[str]:
    """Return the variables of what runs that hold the key of an integration or an orchestration."""
    platform = stack.platform
    services = [(one.key, one.variables) for one in (*platform.web_services, *platform.private_services)]
    return [
        f'{variable.name} of "{holder}"'
        for holder, variables in (*services, *((one.key, one.variables) for one in platform.groups))
        for variable in variables
        if isinstance(variable.value, IntegrationKey) and variable.value.integration == key
    ]


KIND: Final = Kind("integration", Area.ROUTING, changed, added, removed)
