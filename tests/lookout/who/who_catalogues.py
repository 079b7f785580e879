"""Catalogues that `lookout who` is asked of: our own with one thing changed, written where it can be imported from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

NIGHT: Final = "2026-12-24T03:00"

# Names of alerts that only differ in case, as New Relic takes them.
SAME_NAMES: Final = """
from monitors import catalog


def stack(name):
    found = catalog.stack(name)
    seen = found.observability
    policies = tuple(
        one.model_copy(
            update={
                "conditions": tuple(
                    each.model_copy(update={"name": "High skill error rate" if "down" in each.key else each.name})
                    for each in one.conditions
                )
            }
        )
        for one in seen.policies
    )
    return found.model_copy(update={"observability": seen.model_copy(update={"policies": policies})})
"""
WITHOUT_ORCHESTRATIONS: Final = """
from monitors import catalog
from monitors.spec import IntegrationKey


def stack(name):
    found = catalog.stack(name)
    groups = tuple(
        group.model_copy(
            update={"variables": tuple(one for one in group.variables if not isinstance(one.value, IntegrationKey))}
        )
        for group in found.platform.groups
    )
    platform = found.platform.model_copy(update={"groups": groups})
    response = found.response.model_copy(update={"orchestrations": ()})
    return found.model_copy(update={"platform": platform, "response": response})
"""
MANY: Final = """
from functools import cache
from benchmarks.generated_catalogue import stack as generated


@cache
def stack(name):
    return generated(10_000)
"""
REFUSED: Final = """
from monitors.spec import User

USERS = (User(key="Bad Key", role="Somebody"),)


def stack(name):
    raise AssertionError("never asked")
"""


def written(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, source: str) -> str:
    """Write a catalogue into a folder that can be imported from, and return how `--catalog` names it."""
    (folder / f"{name}.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    return f"{name}:stack"
