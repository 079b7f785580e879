"""Which fields differ is found whatever the spec, and nothing else is."""

from __future__ import annotations

from monitors import catalog
from monitors.review.fields import ABSENT, Difference, differences
from monitors.rules.subjects import keyed_specs
from monitors.spec import NrqlCondition, Schedule, Stack

PROD: Stack = catalog.stack("prod")


def condition() -> NrqlCondition:
    return next(one for one in PROD.observability.conditions if one.key == "high-skill-error-rate")


def schedule() -> Schedule:
    return PROD.response.schedules[0]


def test_equal_specs_differ_in_nothing() -> None:
    for _, spec in keyed_specs(PROD):
        assert list(differences(spec, spec.model_copy())) == []


def test_a_field_within_a_field_is_named_by_its_path() -> None:
    before = condition()
    assert before.critical is not None
    after = before.model_copy(update={"critical": before.critical.model_copy(update={"value": 7.0})})
    assert list(differences(before, after)) == [Difference("critical.value", 5.0, 7.0)]


def test_a_part_that_only_one_side_has_is_told_whole() -> None:
    before = condition()
    assert before.critical is not None
    milder = before.critical.model_copy(update={"value": 3.0})
    assert list(differences(before, before.model_copy(update={"warning": milder}))) == [
        Difference("warning", None, milder)
    ]


def test_parts_of_a_list_are_matched_by_name_and_not_by_place() -> None:
    before = schedule()
    layer = before.layers[0]
    second = layer.model_copy(update={"name": "Second"})
    edited = layer.model_copy(update={"turn_seconds": 86_400})
    found = list(
        differences(
            before.model_copy(update={"layers": (layer, second)}),
            before.model_copy(update={"layers": (second, edited)}),
        )
    )
    assert found == [Difference(f"layers[{layer.name}].turn_seconds", layer.turn_seconds, 86_400)]


def test_a_part_that_came_or_went_is_absent_on_the_other_side() -> None:
    before = schedule()
    second = before.layers[0].model_copy(update={"name": "Second"})
    after = before.model_copy(update={"layers": (*before.layers, second)})
    assert list(differences(before, after)) == [Difference("layers[Second]", ABSENT, second)]
    assert list(differences(after, before)) == [Difference("layers[Second]", second, ABSENT)]


def test_another_order_alone_is_told_whole() -> None:
    before = schedule()
    second = before.layers[0].model_copy(update={"name": "Second"})
    one = before.model_copy(update={"layers": (before.layers[0], second)})
    other = before.model_copy(update={"layers": (second, before.layers[0])})
    (found,) = differences(one, other)
    assert found.path == "layers"
