"""Stacks are compared whole: nothing that differs is left out, and what both stacks share is told once."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from monitors import catalog
from monitors.review.changes import Area, Change, Danger, Diff, Fact, Operation
from monitors.review.compare import PARTS, compare, in_order
from monitors.review.merging import told_once
from monitors.rules.subjects import keyed_specs
from monitors.spec import Stack

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
BOTH = {name: catalog.stack(name) for name in ("staging", "prod")}


def diff(after: dict[str, Stack], before: dict[str, Stack] | None = None) -> Diff:
    return compare(before or BOTH, after, names=("base", "head"), at=AT)


def without(stack: Stack, field: str) -> Stack:
    """Return the stack without its muting rules or data rules, which nothing else names."""
    observability = stack.observability.model_copy(update={field: ()})
    return stack.model_copy(update={"observability": observability})


def change(subject: str, environment: str, **more: Any) -> Change:
    fields: dict[str, Any] = {
        "subject": subject,
        "title": f"alert ({environment})",
        "area": Area.ALERTS,
        "operation": Operation.CHANGED,
        "danger": Danger.LOW,
        "headline": f"It changed in {environment}.",
        "environments": (environment,),
    }
    return Change(**{**fields, **more})


def test_equal_stacks_have_no_changes() -> None:
    found = diff(BOTH)
    assert (found.changes, found.resources, found.notes, found.worst) == ((), (), (), Danger.HARMLESS)


def test_what_is_the_same_in_both_stacks_is_told_once() -> None:
    found = diff({name: without(stack, "data_rules") for name, stack in BOTH.items()})
    assert found.changes
    assert all(set(one.environments) == {"staging", "prod"} for one in found.changes)


def test_what_one_stack_has_is_told_for_it_alone() -> None:
    found = diff({**BOTH, "prod": without(BOTH["prod"], "data_rules")})
    assert {one.environments for one in found.changes} == {("prod",)}


def test_a_stack_that_only_one_side_has_is_told_of_in_a_note() -> None:
    found = diff({"prod": BOTH["prod"]})
    assert found.notes == ('The stack "staging" is in base alone and is not compared.',)
    assert found.stacks == ("prod",)


def test_changes_that_differ_in_the_name_of_their_stack_alone_are_one() -> None:
    (found,) = told_once([change("condition/a", "prod"), change("condition/a", "staging")])
    assert found.environments == ("prod", "staging")


def test_changes_whose_headlines_differ_in_a_figure_are_two() -> None:
    found = list(
        told_once(
            change("condition/a", name, headline=f"{name}: {size} %") for name, size in (("prod", 7), ("staging", 9))
        )
    )
    assert [one.environments for one in found] == [("prod",), ("staging",)]


def test_a_fact_that_one_stack_alone_has_is_told_with_that_stack() -> None:
    shared = Fact("reset", "It is blind for 5 min.")
    facts = {
        "staging": (shared, Fact("wakes", "It wakes nobody.")),
        "prod": (shared, Fact("wakes", "It wakes the lead."), Fact("threshold", "It is for prod.")),
    }
    (found,) = told_once(change("condition/a", name, facts=facts[name]) for name in facts)
    assert [fact.text for fact in found.facts] == [
        "It is blind for 5 min.",
        "In prod: It wakes the lead.",
        "In prod: It is for prod.",
        "In staging: It wakes nobody.",
    ]


def test_what_is_told_of_several_stacks_bears_the_names_of_production() -> None:
    (found,) = told_once([change("condition/a", "staging"), change("condition/a", "prod")])
    assert (found.title, found.environments) == ("alert (prod)", ("staging", "prod"))


def test_two_changes_of_one_stack_are_never_one() -> None:
    assert len(list(told_once([change("condition/a", "prod"), change("condition/a", "prod")]))) == 2


def test_the_most_dangerous_comes_first() -> None:
    found = in_order(
        [
            change("condition/a", "prod"),
            change("condition/b", "prod", danger=Danger.HIGH, area=Area.ROUTING),
            change("condition/c", "prod", danger=Danger.HIGH),
        ]
    )
    assert [one.subject for one in found] == ["condition/c", "condition/b", "condition/a"]


def test_no_two_parts_tell_of_the_same_kind() -> None:
    kinds = [kind for part in PARTS for kind in part.kinds]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in keyed_specs(BOTH["prod"])}))
def test_every_kind_of_spec_that_is_removed_is_told(kind: str) -> None:
    """Take away one spec nobody checks the references of: as an account or an older vocabulary may have it."""
    stack = BOTH["prod"]
    victim = next(spec for of, spec in keyed_specs(stack) if of == kind)
    found = diff({"prod": _taken_away(stack, victim)}, {"prod": stack})
    assert any(one.operation is Operation.REMOVED for one in found.changes), found.changes


def _taken_away(part: Any, victim: object) -> Any:
    """Return a copy of a spec, at whatever depth, in which no list holds the victim."""
    if isinstance(part, tuple):
        return tuple(_taken_away(one, victim) for one in part if one is not victim)
    if hasattr(type(part), "model_fields") and type(part).__name__ in (
        "Stack",
        "Observability",
        "Response",
        "Platform",
        "Policy",
    ):
        made = copy.copy(part)
        made.__dict__.update({name: _taken_away(getattr(part, name), victim) for name in type(part).model_fields})
        return made
    return part


def test_a_fact_that_only_repeats_the_values_of_the_headline_is_not_told_again_and_stays_in_the_change() -> None:
    values = Fact("LOG_LEVEL", 'Before: "info"; now: "trace".', '"info"', '"trace"')
    other = Fact("threshold", "Before: 1; now: 2.", "1", "2")
    warning = Fact("warning", 'It warns at "trace", before "info".', '"info"', '"trace"')
    change = Change(
        "group/one", "One", Area.HOSTING, Operation.CHANGED, Danger.LOW,
        '"One" has LOG_LEVEL set to "trace", before "info".', (values, other, warning),
    )  # fmt: skip
    assert change.further == (other, warning)
    assert change.facts[0] is values
