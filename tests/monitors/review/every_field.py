"""Every field of a spec with another value: built from the vocabulary itself, so that a new field is not forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args

from monitors.spec import (
    Baseline,
    Cadence,
    Events,
    EventTimer,
    LossOfSignal,
    Operator,
    Setting,
    Spec,
    SpecError,
    Threshold,
)

# What a field that holds a spec may hold as a whole.
_WHOLE: dict[str, list[Any]] = {
    "critical": [None],
    "warning": [None],
    "baseline": [None],
    "loss_of_signal": [None],
    "good": [None],
    "bad": [None],
    "method": [EventTimer(), Cadence()],
}
_TEXTS = (
    "another-one",
    "Another text of some length.",
    "DELETE FROM Metric WHERE env = 'x'",
    "Log_another",
    "/other",
    "other.md",
)


def edits(spec: Spec) -> Iterator[tuple[str, Spec]]:
    """Yield the spec with one field changed, for every field that it has at whatever depth, by the field's path.

    A field is left out where the rest of the spec lets it have no other value: a test has to count what it reached.
    """
    for name in type(spec).model_fields:
        yield from _of_field(spec, name)


def _of_field(spec: Any, name: str) -> Iterator[tuple[str, Any]]:
    value = getattr(spec, name)
    if isinstance(value, Spec) and not isinstance(value, Setting):
        for below, edited in edits(value):
            made = _valid(spec, name, [edited])
            if made is not None:
                yield f"{name}.{below}", made
        whole = _valid(spec, name, _WHOLE.get(name, []))
        if whole is not None:
            yield name, whole
        return
    if len(_literals(type(spec).model_fields[name])) == 1:  # what tells one kind of spec from another
        return
    made = _valid(spec, name, list(_others(spec, name, value)))
    if made is not None:
        yield name, made


def _valid(spec: Spec, name: str, values: list[Any]) -> Any:
    """Return the spec with the first value that it takes, with what belongs to it; None where it takes none."""
    for value in values:
        for more in _companions(spec, name, value):
            try:
                made = spec.model_copy(update={name: value, **more})
            except SpecError:
                continue
            if getattr(made, name) != getattr(spec, name):
                return made
    return None


def _companions(spec: Any, name: str, value: Any) -> Iterator[dict[str, Any]]:
    """Yield what has to change with a field, nothing first."""
    yield {}
    if name == "key" and hasattr(spec, "runbook"):
        yield {"runbook": spec.runbook.model_copy(update={"anchor": value})}
    if name == "runbook":
        yield {"key": value.anchor}
    if name in ("good", "bad"):
        other = {"good": "bad", "bad": "good"}[name]
        yield {other: getattr(spec, name) if value is None else None}
    if name == "option":
        yield {"value": 1.0}
        yield {"value": None}
    if name == "value" and hasattr(spec, "option"):
        yield {"option": "none" if value is None else "static"}
    if name == "function":
        yield {"attribute": "duration" if value == "SUM" else None}
    if name == "attribute":
        yield {"function": "COUNT" if value is None else "SUM"}


def _others(spec: Any, name: str, value: Any) -> Iterator[Any]:
    """Yield values to try instead of a field's own."""
    annotation = type(spec).model_fields[name]
    match value:
        case Setting():
            yield value.model_copy(update={"name": "anotherOne"})
        case bool():
            yield not value
        case Enum():
            yield from type(value)
        case int():
            yield from (*_literals(annotation), value * 2, value + 60, max(value // 2, 30), value + 1)
        case float():
            yield from (value * 2, value / 2, value + 0.01, value - 0.01)
        case str():
            yield from _literals(annotation)
            yield from (f"{value}-2", f"{value} 2", f"{value} AND env = 'x'", *_TEXTS)
        case tuple():
            yield from (value[:-1], value[::-1], (*value, *_literals(annotation)[:1]))
            yield from ((*value, "Custom/Another"),)
        case None:
            yield from _of_nothing(name)


def _literals(field: Any) -> tuple[Any, ...]:
    """Return the choices of a field that has a closed set of them, at whatever depth of its annotation."""
    found: list[Any] = []
    for one in get_args(getattr(field, "annotation", field)):
        if isinstance(one, str | int):
            found.append(one)
        else:
            found += _literals(one)
    return tuple(found)


def _of_nothing(name: str) -> Iterator[Any]:
    """Yield values for a field that has none: one for each that the vocabulary lets be absent."""
    values: dict[str, list[Any]] = {
        "warning": [Threshold(operator=operator, value=1.0, duration_seconds=3600) for operator in Operator],
        "critical": [Threshold(operator=operator, value=9e9, duration_seconds=3600) for operator in Operator],
        "baseline": [Baseline(direction="upper_only")],
        "loss_of_signal": [LossOfSignal(after_seconds=600, open_incident=True)],
        "slide_seconds": [30, 60],
        "good": [Events(source="Metric", function="COUNT")],
        "bad": [Events(source="Metric", function="COUNT")],
        "value": [1.0],
        "where": ["env = 'x'"],
        "attribute": ["duration"],
    }
    yield from values.get(name, [])
