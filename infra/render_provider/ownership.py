"""Whose an object is: nothing that is not marked as ours is changed or deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.render_provider.errors import RenderProviderError
from infra.render_provider.properties import ResourceSchema

MARK = "MANAGED_BY"
# How an import shows an object without a mark; declaring a real owner then marks it.
UNMANAGED = "unmanaged"


def marked(env_vars: Mapping[str, str], managed_by: str) -> dict[str, str]:
    """The environment variables as Render gets them, with the owner's mark."""
    return {**env_vars, MARK: managed_by}


def without_mark(env_vars: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The declared environment variables and the owner, from those at Render."""
    rest = {key: value for key, value in env_vars.items() if key != MARK}
    return rest, env_vars.get(MARK) or UNMANAGED


def mark_problems(inputs: Mapping[str, Any], old_inputs: Mapping[str, Any]) -> list[str]:
    """A declared MANAGED_BY variable would fight with the mark, and only an import knows no owner."""
    found = []
    env_vars = inputs.get("envVars")
    if isinstance(env_vars, Mapping) and MARK in env_vars:
        found.append(f'property "envVars.{MARK}" is reserved: it carries the owner; set "managedBy" instead')
    if inputs.get("managedBy") == UNMANAGED and old_inputs.get("managedBy") != UNMANAGED:
        found.append(f'property "managedBy" value "{UNMANAGED}" means no owner; name the owner')
    return found


def same_place(candidate: Mapping[str, Any], inputs: Mapping[str, Any]) -> bool:
    """Whether an object found by name and owner is where the declared one would be.

    One outside every environment counts too: it could be the one that someone made by hand.
    """
    where = candidate.get("environmentId") or None
    return candidate.get("name") == inputs["name"] and where in {None, inputs.get("environmentId")}


def taken(schema: ResourceSchema, name: str, object_id: str, whose: str) -> RenderProviderError:
    """The error for an object of the declared name that is not ours."""
    return RenderProviderError(
        f'{schema.title} "{name}" already exists at Render as {object_id} and {whose}; it was left untouched. '
        f"To take it over: `pulumi import {schema.token} {name} {object_id}`, or declare another name"
    )


def gone(schema: ResourceSchema, name: str, object_id: str) -> RenderProviderError:
    """The error for an object that the state knows and Render does not."""
    return RenderProviderError(
        f'{schema.title} "{name}" ({object_id}) no longer exists at Render; run `pulumi refresh`, then `pulumi up` '
        "creates it again"
    )


def refuse_foreign(schema: ResourceSchema, name: str, object_id: str, live: str, allowed: set[str]) -> None:
    """Raise unless the mark found at Render is one of those allowed.

    Raises:
        RenderProviderError: The object is unmarked, or marked as someone else's.
    """
    if live in allowed:
        return
    found = f"is marked {MARK}={live}" if live != UNMANAGED else f"carries no {MARK} mark"
    ours = f"this stack's mark is {' or '.join(sorted(allowed))}" if allowed else "this stack never marked it"
    raise RenderProviderError(
        f'{schema.title} "{name}" ({object_id}) {found}, and {ours}; it was left untouched. '
        "Run `pulumi refresh` to see what changed, then `pulumi up` to take it over, or `pulumi state delete` to "
        "let it go"
    )


def refuse_changed_identity(
    schema: ResourceSchema, object_id: str, live: Mapping[str, Any], inputs: Mapping[str, Any]
) -> None:
    """Raise when an object that would be adopted differs in what Render cannot change.

    Raises:
        RenderProviderError: Names the property and both values.
    """
    for name, spec in schema.inputs.items():
        if not spec.immutable or name not in inputs or name not in live or live[name] == inputs[name]:
            continue
        raise RenderProviderError(
            f'{schema.title} "{inputs["name"]}" already exists at Render as {object_id} with {name} "{live[name]}", '
            f'and {name} "{inputs[name]}" is declared, which Render cannot change; delete it by hand or declare '
            "another name"
        )
