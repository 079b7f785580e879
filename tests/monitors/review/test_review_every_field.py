"""No field of an alert, a policy, a service level or of upkeep can change without a change that names it in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from condition_strategies import conditions
from every_field import edits
from hypothesis import given, settings
from reviewed_stacks import AT, PROD, condition, swapped

from monitors.review import alerts, objectives, upkeep
from monitors.review.changes import Change, Fact
from monitors.review.context import Context
from monitors.review.fields import differences
from monitors.rules.subjects import keyed_specs
from monitors.spec import (
    Baseline,
    Cadence,
    EventTimer,
    Fill,
    LossOfSignal,
    NrqlCondition,
    Operator,
    Policy,
    Setting,
    Signal,
    Spec,
    Stack,
    Threshold,
)

_KINDS = {"condition", "policy", "service-level", "monitor", "data-rule", "traffic"}
_WAITING = Signal(method=EventTimer(timer_seconds=90))
_FULL = condition("fallback-rate").model_copy(
    update={
        "signal": Signal(slide_seconds=30, fill=Fill(option="static", value=0.0)),
        "loss_of_signal": LossOfSignal(after_seconds=600, open_incident=True, close_incidents=True),
    }
)
_DEVIATING = condition("unexpected-model-distribution").model_copy(
    update={
        "critical": Threshold(operator=Operator.ABOVE, value=9.0, duration_seconds=21_600),
        "baseline": Baseline(direction="upper_only"),
    }
)
_OTHERS = (
    _FULL,
    _DEVIATING,
    condition("fallback-rate").model_copy(update={"signal": _WAITING}),
    condition("fallback-rate").model_copy(update={"signal": Signal(method=Cadence(delay_seconds=60))}),
)


def told(before: Stack, after: Stack) -> list[Change]:
    context = Context(before, after, AT)
    return [one for area in (alerts, objectives, upkeep) for one in area.changes(context)]


def specs() -> Iterator[tuple[Stack, Spec]]:
    """Yield every spec of the areas with the stack that holds it, and conditions with what the catalogue has not."""
    for kind, spec in keyed_specs(PROD):
        if kind in _KINDS:
            yield PROD, spec
    for other in _OTHERS:
        replaced = next(one for one in PROD.observability.conditions if one.key == other.key)
        yield swapped(PROD, replaced, other), other


def every_edit() -> Iterator[tuple[Stack, Spec, str, Spec]]:
    seen: set[tuple[type[Spec], str]] = set()
    for stack, spec in specs():
        of_spec = _without_conditions(spec)
        for path, edited in of_spec:
            # The first of each kind for each field, and every edit of the fuller ones.
            if (type(spec), path) not in seen or spec in _OTHERS:
                seen.add((type(spec), path))
                yield stack, spec, path, edited


def _without_conditions(spec: Spec) -> Iterator[tuple[str, Spec]]:
    return ((path, edited) for path, edited in edits(spec) if path != "conditions")


CASES = list(every_edit())


@pytest.mark.parametrize(
    ("stack", "spec", "path", "edited"), CASES, ids=[f"{type(spec).__name__}-{path}" for _, spec, path, _ in CASES]
)
def test_a_field_that_changes_is_told_in_words_and_named(stack: Stack, spec: Spec, path: str, edited: Spec) -> None:
    key = getattr(edited, "key", "")
    found = [one for one in told(stack, swapped(stack, spec, edited)) if one.subject.endswith(f"/{key}")]
    assert len(found) == 1, found
    for difference in differences(spec, edited):
        assert difference.path in found[0].fields, found[0]
        assert any(_covers(fact, difference.path) for fact in found[0].facts), found[0]
    assert all(fact.text.endswith((".", "!", "?")) for fact in found[0].facts)
    said = [found[0].headline, *(fact.text for fact in found[0].facts)]
    assert not [text for text in said if f" as {path}, before " in text], "a field is told by nothing but its name"


def _covers(fact: Fact, path: str) -> bool:
    return fact.field is not None and (path == fact.field or path.startswith((f"{fact.field}.", f"{fact.field}[")))


def leaves(spec: Spec) -> Iterator[str]:
    """Yield the path of every field that a spec has, a setting being one."""
    for name in type(spec).model_fields:
        value = getattr(spec, name)
        if isinstance(value, Spec) and not isinstance(value, Setting):
            yield from (f"{name}.{below}" for below in leaves(value))
        elif name != "kind":  # what tells one kind of spec from another
            yield name


def test_the_edits_reach_every_field_of_the_vocabulary() -> None:
    reached = {(type(spec), path) for _, spec, path, _ in CASES}
    assert {(type(spec), path) for _, spec in specs() for path in leaves(spec)} - reached <= {(Policy, "conditions")}


@settings(max_examples=60, deadline=None)
@given(conditions(), conditions())
def test_of_any_two_sides_of_an_alert_every_difference_is_told(old: NrqlCondition, new: NrqlCondition) -> None:
    place = condition("fallback-rate")
    sides = [
        one.model_copy(update={"key": place.key, "runbook": place.runbook, "owner": place.owner}) for one in (old, new)
    ]
    before, after = (swapped(PROD, place, one) for one in sides)
    found = told(before, after)
    paths = [one.path for one in differences(sides[0], sides[1])]
    assert len(found) == bool(paths)
    for path in paths:
        assert path in found[0].fields
        assert any(_covers(fact, path) for fact in found[0].facts), (path, found[0])


def test_equal_stacks_are_told_nothing_of() -> None:
    assert told(PROD, PROD.model_copy()) == []
