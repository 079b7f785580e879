"""Sorts the values of an attribute by kind, so that a column of mixed values becomes one column per kind."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from monitors.nrql.evaluator.errors import DataError
from monitors.nrql.evaluator.tables import Stored

Array = NDArray[Any]
_NUMBERS: Final = (int, float, np.integer, np.floating)
_BOOLEANS: Final = (bool, np.bool_)


def typed(name: str, values: Sequence[object] | Array) -> dict[Stored, Array]:
    """Return an attribute's values by kind, masked or None where a row has none of that kind.

    None, NaN and infinities are no values: New Relic stores neither. Raises `DataError` for a value that is no number,
    text, boolean or list.
    """
    if isinstance(values, np.ndarray) and values.dtype != object:
        return _of_array(name, values)
    parts: dict[Stored, list[object]] = {}
    count = len(values)
    for at, value in enumerate(values):
        if value is None:
            continue
        kind, kept = _sorted(name, value)
        if kept is None:
            continue
        if kind not in parts:  # not setdefault, which would make a list for every value
            parts[kind] = [None] * count
        parts[kind][at] = kept
    return {kind: _array(kind, part) for kind, part in parts.items()}


def flat(row: Mapping[str, object]) -> Iterable[tuple[str, object]]:
    """Yield a row's attributes; a map becomes attributes with dots, as New Relic stores it."""
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}.{inner}", held) for inner, held in flat(value))
        else:
            yield name, value


def _sorted(name: str, value: object) -> tuple[Stored, object]:
    if isinstance(value, str):
        return "text", value
    if isinstance(value, _BOOLEANS):
        return "boolean", bool(value)
    if isinstance(value, _NUMBERS):
        return "number", value if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return "list", json.dumps(value)
    raise DataError(
        f"attribute {name} holds a value of type {type(value).__name__}; give numbers, texts, booleans, lists or None"
    )


def _array(kind: Stored, values: list[object]) -> Array:
    """Return a column; numbers and booleans are masked where there is none, texts are None there."""
    if kind in ("text", "list"):
        return np.array(values, dtype=object)
    missing = [value is None for value in values]
    if kind == "boolean":
        return _masked(np.array([bool(value) for value in values]), missing)
    return _masked(np.array([0.0 if value is None else float(value) for value in values]), missing)  # type: ignore[arg-type]


def _masked(values: Array, missing: Sequence[bool]) -> Array:
    if not any(missing):
        return values
    masked: Array = np.ma.masked_array(values, mask=missing)
    return masked


def _of_array(name: str, values: Array) -> dict[Stored, Array]:
    letter = values.dtype.kind
    if letter in "iu":
        return {"number": values.astype(np.float64)}
    if letter == "f":
        numbers = values.astype(np.float64)
        missing = ~np.isfinite(numbers)
        if not missing.any():
            return {"number": numbers}
        return {"number": np.ma.masked_array(np.where(missing, 0, numbers), mask=missing)}
    if letter == "b":
        return {"boolean": values}
    if letter == "U":
        return {"text": values.astype(object)}
    raise DataError(f"attribute {name} is an array of {values.dtype}; give numbers, texts or booleans")
