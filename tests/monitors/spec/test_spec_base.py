"""What holds for every spec: frozen, hashable, closed to unknown fields, rebuilt from its dump, refused with advice."""

from __future__ import annotations

import ast
import copy
import inspect
import pickle
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from spec_builders import BUILDERS, env_var, pagerduty_channel, setting, stack, threshold, user, workflow
from spec_refusals import Builder, refusal

from monitors import spec
from monitors.spec import Operator, Spec, SpecError, Threshold

VOCABULARY = Path(inspect.getfile(spec)).parent
INSTANCES = [build() for build in BUILDERS]
EVERY_SPEC = pytest.mark.parametrize("built", INSTANCES, ids=lambda built: type(built).__name__)
EVERY_BUILDER = pytest.mark.parametrize("build", BUILDERS, ids=[type(built).__name__ for built in INSTANCES])


def test_every_type_of_the_vocabulary_has_a_least_instance_here() -> None:
    types = {one for one in vars(spec).values() if isinstance(one, type) and issubclass(one, Spec) and one is not Spec}
    assert {type(built) for built in INSTANCES} == types


@EVERY_SPEC
def test_no_field_can_be_changed(built: Spec) -> None:
    for name in type(built).model_fields:
        with pytest.raises(ValueError, match="frozen"):
            setattr(built, name, None)


@EVERY_SPEC
def test_it_can_be_hashed_and_equals_itself_rebuilt_from_its_dump(built: Spec) -> None:
    rebuilt = type(built).model_validate(built.model_dump())
    assert (rebuilt, hash(rebuilt)) == (built, hash(built))


@EVERY_SPEC
def test_it_survives_copying_and_pickling(built: Spec) -> None:
    assert copy.deepcopy(built) == pickle.loads(pickle.dumps(built)) == built


@EVERY_BUILDER
def test_an_unknown_field_is_refused_with_the_known_ones(build: Builder) -> None:
    known = ", ".join(type(build()).model_fields)
    assert refusal(build, colour="red").endswith(f"field colour does not exist; known are {known}.")


@EVERY_SPEC
def test_missing_fields_are_each_named(built: Spec) -> None:
    required = [name for name, field in type(built).model_fields.items() if field.is_required()]
    if required:
        message = refusal(type(built))
        assert [name for name in required if f"field {name} is missing." not in message] == []


@EVERY_BUILDER
def test_a_value_of_a_wrong_type_is_refused_with_the_spec_the_field_and_the_value(build: Builder) -> None:
    built = build()
    for name, field in type(built).model_fields.items():
        message = refusal(type(built), **{**{one: getattr(built, one) for one in type(built).model_fields}, name: 1j})
        assert message.startswith(built.LABEL)
        assert f"field {name} is {'1j' if field.repr else 'wrong (not shown'}" in message


@EVERY_SPEC
def test_every_bounded_field_says_what_to_write_instead(built: Spec) -> None:
    fields = type(built).model_fields.items()
    assert [name for name, field in fields if field.metadata and not field.description] == []


@EVERY_SPEC
def test_it_has_a_label_of_its_own_for_messages(built: Spec) -> None:
    assert built.LABEL not in ("", Spec.LABEL)


def test_several_faults_are_told_in_one_message() -> None:
    assert refusal(threshold, value="5", duration_seconds=0).splitlines() == [
        "threshold:",
        "  field value is '5': input should be a valid number. Give a number in the condition's unit.",
        "  field duration_seconds is 0: input should be greater than or equal to 60. "
        "New Relic takes 60 to 86,400 s, a multiple of the window.",
    ]


def test_a_refusal_names_the_line_of_the_declaration() -> None:
    line = inspect.currentframe().f_lineno + 2  # type: ignore[union-attr]  # CPython always has a frame
    with pytest.raises(SpecError) as caught:
        Threshold(operator=Operator.ABOVE, value=5, duration_seconds=0)
    assert f"threshold (spec/test_spec_base.py:{line}): " in str(caught.value)


def test_a_number_written_as_text_is_not_guessed() -> None:
    assert "field value is '5'" in refusal(threshold, value="5")


def test_a_list_where_a_tuple_belongs_is_refused_since_it_could_be_changed() -> None:
    assert "input should be a valid tuple" in refusal(workflow, policies=["page"])


def test_a_dict_given_to_a_spec_is_copied_and_closed() -> None:
    details = {"runbook": "{{json runbookUrl}}"}
    channel = pagerduty_channel(details=details)
    details["runbook"] = "changed"
    assert channel.details == {"runbook": "{{json runbookUrl}}"}
    for change in (lambda: channel.details.update(a="b"), lambda: channel.details.pop("runbook")):
        with pytest.raises(TypeError, match="build another one, for example with model_copy"):
            change()


def test_a_copy_with_changes_is_checked_like_a_new_spec() -> None:
    assert threshold().model_copy(update={"value": 7}) == threshold(value=7)
    with pytest.raises(SpecError, match="field duration_seconds is 5: input should be greater than or equal to 60"):
        threshold().model_copy(update={"duration_seconds": 5})


def test_a_wrong_member_of_a_union_is_told_once_with_what_is_needed() -> None:
    message = refusal(workflow, channels=("pager",))
    needed = "PagerDutyChannel or SlackChannel or EmailChannel or WebhookChannel is needed"
    assert message == f"workflow \"Page\": field channels.0 is 'pager': {needed}. Give at least one channel."


def test_a_long_value_is_shown_in_part() -> None:
    assert len(refusal(user, role="x" * 100_000)) < 400


@given(value=st.floats(allow_nan=False, allow_infinity=False), duration=st.integers(60, 86_400))
def test_any_threshold_that_is_built_can_be_hashed_and_rebuilt(value: float, duration: int) -> None:
    built = threshold(value=value, duration_seconds=duration)
    rebuilt = Threshold.model_validate(built.model_dump())
    assert (rebuilt, hash(rebuilt)) == (built, hash(built))


@given(inputs=st.dictionaries(st.text(), st.text()))
def test_any_table_of_texts_is_kept_as_it_was_given(inputs: dict[str, str]) -> None:
    step = spec.WorkflowStep(name="Tell", action="pagerduty.com:incident-workflows:tell:1", inputs=inputs)
    assert step.inputs == inputs
    assert spec.WorkflowStep.model_validate(step.model_dump()) == step


@given(text=st.one_of(st.text(max_size=20), st.from_regex(r"[A-Z][A-Z0-9_]*", fullmatch=True)))
def test_any_text_is_taken_as_a_variables_name_or_refused_by_name(text: str) -> None:
    if re.fullmatch(r"[A-Z][A-Z0-9_]*", text, re.ASCII):
        assert env_var(name=text, value=setting()).name == text
    else:
        assert f"field name is {text!r}: string should match pattern" in refusal(env_var, name=text)


def test_methods_with_the_same_fields_are_told_apart_in_a_dump() -> None:
    built = spec.Signal(method=spec.Cadence(delay_seconds=120))
    assert spec.Signal.model_validate(built.model_dump()).method == built.method != spec.EventFlow(delay_seconds=120)


def test_the_vocabulary_imports_no_vendor_and_nothing_of_the_product_but_the_metric_catalogue() -> None:
    allowed = {"monitors.spec", "service.metrics", "pydantic", "pydantic_core"}
    roots = {name.split(".")[0] for name in allowed}
    for path in VOCABULARY.glob("*.py"):
        for name in _imported(ast.parse(path.read_text())):
            assert name.split(".")[0] in roots | sys.stdlib_module_names, f"{path.name} imports {name}"
            if name.split(".")[0] in ("monitors", "service"):
                assert name.startswith(("monitors.spec", "service.metrics")), f"{path.name} imports {name}"


def _imported(tree: ast.Module) -> list[str]:
    nodes = list(ast.walk(tree))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)]


def test_a_whole_stack_is_frozen_to_its_last_part() -> None:
    assert [part for part in _parts(stack()) if isinstance(part, (list, set)) or type(part) is dict] == []


def _parts(part: Any) -> list[Any]:
    below: list[Any] = []
    if isinstance(part, BaseModel):
        below = [getattr(part, name) for name in type(part).model_fields]
    elif isinstance(part, (tuple, list, set)):
        below = list(part)
    elif isinstance(part, dict):
        below = list(part.values())
    return [part, *(found for one in below for found in _parts(one))]
