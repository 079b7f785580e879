"""Which fields of two specs differ, by path, whatever kind of spec it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import BaseModel

ABSENT: Final = object()  # stands where one side has no such part
_NAMES: Final = ("key", "name", "label", "title", "destination", "schedule", "user", "condition")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: its path, such as `signal.window_seconds` or `layers[AI primary weekly].users`.

    `before` or `after` is `ABSENT` where that side has no such part. `is_secretive` marks a text that its spec keeps
    out of what is printed of it, as it may be a secret.
    """

    path: str
    before: Any
    after: Any
    is_secretive: bool = False


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """Yield what differs between two values of specs, as deep as both have the same shape.

    Parts of a tuple of specs are matched by what people call them, whatever their order; one whose order alone differs
    is told whole. Equal values yield nothing, and different ones something.
    """
    if before is after or before == after:
        return
    found = False
    for one in _parts(before, after, path):
        found = True
        yield one
    if not found:
        yield Difference(path, before, after)


def _parts(before: Any, after: Any, path: str) -> Iterator[Difference]:
    if isinstance(before, BaseModel) and type(before) is type(after):
        for name, info in type(before).model_fields.items():
            one, other = getattr(before, name), getattr(after, name)
            found = differences(one, other, f"{path}.{name}" if path else name)
            is_secretive = not info.repr and (isinstance(one, str) or isinstance(other, str))
            yield from (replace(part, is_secretive=True) for part in found) if is_secretive else found
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from _matched(before, after, path)
    elif isinstance(before, tuple) and isinstance(after, tuple):
        named_before, named_after = _by_name(before), _by_name(after)
        if named_before is not None and named_after is not None:
            yield from _matched(named_before, named_after, path)


def _matched(before: dict[str, Any], after: dict[str, Any], path: str) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name, ABSENT), after.get(name, ABSENT)
        if one is ABSENT or other is ABSENT:
            yield Difference(f"{path}[{name}]", one, other)
        else:
            yield from differences(one, other, f"{path}[{name}]")


def _by_name(parts: tuple[Any, ...]) -> dict[str, Any] | None:
    """Return the parts by what each is called; None where they have no names, or not each its own."""
    names = [_name(part) for part in parts]
    if not all(names) or len(set(names)) < len(names):
        return None
    return dict(zip([str(name) for name in names], parts, strict=True))


def _name(part: Any) -> str | None:
    if not isinstance(part, BaseModel):
        return None
    return next((str(getattr(part, one)) for one in _NAMES if getattr(part, one, None)), None)
