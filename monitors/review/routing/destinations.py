"""Destinations: where what New Relic tells goes; addresses and ids are told by their settings' names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from monitors.review.changes import Area, Danger
from monitors.review.routing.ladders import service_of
from monitors.review.routing.reach import alerts_in_words, alerts_of, are
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Kind, Told
from monitors.review.routing.words import setting
from monitors.spec import (
    Destination,
    EmailDestination,
    PagerDutyDestination,
    Setting,
    SlackDestination,
    WebhookDestination,
)


def changed(sides: Sides, before: Destination, after: Destination) -> Iterator[Told]:
    """Yield where messages go otherwise; whom a page wakes by that is told as an effect."""
    match before, after:
        case PagerDutyDestination(), PagerDutyDestination():
            if before.integration != after.integration:
                yield _integration(sides, after)
        case SlackDestination(), SlackDestination():
            yield from _setting(sides, before, after, "id", "Slack messages go to the workspace")
        case EmailDestination(), EmailDestination():
            yield from _setting(sides, before, after, "addresses", "Mail goes to the addresses")
        case WebhookDestination(), WebhookDestination():
            yield from _setting(sides, before, after, "base_url", "Requests go to the address")
            yield from _setting(sides, before, after, "token", "Requests carry the token")
            if before.path != after.path:
                text = f"Requests go to the path {after.path}; was {before.path}."
                yield Told("path", text, Danger.MEDIUM, ("path",), before.path, after.path)


def added(sides: Sides, one: Destination) -> Iterator[Told]:
    """Yield which alerts go to a new destination."""
    alerts = _alerts(sides.new, one.key)
    yield Told("alerts", f"{alerts_in_words(alerts)} {are(alerts)} told to it.", Danger.LOW)


def removed(sides: Sides, one: Destination) -> Iterator[Told]:
    """Yield which alerts went to a destination that is gone; where they go now is told at their workflows."""
    alerts = _alerts(sides.old, one.key)
    yield Told("alerts", f"{alerts_in_words(alerts)} {'was' if len(alerts) <= 1 else 'were'} told to it.", Danger.LOW)


def _integration(sides: Sides, after: PagerDutyDestination) -> Told:
    was, now = (
        f'"{sides.called("pagerduty-service", service_of(specs, after.key) or "none")}"'
        for specs in (sides.old, sides.new)
    )
    alerts = _alerts(sides.new, after.key)
    name = f'"{sides.called("integration", after.integration)}"'
    if was == now:
        return Told("integration", f"Pages come into {now} as before, by the integration {name}.", Danger.LOW, _BY)
    text = f"{alerts_in_words(alerts)} {'comes' if len(alerts) <= 1 else 'come'} into the PagerDuty service {now}"
    return Told("integration", f"{text}; was {was}.", Danger.MEDIUM, _BY, was, now)


def _setting(sides: Sides, before: Destination, after: Destination, field: str, begin: str) -> Iterator[Told]:
    old: Setting = getattr(before, field)
    new: Setting = getattr(after, field)
    if old == new:
        return
    was, now = setting(old), setting(new)
    if was == now:
        yield Told(field, f"{begin} of {now} as before; the setting is described otherwise.", covers=(field,))
        return
    alerts = _alerts(sides.new, after.key)
    # A webhook's requests are acted on by a program, which hears nothing at a wrong address or by a wrong token.
    danger = Danger.MEDIUM if isinstance(after, WebhookDestination) else Danger.LOW
    confirm = " Each new address has to confirm first." if isinstance(after, EmailDestination) else ""
    text = f"{begin} of {now}; was {was}. It carries {_lower(alerts_in_words(alerts))}.{confirm}"
    yield Told(field.replace("_", " "), text, danger, (field,), was, now)


def _alerts(specs: Any, destination: str) -> list[Any]:
    workflows = [one for one in specs["workflow"].values() if any(ch.destination == destination for ch in one.channels)]
    policies = dict.fromkeys(policy for workflow in workflows for policy in workflow.policies)
    return alerts_of(specs, policies)


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


_BY: Final = ("integration",)
KIND: Final = Kind("destination", Area.ROUTING, changed, added, removed)
