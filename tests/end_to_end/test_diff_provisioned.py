"""`lookout diff --provisioned` tells what an `up` would change for people, from the state alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from checkout import Checkout, copy_of_checkout

pytestmark = pytest.mark.engine

STACK = "staging"


@pytest.fixture(scope="module")
def checkout(new_checkout: Callable[..., Checkout], tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A sandbox with everything provisioned from a copy of the sources, which is in no git repository."""
    made = new_checkout(copy_of_checkout(tmp_path_factory.mktemp("sources") / "checkout"))
    made.up(STACK)
    return made


def diff(checkout: Checkout, *arguments: str) -> dict[str, Any]:
    done = checkout.lookout("diff", "--provisioned", "--stack", STACK, "--sandbox", "--json", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_what_was_provisioned_is_what_is_declared_until_a_spec_is_edited(checkout: Checkout) -> None:
    assert diff(checkout)["changes"] == []
    alerts = checkout.root / "monitors" / "catalog" / "skill_alerts.py"
    text = alerts.read_text(encoding="utf-8")
    assert text.count("critical=above(5, 5 * MINUTE)") == 1
    alerts.write_text(text.replace("critical=above(5, 5 * MINUTE)", "critical=above(7, 5 * MINUTE)"), encoding="utf-8")
    found = diff(checkout)
    assert [one["subject"] for one in found["changes"]] == ["condition/high-skill-error-rate"]
    assert (found["before"], found["after"]) == (f"what is provisioned in {STACK}", "the working tree")
    checkout.up(STACK)
    assert diff(checkout)["changes"] == []
