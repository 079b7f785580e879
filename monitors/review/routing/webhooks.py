"""Webhook subscriptions: what our own programs hear of incidents, such as the automatic rollback."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitors.review.changes import Area, Danger
from monitors.review.phrases import quoted
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Kind, Told
from monitors.review.routing.words import setting
from monitors.spec import WebhookSubscription
from monitors.words import listed

_ROLLBACK: Final = "rollback"


def changed(sides: Sides, before: WebhookSubscription, after: WebhookSubscription) -> Iterator[Told]:
    """Yield what is heard otherwise, and at which address."""
    if before.service != after.service:
        was, now = _incidents(sides, before), _incidents(sides, after)
        text = f"{_hearer(after)} hears of {now}; was {was}."
        yield Told("service", text, Danger.HIGH if _acts(after) else Danger.MEDIUM, ("service",), was, now)
    gone = [one for one in before.events if one not in after.events]
    new = [one for one in after.events if one not in before.events]
    was, now = _events(before.events), _events(after.events)
    if gone:
        text = f"{_hearer(after)} no longer hears when an incident is {_events(gone)}."
        yield Told("events", text, Danger.HIGH if _acts(after) else Danger.MEDIUM, ("events",), was, now)
    if new:
        text = f"{_hearer(after)} also hears when an incident is {_events(new)}."
        yield Told("events", text, Danger.LOW, ("events",), was, now)
    if before.events != after.events and not gone and not new:
        yield Told("events", "Its events stand in another order.", covers=("events",))
    yield from _address(before, after)


def added(sides: Sides, one: WebhookSubscription) -> Iterator[Told]:
    """Yield what a new subscription tells whom."""
    text = f"{_hearer(one)} hears when one of {_incidents(sides, one)} is {_events(one.events)}."
    yield Told("events", text, Danger.LOW)


def removed(sides: Sides, one: WebhookSubscription) -> Iterator[Told]:
    """Yield what nobody hears any more."""
    text = f"{_hearer(one)} no longer hears of {_incidents(sides, sides.with_todays_keys(one))}."
    yield Told("events", text, Danger.HIGH if _acts(one) else Danger.MEDIUM)


def _address(before: WebhookSubscription, after: WebhookSubscription) -> Iterator[Told]:
    if before.base_url.name != after.base_url.name:
        was, now = setting(before.base_url), setting(after.base_url)
        text = f"PagerDuty calls the address of {now}; was {was}."
        yield Told("address", text, Danger.MEDIUM, ("base_url",), was, now)
    elif before.base_url != after.base_url:
        text = (
            f"PagerDuty calls the address of {setting(after.base_url)} as before; the setting is described otherwise."
        )
        yield Told("address", text, covers=("base_url",))
    if before.path != after.path:
        text = f"PagerDuty calls the path {after.path}; was {before.path}."
        yield Told("address", text, Danger.MEDIUM, ("path",), before.path, after.path)


def _acts(one: WebhookSubscription) -> bool:
    """Say whether the automatic rollback is who hears: it rolls nothing back that it does not hear of."""
    return _ROLLBACK in f"{one.key} {one.description} {one.path}".lower()


def _hearer(one: WebhookSubscription) -> str:
    if _acts(one):
        return "The automatic rollback"
    return f"What answers at {one.path} of {setting(one.base_url)}"


def _incidents(sides: Sides, one: WebhookSubscription) -> str:
    return f"the incidents of {quoted(sides.called('pagerduty-service', one.service))}"


def _events(events: Sequence[str]) -> str:
    return listed([one.removeprefix("incident.").replace("_", " ") for one in events])


KIND: Final = Kind("webhook", Area.ROUTING, changed, added, removed)
