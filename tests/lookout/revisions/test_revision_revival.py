"""What was written down of a catalogue comes back as it was, and what today's vocabulary cannot say is told."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lookout.revisions.revival import revive
from lookout.revisions.shapes import kinds_of_specs, least, shapes_of
from monitors import catalog
from monitors.spec import NrqlCondition, Observability, Severity, Spec, Stack, Threshold
from monitors.spec.values import FrozenDict
from monitors.spec.written import CLASS, ENUMERATION, UNKNOWN, Writer

Document = dict[str, Any]


def written(*stacks: Stack) -> Document:
    found: Document = json.loads(json.dumps(Writer("/nowhere").document(list(stacks))))
    return found


def specs_in(value: object) -> Iterator[Spec]:
    if isinstance(value, Spec):
        yield value
        for name in type(value).model_fields:
            yield from specs_in(getattr(value, name))
    elif isinstance(value, (tuple, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from specs_in(part)


def contents_of(document: Document, kind: str) -> Iterator[Document]:
    """Yield everything of one class that a document holds, to be changed where it stands."""

    def below(value: Any) -> Iterator[Document]:
        if isinstance(value, dict):
            if value.get(CLASS) == kind:
                yield value
            for part in value.values():
                yield from below(part)
        elif isinstance(value, list):
            for part in value:
                yield from below(part)

    for one in document["stacks"]:
        yield from below(one["content"])


PROD = catalog.stack("prod")


@pytest.mark.parametrize("name", catalog.STACKS)
def test_a_stack_comes_back_equal_with_its_hash_its_words_and_the_place_of_every_spec(name: str) -> None:
    stack = catalog.stack(name)
    found = revive(written(stack), "it")
    assert found.notes == ()
    assert found.stacks == {name: stack}
    assert hash(found.stacks[name]) == hash(stack)
    assert repr(found.stacks[name]) == repr(stack)
    places = [one.declared_at for one in specs_in(found.stacks[name])]
    assert places == [one.declared_at for one in specs_in(stack)]
    assert found.stacks[name].settings == stack.settings


def test_a_revived_spec_can_be_copied_with_other_fields_and_is_checked_then() -> None:
    condition = revive(written(PROD), "it").stacks["prod"].observability.conditions[0]
    assert condition.model_copy(update={"severity": Severity.SEV2}).severity is Severity.SEV2
    with pytest.raises(ValueError, match="severity"):
        condition.model_copy(update={"severity": 3})


def test_what_is_the_same_on_both_sides_is_one_object_and_what_differs_is_two() -> None:
    first, *others = PROD.observability.policies[0].conditions
    changed = first.model_copy(update={"name": "Another name"})
    policy = PROD.observability.policies[0].model_copy(update={"conditions": (changed, *others)})
    seen = PROD.observability.model_copy(update={"policies": (policy, *PROD.observability.policies[1:])})
    new = revive(written(PROD.model_copy(update={"observability": seen})), "new")
    old = revive(written(PROD), "old", new)
    assert old.stacks["prod"] == PROD
    before, after = (one.stacks["prod"].observability for one in (old, new))
    assert [one is other for one, other in zip(before.conditions, after.conditions, strict=True)].count(False) == 1
    assert before.conditions[0] == first
    assert before.policies[1] is after.policies[1]
    assert before.dashboards == after.dashboards
    places = [one.declared_at for one in specs_in(old.stacks["prod"].response)]
    assert places == [one.declared_at for one in specs_in(PROD.response)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_condition_comes_back_as_it_was(data: st.DataObject) -> None:
    condition = data.draw(st.sampled_from(PROD.observability.conditions))
    text = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=10, max_size=60)
    value = data.draw(st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 10**12))
    update = {
        "name": data.draw(text),
        "query": data.draw(text),
        "enabled": data.draw(st.booleans()),
        "baseline": None,
        "warning": None,
        "critical": Threshold(
            operator=data.draw(st.sampled_from(type(condition.thresholds[0].operator))),
            value=value,
            duration_seconds=condition.thresholds[0].duration_seconds,
        ),
    }
    changed = condition.model_copy(update=update)
    back = revive(written(_holding(changed)), "it").stacks["prod"].observability.conditions[0]
    assert back == changed
    assert repr(back) == repr(changed)


def _holding(condition: NrqlCondition) -> Stack:
    policy = PROD.observability.policies[0].model_copy(update={"conditions": (condition,)})
    seen = Observability.model_construct(policies=(policy,), destinations=(), workflows=(), dashboards=())
    return Stack.model_construct(
        name="prod",
        tags=FrozenDict(),
        platform=PROD.platform,
        observability=seen,
        response=PROD.response,
        traffic=(),
    )


def test_a_field_that_is_not_known_today_is_told_with_how_often() -> None:
    document = written(PROD)
    every = list(contents_of(document, "NrqlCondition"))
    for one in every:
        one["mood"] = "bad"
    found = revive(document, "abc1234")
    assert found.notes == (
        f'At abc1234 "mood" of NRQL condition is not known today: it is not compared ({len(every)} times).',
    )
    assert found.stacks["prod"] == PROD


def test_a_kind_of_spec_that_is_not_known_today_is_left_out_and_told() -> None:
    document = written(PROD)
    next(contents_of(document, "MutingRule"))[CLASS] = "QuietHours"
    found = revive(document, "abc1234")
    assert found.notes == ("At abc1234 there is a QuietHours, a kind of spec that is not known today: it is left out.",)
    before = PROD.observability.muting_rules
    assert found.stacks["prod"].observability.muting_rules == before[1:]


def test_what_today_must_be_said_and_was_not_is_taken_from_the_other_side() -> None:
    document = written(PROD)
    del next(contents_of(document, "Schedule"))["time_zone"]
    new = revive(written(PROD), "new")
    old = revive(document, "abc1234", new)
    assert old.notes == ('At abc1234 "time_zone" of schedule is not said, as it must be today: it is not compared.',)
    assert old.stacks["prod"] == new.stacks["prod"]


def test_what_today_must_be_said_and_nobody_says_is_empty_and_told() -> None:
    document = written(PROD)
    del next(contents_of(document, "Schedule"))["time_zone"]
    found = revive(document, "abc1234")
    assert found.notes == (
        'At abc1234 "time_zone" of schedule is not said, as it must be today: it is compared as if it were empty.',
    )
    assert found.stacks["prod"].response.schedules[0].time_zone == ""


def test_what_today_need_not_be_said_has_its_default_and_is_not_told() -> None:
    document = written(PROD)
    del next(contents_of(document, "NrqlCondition"))["enabled"]
    found = revive(document, "abc1234")
    assert found.notes == ()
    assert found.stacks["prod"] == PROD


def test_what_was_said_in_another_form_is_told_and_not_compared() -> None:
    document = written(PROD)
    next(contents_of(document, "EscalationPolicy"))["levels"] = ["somebody"]
    new = revive(written(PROD), "new")
    old = revive(document, "abc1234", new)
    assert old.notes == ('At abc1234 "levels" of escalation policy is said otherwise than today: it is not compared.',)
    assert old.stacks["prod"] == PROD


def test_a_choice_that_is_no_longer_there_keeps_its_value_and_is_told() -> None:
    document = written(PROD)
    condition = next(contents_of(document, "NrqlCondition"))
    condition["severity"] = {ENUMERATION: ["Severity", "SEV0"]}
    found = revive(document, "abc1234")
    assert found.notes == (
        "At abc1234 'SEV0' is a Severity, which it is no longer today: what follows from it is not known.",
    )
    severity = found.stacks["prod"].observability.conditions[0].severity
    assert (severity, severity.value, severity.pages, str(severity)) == ("SEV0", "SEV0", False, "SEV0")
    assert severity not in list(Severity)


def test_a_rule_that_is_stricter_today_does_not_stop_the_comparison() -> None:
    document = written(PROD)
    next(contents_of(document, "NrqlCondition"))["violation_time_limit_seconds"] = 1
    found = revive(document, "abc1234")
    assert found.notes == ()
    assert found.stacks["prod"].observability.conditions[0].violation_time_limit_seconds == 1


def test_a_value_of_a_kind_that_specs_do_not_hold_is_compared_as_text() -> None:
    document = written(PROD)
    next(contents_of(document, "NrqlCondition"))["name"] = {UNKNOWN: ["Decimal", "1.5"]}
    found = revive(document, "abc1234")
    assert found.notes == ("At abc1234 a value is a Decimal, which no spec holds today: it is compared as text.",)
    assert found.stacks["prod"].observability.conditions[0].name == "1.5"


def test_an_unchanged_document_is_not_changed_by_reviving_it() -> None:
    document = written(PROD)
    before = copy.deepcopy(document)
    revive(document, "it", revive(document, "it"))
    assert document == before


@pytest.mark.parametrize("kind", [one for one in kinds_of_specs().values() if not one.__name__.startswith("_")])
def test_every_kind_of_spec_can_be_stood_in_for_by_values_of_its_own_form(kind: type[Spec]) -> None:
    shapes = shapes_of(kind)
    for name, info in kind.model_fields.items():
        assert shapes[name].fits(least(info.annotation)), name
