"""Compares a resource's state with what the program now declares, as the vendors' real plugins do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.plugins.facts import Facts, pattern_of
from sandbox.plugins.schema import Resource
from sandbox.plugins.unknown import UNKNOWN

Change = Literal["add", "delete", "update"]
_NOTHING: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class PropertyChange:
    """One changed place, by its exact path: `critical.threshold`, `rules.0.targets`."""

    path: str
    change: Change
    replaces: bool

    @property
    def name(self) -> str:
        """The property of the resource that holds the place."""
        return self.path.split(".")[0]

    @property
    def engine_path(self) -> str:
        """The path as the engine writes it: `rules[0].targets`."""
        first, *rest = self.path.split(".")
        return first + "".join(f"[{part}]" if part.isdigit() else f".{part}" for part in rest)


def changes(resource: Resource, facts: Facts, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[PropertyChange]:
    """Every place where the declared inputs differ from the state, in the schema's order."""
    replacing = resource.replaces | facts.replaces
    return [
        PropertyChange(path, change, bool({pattern_of(path), path.split(".")[0]} & replacing))
        for name in resource.inputs.fields
        for path, change in _places(facts, name, old.get(name), new.get(name))
    ]


def _places(facts: Facts, path: str, before: Any, after: Any) -> Iterator[tuple[str, Change]]:
    pattern = pattern_of(path)
    if (
        pattern in facts.write_only
        or (after is None and pattern in facts.computed)
        or _same(facts, path, before, after)
    ):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            yield from _places(facts, f"{path}.{key}", before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, pair in enumerate(zip(before, after, strict=True)):
            yield from _places(facts, f"{path}.{index}", *pair)
    else:
        yield path, "add" if before is None else "delete" if after is None else "update"


def _same(facts: Facts, path: str, before: Any, after: Any) -> bool:
    if after is UNKNOWN:
        return False
    if before in _NOTHING and after in _NOTHING:
        return True
    choice = facts.choices.get(pattern_of(path))
    if choice is not None and choice.ignore_case and isinstance(before, str) and isinstance(after, str):
        return before.lower() == after.lower()
    return bool(before == after)
