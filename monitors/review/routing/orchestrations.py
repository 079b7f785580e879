"""Event orchestrations: which events of programs become incidents of which service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.review.changes import Area, Danger
from monitors.review.phrases import quoted
from monitors.review.routing.integrations import variables_with_key
from monitors.review.routing.paired import paired
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Kind, Told
from monitors.spec import EventOrchestration, Route
from monitors.words import listed


def changed(sides: Sides, before: EventOrchestration, after: EventOrchestration) -> Iterator[Told]:
    """Yield which events go to another service; the first route that matches is taken."""
    found = paired(before.routes, after.routes, lambda one: one.label, lambda one: (one.condition, one.service))
    for one in found.gone:
        yield _gone(sides, one, after.otherwise)
    for pair in found.pairs:
        yield from _edited(sides, *pair)
    for one in found.new:
        text = (
            f"Events with {quoted(one.condition)} become incidents of {_service(sides, one.service)}, by a new route."
        )
        yield Told("routes", text, Danger.MEDIUM, _covers(one))
    if [one for _, one in found.pairs] != [one for one in after.routes if one not in found.new]:
        order = ", then ".join(quoted(route.label) for route in after.routes)
        text = f"Routes are tried in another order, and the first that matches is taken: {order}."
        yield Told("routes", text, Danger.MEDIUM, ("routes",))
    if before.otherwise != after.otherwise:
        was, now = _service(sides, before.otherwise), _service(sides, after.otherwise)
        text = f"Events that match no route become incidents of {now}; was {was}."
        yield Told("otherwise", text, Danger.MEDIUM, ("otherwise",), was, now)
    if before.team != after.team:
        text = f"It belongs to {sides.called('team', after.team)}; was {sides.called('team', before.team)}."
        yield Told("team", text, covers=("team",))


def added(sides: Sides, one: EventOrchestration) -> Iterator[Told]:
    """Yield where a new orchestration sends events."""
    routes = [f"events with {quoted(route.condition)} to {_service(sides, route.service)}" for route in one.routes]
    text = f"It sends {listed([*routes, f'all others to {_service(sides, one.otherwise)}'])}."
    yield Told("routes", text, Danger.LOW)


def removed(sides: Sides, one: EventOrchestration) -> Iterator[Told]:
    """Yield who sent events by an orchestration that is gone."""
    senders = variables_with_key(sides.before, one.key)
    text = "PagerDuty refuses its key from now on"
    used = f": {listed(senders)} held it" if senders else "; no variable of what runs held it"
    yield Told("key", f"{text}{used}.", Danger.HIGH if senders else Danger.MEDIUM)


def _gone(sides: Sides, old: Route, otherwise: str) -> Told:
    text = f"Events with {quoted(old.condition)} have no route of their own; it led to {_service(sides, old.service)}."
    text += f" What matches no other route goes to {_service(sides, otherwise)}."
    return Told("routes", text, Danger.LOW if old.service == otherwise else Danger.MEDIUM, _covers(old))


def _edited(sides: Sides, old: Route, new: Route) -> Iterator[Told]:
    path = f"routes[{new.label}]"
    if old.label != new.label:
        text = f"The route {quoted(old.label)} is called {quoted(new.label)}."
        yield Told("routes", text, covers=(*_covers(old), *_covers(new)), before=old.label, after=new.label)
    if old.condition != new.condition:
        was, now = quoted(old.condition), quoted(new.condition)
        text = f"Events with {now} go to {_service(sides, new.service)}; was those with {was}."
        yield Told("routes", text, Danger.MEDIUM, (f"{path}.condition",), was, now)
    if old.service != new.service:
        was, now = _service(sides, old.service), _service(sides, new.service)
        text = f"Events with {quoted(new.condition)} become incidents of {now}; was {was}."
        yield Told("routes", text, Danger.MEDIUM, (f"{path}.service",), was, now)


def _covers(route: Route) -> tuple[str, ...]:
    return f"routes[{route.label}]", "routes"


def _service(sides: Sides, key: str) -> str:
    return quoted(sides.called("pagerduty-service", key))


KIND: Final = Kind("orchestration", Area.ROUTING, changed, added, removed)
