"""Stacks with a response of their own."""

from __future__ import annotations

from typing import Any

import spec_builders as build

from monitors import spec


def responding(name: str = "prod", **response: Any) -> spec.Stack:
    """Return a stack with some parts of its response changed."""
    return build.stack(name=name, response=build.response(**response))


def escalating(*levels: spec.EscalationLevel, **response: Any) -> spec.Stack:
    """Return a stack whose one escalation policy has the levels."""
    return responding(escalation_policies=(build.escalation_policy(levels=levels),), **response)


def people(*keys: str) -> dict[str, Any]:
    """Return users and a team of them."""
    return {
        "users": tuple(build.user(key=key, role=f"Engineer {key}") for key in keys),
        "teams": (build.team(members=keys),),
    }
