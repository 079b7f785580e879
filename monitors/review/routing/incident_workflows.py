"""Incident workflows: what PagerDuty does by itself when an incident meets a condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitors.review.changes import Area, Danger
from monitors.review.phrases import quoted
from monitors.review.routing.paired import paired
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Kind, Told
from monitors.spec import IncidentWorkflow, WorkflowStep
from monitors.words import listed


def changed(sides: Sides, before: IncidentWorkflow, after: IncidentWorkflow) -> Iterator[Told]:
    """Yield for which incidents what is done otherwise."""
    gone = _services(sides, [one for one in before.services if one not in after.services])
    new = _services(sides, [one for one in after.services if one not in before.services])
    if gone:
        text = f"Nothing is done any more on incidents of {listed(gone)}: {_steps(after.steps)}."
        yield Told("services", text, Danger.LOW, ("services",))
    if new:
        text = f"On incidents of {listed(new)} it runs too: {_steps(after.steps)}."
        yield Told("services", text, Danger.LOW, ("services",))
    if before.services != after.services and not gone and not new:
        yield Told("services", "Its services stand in another order.", covers=("services",))
    if before.condition != after.condition:
        was, now = quoted(before.condition), quoted(after.condition)
        yield Told("condition", f"It runs for incidents with {now}; was {was}.", Danger.LOW, ("condition",), was, now)
    yield from _of_steps(before.steps, after.steps)
    if before.team != after.team:
        text = f"It belongs to {sides.called('team', after.team)}; was {sides.called('team', before.team)}."
        yield Told("team", text, covers=("team",))


def added(sides: Sides, one: IncidentWorkflow) -> Iterator[Told]:
    """Yield what a new workflow does, and on which incidents."""
    text = (
        f"On incidents of {listed(_services(sides, one.services))} with {quoted(one.condition)}: {_steps(one.steps)}."
    )
    yield Told("steps", text, Danger.LOW)


def removed(sides: Sides, one: IncidentWorkflow) -> Iterator[Told]:
    """Yield what is no longer done by itself."""
    services = listed(_services(sides, sides.with_todays_keys(one).services))
    text = f"On incidents of {services} nothing is done by itself any more; it was {_steps(one.steps)}."
    yield Told("steps", text, Danger.LOW)


def _of_steps(before: Sequence[WorkflowStep], after: Sequence[WorkflowStep]) -> Iterator[Told]:
    found = paired(before, after, lambda one: one.name, lambda one: one.action)
    for one in found.gone:
        yield Told("steps", f"{quoted(one.name)} is no longer done.", Danger.LOW, _covers(one))
    for old, new in found.pairs:
        yield from _edited(f"steps[{new.name}]", old, new)
    for one in found.new:
        yield Told("steps", f"{quoted(one.name)} is done too{_with(one)}.", Danger.LOW, _covers(one))
    if [one for _, one in found.pairs] != [one for one in after if one not in found.new]:
        yield Told("steps", f"Its steps run in another order: {_steps(after)}.", Danger.LOW, ("steps",))


def _covers(step: WorkflowStep) -> tuple[str, ...]:
    return f"steps[{step.name}]", "steps"


def _edited(path: str, old: WorkflowStep, new: WorkflowStep) -> Iterator[Told]:
    if old.name != new.name:
        text = f"The step {quoted(old.name)} is called {quoted(new.name)}."
        yield Told("steps", text, covers=(*_covers(old), *_covers(new)), before=old.name, after=new.name)
    if old.action != new.action:
        text = f"{quoted(new.name)} is the action {new.action}; was {old.action}."
        yield Told("steps", text, Danger.LOW, (f"{path}.action",), old.action, new.action)
    for name in dict.fromkeys((*old.inputs, *new.inputs)):
        was, now = (quoted(side.inputs[name]) if name in side.inputs else "absent" for side in (old, new))
        if was != now or old.inputs.get(name) != new.inputs.get(name):
            text = f"{quoted(new.name)} is given the {quoted(name)} {now}; was {was}."
            yield Told("steps", text, Danger.LOW, (f"{path}.inputs[{name}]", f"{path}.inputs"), was, now)


def _steps(steps: Sequence[WorkflowStep]) -> str:
    return ", then ".join(quoted(one.name) for one in steps)


def _with(step: WorkflowStep) -> str:
    inputs = [f"the {quoted(name)} {quoted(text)}" for name, text in step.inputs.items()]
    return f" with {listed(inputs)}" if inputs else ""


def _services(sides: Sides, keys: Sequence[str]) -> list[str]:
    return [quoted(sides.called("pagerduty-service", key)) for key in keys]


KIND: Final = Kind("incident-workflow", Area.ROUTING, changed, added, removed)
