"""Catalogues that tests write as modules of their own, in a folder of their own."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

import pytest

# This repository's stacks, with other queries for some conditions and with other policies.
ALTERED = """
from monitors.catalog import stack as _ours


def altered(name, queries):
    one = _ours(name)
    seen = one.observability
    policies = tuple(
        policy.model_copy(
            update={
                "conditions": tuple(
                    condition.model_copy(update={"query": queries[condition.key]})
                    if condition.key in queries
                    else condition
                    for condition in policy.conditions
                )
            }
        )
        for policy in seen.policies
    )
    return one.model_copy(update={"observability": seen.model_copy(update={"policies": policies})})
"""
_NUMBERS = count(1)
WRONG_QUERY = "FROM SkillExecution SELECT count(*) WHERE env = '{name}' SINCE 1 day ago"
ONE_PROBLEM = f"""{ALTERED}

def stack(name):
    return altered(name, {{"daily-cost": "{WRONG_QUERY}".format(name=name)}})
"""


def write(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write a module where it can be imported from, and return its name, which no other test has used."""
    name = f"checked_catalogue_{next(_NUMBERS)}"
    (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    return name
