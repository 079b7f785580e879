"""Event rules of a PagerDuty service: which events make no incident, and what is set or noted on the others."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.review.changes import Danger
from monitors.review.phrases import quoted
from monitors.review.routing.paired import paired
from monitors.review.routing.telling import Told
from monitors.spec import EventRule, Service


def event_rule_facts(before: Service, after: Service) -> Iterator[Told]:
    """Yield what becomes of events otherwise; the first rule that matches is the only one applied."""
    found = paired(before.event_rules, after.event_rules, lambda one: one.label, lambda one: one.condition)
    for rule in found.gone:
        text = f"The event rule {quoted(rule.label)} is gone: events with {_events(rule)} {_undone(rule)}."
        danger = Danger.MEDIUM if rule.suppress else Danger.LOW
        yield Told("event rules", text, danger, _covers(rule), before=_does(rule), after="nothing")
    for old, new in found.pairs:
        yield from _edited(old, new)
    for rule in found.new:
        text = f"The event rule {quoted(rule.label)} is new: events with {_events(rule)} {_does(rule)}."
        danger = Danger.HIGH if rule.suppress else Danger.LOW
        yield Told("event rules", text, danger, _covers(rule), before="nothing", after=_does(rule))
    kept = [rule for _, rule in found.pairs]
    if kept != [rule for rule in after.event_rules if rule not in found.new]:
        order = ", then ".join(quoted(rule.label) for rule in after.event_rules)
        text = f"Event rules are tried in another order, and the first that matches is applied: {order}."
        suppresses = any(rule.suppress for rule in after.event_rules)
        yield Told("event rules", text, Danger.MEDIUM if suppresses else Danger.LOW, ("event_rules",))


def _covers(rule: EventRule) -> tuple[str, ...]:
    return f"event_rules[{rule.label}]", "event_rules"


def _edited(old: EventRule, new: EventRule) -> Iterator[Told]:
    if old.label != new.label:
        text = f"The event rule {quoted(old.label)} is called {quoted(new.label)}."
        yield Told("event rules", text, covers=(*_covers(old), *_covers(new)), before=old.label, after=new.label)
    path, which = f"event_rules[{new.label}]", f"The event rule {quoted(new.label)}"
    if old.suppress != new.suppress:
        text = f"Events with {_events(new)} make no incident: nobody is paged for them; before they did."
        danger = Danger.HIGH
        if not new.suppress:
            text = f"Events with {_events(new)} make an incident; before they made none."
            danger = Danger.MEDIUM
        yield Told("event rules", text, danger, (f"{path}.suppress",), _does(old), _does(new))
    if old.condition != new.condition:
        text = f"{which} is for events with {_events(new)}; was {_events(old)}."
        suppresses = old.suppress or new.suppress
        danger = Danger.HIGH if suppresses else Danger.LOW
        yield Told("event rules", text, danger, (f"{path}.condition",), _events(old), _events(new))
    if old.severity != new.severity:
        text = f"{which} sets the severity {new.severity or 'no more'}; was {old.severity or 'left as it came'}."
        covers = (f"{path}.severity",)
        yield Told("event rules", text, Danger.LOW, covers, str(old.severity), str(new.severity))
    if old.note != new.note:
        was, now = (quoted(one) if one else "nothing" for one in (old.note, new.note))
        yield Told("event rules", f"{which} notes {now}; was {was}.", Danger.LOW, (f"{path}.note",), was, now)


def _events(rule: EventRule) -> str:
    return quoted(rule.condition)


def _does(rule: EventRule) -> str:
    if rule.suppress:
        return "make no incident, so that nobody is paged for them"
    return " and ".join(
        part
        for part in (
            f"get the severity {rule.severity}" if rule.severity else "",
            f"get the note {quoted(rule.note)}" if rule.note else "",
        )
        if part
    )


def _undone(rule: EventRule) -> str:
    if rule.suppress:
        return "make an incident again, and page"
    return _does(rule).replace("get the", "no longer get the")
