"""Makes a mistake as its author would, and returns what is printed: the refusal, or the findings of all checks."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args, get_origin, get_type_hints

import click
import pytest
import spec_builders
import valid_specs
from mistake_cases import Mistake

from lookout.checking.catalogue import refusal
from lookout.checking.report import CHECKOUT, Report
from lookout.checking.text import as_text
from monitors import catalog, spec
from monitors.rules.problem import Problem
from monitors.rules.review import Review
from monitors.rules.runbook.sections import PARTS, Sections, read
from monitors.rules.runner import judge
from monitors.spec import places
from service.metrics import Unit

# Where a snippet and the specs around it are said to stand: the page changes only with what it shows.
FILE: Final = "catalog/example.py"
AROUND: Final = "catalog/around.py"
_HELD: Final = "_held_by_a_stack"
_PARTS: Final = {"observability": spec.Observability, "response": spec.Response, "platform": spec.Platform}


def problems(mistake: Mistake, monkeypatch: pytest.MonkeyPatch) -> tuple[Problem, ...]:
    """Return what is found because of a mistake; what is found in the valid stacks around it is left out."""
    with _declared_by_snippets(monkeypatch):
        try:
            stack = _stack_with(mistake)
        except spec.SpecError as fault:
            return (refusal(fault),)
        without = _found_without_mistakes("catalog(" in mistake.snippet)
        return tuple(problem for problem in _found(stack) if _identity(problem) not in without)


def text(shown: tuple[Problem, ...]) -> str:
    """Return problems as `lookout check` prints them, without its closing line."""
    blocks, _, _ = click.unstyle(as_text(Report((), (), shown))).rpartition("\n\n")
    return blocks


def held(*specs: spec.Spec) -> spec.Stack:
    """Return a valid stack with some specs in it, each in the place of the one of its key; a stack as it is."""
    if isinstance(specs[0], spec.Stack):
        return specs[0]
    stack = spec_builders.stack(traffic=tuple(one for one in specs if isinstance(one, spec.Traffic)))
    for part in _PARTS:
        stack = stack.model_copy(update={part: _with(part, getattr(stack, part), _placed(stack, specs))})
    assertions = tuple(one for one in specs if isinstance(one, spec.PathAssertion))
    return stack.model_copy(update={"assertions": assertions}) if assertions else stack


def _placed(stack: spec.Stack, specs: tuple[spec.Spec, ...]) -> list[spec.Spec]:
    """Return the specs, with conditions in their policy and widgets on a dashboard."""
    conditions = [one for one in specs if isinstance(one, spec.NrqlCondition)]
    widgets = tuple(one for one in specs if isinstance(one, get_args(spec.Widget)))
    placed = [one for one in specs if one not in (*conditions, *widgets)]
    if conditions:
        policy = stack.observability.policies[0]
        placed.append(policy.model_copy(update={"conditions": _merged(conditions, policy.conditions)}))
    if widgets:
        placed.append(spec_builders.dashboard(pages=(spec_builders.page(widgets=widgets),)))
    return placed


def _with(name: str, part: Any, specs: list[spec.Spec]) -> Any:
    update = {}
    for field, types in _types_by_field(name).items():
        mine = [one for one in specs if isinstance(one, types)]
        if mine:
            update[field] = _merged(mine, getattr(part, field))
    return part.model_copy(update=update)


def _merged(new: Sequence[Any], present: Sequence[Any]) -> tuple[Any, ...]:
    keys = {one.key for one in new}
    return (*new, *(one for one in present if one.key not in keys))


@cache
def _types_by_field(part: str) -> dict[str, tuple[type, ...]]:
    """Return which types of specs the fields of a stack's part hold."""
    items = {
        name: get_args(hint)[0] for name, hint in get_type_hints(_PARTS[part]).items() if get_origin(hint) is tuple
    }
    return {name: get_args(item) or (item,) for name, item in items.items()}


def _stack_with(mistake: Mistake) -> spec.Stack:
    """Run a snippet with the vocabulary and its builders at hand; its last expression is the spec or the specs."""
    tree = ast.parse(mistake.snippet, FILE)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr), f"{mistake.id}: the snippet has to end in a spec"
    value = last.value
    specs = list(value.elts) if isinstance(value, ast.Tuple) else [value]
    holding = ast.copy_location(ast.Name(_HELD, ast.Load()), value)
    whole = ast.Expression(ast.copy_location(ast.Call(holding, specs, []), value))
    names = _names()
    exec(compile(tree, FILE, "exec"), names)
    stack: spec.Stack = eval(compile(whole, FILE, "eval"), names)
    return stack


def _names() -> dict[str, Any]:
    vocabulary = {name: getattr(spec, name) for name in spec.__all__}
    return {
        **vars(spec_builders),
        **vocabulary,
        "Unit": Unit,
        "catalog": catalog.stack,
        _HELD: held,
        **valid_specs.SECRETS,
    }


def _found(stack: spec.Stack) -> tuple[Problem, ...]:
    return judge([Review(stack, runbook_anchors=_runbook_sections())]).problems


@cache
def _found_without_mistakes(in_catalogue: bool) -> frozenset[tuple[str, ...]]:
    """Return what is found in the valid stacks: notes, such as those on metrics that a small stack does not watch."""
    valid = [catalog.stack(name) for name in catalog.STACKS] if in_catalogue else [spec_builders.stack()]
    return frozenset(_identity(problem) for stack in valid for problem in _found(stack))


@cache
def _runbook_sections() -> Mapping[str, Sections]:
    """Return the sections of the runbooks, with those of the conditions in snippets."""
    present = read(CHECKOUT / "runbooks")
    added = {key: PARTS for key in valid_specs.SECTIONS}
    return {**present, valid_specs.RUNBOOK: {**present[valid_specs.RUNBOOK], **added}}


def _identity(problem: Problem) -> tuple[str, ...]:
    return problem.code, problem.key, problem.field, problem.message


@contextmanager
def _declared_by_snippets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give snippets the builders of good specs, and take builders for vocabulary: the place is then the snippet's."""
    with monkeypatch.context() as patched:
        builders = tuple(str(file) for file in (spec_builders.__file__, valid_specs.__file__, Path(__file__)))
        patched.setattr(places, "_NOT_THE_AUTHOR", (*places._NOT_THE_AUTHOR, *builders))
        around = eval(compile("builders()", AROUND, "eval"), {"builders": valid_specs.builders})
        for name, builder in around.items():
            patched.setattr(spec_builders, name, builder)
        yield
