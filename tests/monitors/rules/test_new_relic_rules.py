"""New Relic's documented rules for conditions: each, with its source, is caught where it is broken.

The rules stand in new_relic_rules.yaml; a new one is a new entry.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import spec_builders as build
import yaml
from check_cases import stack_of

from monitors import spec
from monitors.rules.problem import Level
from monitors.rules.registry import CHECKS
from monitors.rules.review import Review
from service.metrics import Unit

_FILE: Final = yaml.safe_load(Path(__file__).with_name("new_relic_rules.yaml").read_text(encoding="utf-8"))
# What the least stack around a rule's condition lacks, and no rule of a condition is about.
_AROUND: Final = ("catalogue/", "runbook/", "paging/", "objective/", "hosting/", "dashboard/", "notification/")


@dataclass(frozen=True)
class Rule:
    """One rule: what it says, whose it is, and what comes of a snippet that breaks or keeps it."""

    rule: str
    source: str
    snippet: str
    finds: list[str] = field(default_factory=list)
    refused: str = ""
    keeps: bool = False


RULES: Final = [Rule(**entry) for entry in _FILE["rules"]]


def specs_of(rule: Rule) -> tuple[spec.Spec, ...]:
    names = {**vars(build), **{name: getattr(spec, name) for name in spec.__all__}, "Unit": Unit}
    made: Any = eval(rule.snippet, names)
    return made if isinstance(made, tuple) else (made,)


def found(rule: Rule) -> set[tuple[str, Level]]:
    """Return the code and level of everything that the checks find."""
    review = Review(stack_of(*specs_of(rule)))
    return {(problem.code, problem.level) for check in CHECKS for problem in check.problems(review)}


@cache
def found_around() -> frozenset[str]:
    return frozenset(code for code, _ in found(Rule("", "", "condition()")))


def of(outcome: str) -> pytest.MarkDecorator:
    chosen = [rule for rule in RULES if getattr(rule, outcome)]
    return pytest.mark.parametrize("rule", chosen, ids=lambda rule: rule.rule)


@of("finds")
def test_a_check_names_a_broken_rule(rule: Rule) -> None:
    codes = {code for code, _ in found(rule)}
    assert set(rule.finds) <= codes
    assert not set(rule.finds) & found_around(), "it is found without the rule being broken"


@of("refused")
def test_a_spec_that_breaks_a_rule_is_refused_as_it_is_built(rule: Rule) -> None:
    with pytest.raises(spec.SpecError) as caught:
        specs_of(rule)
    assert rule.refused in str(caught.value)


@of("keeps")
def test_a_condition_that_keeps_a_rule_is_let_be(rule: Rule) -> None:
    worse = {code for code, level in found(rule) if level is not Level.NOTE and not code.startswith(_AROUND)}
    assert worse == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule)
def test_a_rule_has_a_source_and_one_outcome(rule: Rule) -> None:
    assert rule.source in _FILE["sources"]
    assert [bool(rule.finds), bool(rule.refused), rule.keeps].count(True) == 1
