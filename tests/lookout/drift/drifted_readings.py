"""Readings of accounts that hold everything as declared, and of accounts in which something was changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from infra.manifest import example_settings
from infra.program import provision
from infra.recording import record
from infra.settings import PROJECT
from lookout.drift.reading import Object, Reading
from monitors import catalog


@cache
def reading_of(stack: str) -> Reading:
    """Return an account that holds a stack as it is declared, with PagerDuty's schedules of layers."""
    config, secret = example_settings(catalog.stack(stack))
    config[f"{PROJECT}:scheduleResource"] = "schedule"
    found = record(lambda: provision(stack), stack=stack, config=config, secret_keys=secret)
    objects = tuple(
        Object(one.type, one.name, "same", one.inputs, one.inputs, (), f"{one.type.rpartition(':')[2]}:{one.name}")
        for one in found.registrations
        if one.is_custom
    )
    return Reading(objects, {name.partition(":")[2]: value for name, value in config.items()})


def edited(
    reading: Reading, kind: str, name: str, account: Mapping[str, Any] | None, effect: str = "update"
) -> Reading:
    """Return the reading with other inputs of one object in the account; None takes it away there."""
    objects = tuple(
        replace(one, account=account, effect="create" if account is None else effect)
        if (one.kind, one.name) == (kind, name)
        else one
        for one in reading.objects
    )
    return Reading(objects, reading.settings)


def object_of(reading: Reading, kind: str, name: str) -> Object:
    """Return one object."""
    return next(one for one in reading.objects if (one.kind, one.name) == (kind, name))


def other(value: Any) -> Any:
    """Return another value of the same shape, different in one innermost place."""
    if isinstance(value, Mapping):
        name = max(value) if value else "added"
        return {**value, name: other(value[name])} if value else {name: 1}
    if isinstance(value, list | tuple):
        return [*value[:-1], other(value[-1])] if value else ["added"]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value}x"
