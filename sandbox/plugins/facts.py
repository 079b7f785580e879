"""What a vendor's real plugin does with a type of resource, and no SDK class tells: the form of those facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Choice:
    """The values that the real plugin accepts at a place."""

    values: tuple[Any, ...]
    ignore_case: bool = False

    def has(self, value: Any) -> bool:
        """Whether the value is one of them."""
        if self.ignore_case and isinstance(value, str):
            return value.lower() in {str(known).lower() for known in self.values}
        return value in self.values


PreviewRule = Callable[[Mapping[str, Any]], Iterator[str]]


def no_rule(inputs: Mapping[str, Any]) -> Iterator[str]:
    """Find nothing wrong."""
    return iter(())


@dataclass(frozen=True)
class Facts:
    """The facts of one kind. Places are paths such as `critical.operator`, `*` being every entry of a list.

    - `replaces`: inputs whose change needs another object, beside those that the SDK's docstrings name.
    - `defaults`: what the plugin fills in, when the object around the place is there.
    - `choices`: enumerations that the real plugin checks in a preview; those that it misses are left out on purpose.
    - `secrets`: places that are secret in the state.
    - `write_only`: secrets that the vendor never tells again, so that no change of theirs can be seen.
    - `computed`: places that the vendor fills in when the program leaves them out.
    - `rule`: other problems that the real plugin finds in a preview, one sentence each.
    """

    replaces: frozenset[str] = frozenset()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()
    write_only: frozenset[str] = frozenset()
    computed: frozenset[str] = frozenset()
    rule: PreviewRule = no_rule


def places(document: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every value at a place, with its exact path: `rules.*.id` finds `rules.0.id` and `rules.1.id`."""
    head, _, rest = path.partition(".")
    for key, value in _entries(document, head):
        if not rest:
            yield key, value
        else:
            yield from ((f"{key}.{inner}", found) for inner, found in places(value, rest))


def holders(document: Any, path: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Every object that has, or could have, the place's last name, with that name."""
    before, _, last = path.rpartition(".")
    found = [document] if not before else [value for _, value in places(document, before)]
    yield from ((holder, last) for holder in found if isinstance(holder, dict))


def pattern_of(path: str) -> str:
    """The place of an exact path: `rules.0.id` is one of `rules.*.id`."""
    return ".".join("*" if part.isdigit() else part for part in path.split("."))


def _entries(document: Any, head: str) -> Iterator[tuple[str, Any]]:
    if head == "*" and isinstance(document, list):
        yield from ((str(index), item) for index, item in enumerate(document))
    elif isinstance(document, Mapping) and head in document:
        yield head, document[head]
    elif isinstance(document, list) and head.isdigit() and int(head) < len(document):
        yield head, document[int(head)]
