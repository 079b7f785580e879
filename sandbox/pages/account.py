"""The account as its pages read it: every object, and which of them name each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sandbox.pages.words import VENDORS
from sandbox.store import Record, Store

# A number is an object's id where the field says so, and 300 a threshold elsewhere; an account's number is no object's.
_REFERRING_NAME = re.compile(r"(?!.*account)(.*[a-z_])?(id|ids|guid|guids)", re.IGNORECASE)
_SHORTEST_ID = 4
# What an account has or gathers by itself at Render; it would bury the things that were declared.
OWN_KINDS = frozenset({"deploy", "event", "owner"})


@dataclass(frozen=True)
class Account:
    """A reading of the store, made for one page."""

    store: Store
    runbooks: Path

    @cached_property
    def records(self) -> list[Record]:
        """Every object, by vendor and then oldest first."""
        return [record for vendor in VENDORS for record in self.store.find(vendor)]

    @cached_property
    def declared(self) -> list[Record]:
        """Every object but those that came about by themselves, such as deploys."""
        return [record for record in self.records if record.kind not in OWN_KINDS]

    @cached_property
    def runbook_names(self) -> list[str]:
        """The runbooks there are, without their suffix."""
        return sorted(path.stem for path in self.runbooks.glob("*.md"))

    def of_kind(self, vendor: str, *kinds: str) -> list[Record]:
        """A vendor's objects of these kinds, by name."""
        found = [record for record in self.records if record.vendor == vendor and record.kind in kinds]
        return sorted(found, key=lambda record: record.name.lower())

    def target(self, field_name: str, value: object) -> Record | None:
        """The object that a field's value names by its id, None when it names none."""
        text = str(value)
        if isinstance(value, bool) or (text.isdigit() and not _REFERRING_NAME.fullmatch(field_name)):
            return None
        return self._by_id.get(text)

    def users_of(self, record: Record) -> list[Record]:
        """The objects that name this one by its id."""
        return [other for other in self.declared if page_of(other) != page_of(record) and self._names(other, record)]

    def _names(self, other: Record, record: Record) -> bool:
        return any(self.target(name, value) == record for name, value in _scalars(other.document))

    @cached_property
    def _by_id(self) -> dict[str, Record]:
        found: dict[str, Record] = {}
        for record in self.records:
            for identity in _identities(record):
                found.setdefault(identity, record)
        return found


def page_of(record: Record) -> str:
    """The address of an object's page, from the root."""
    return "/objects/" + "/".join(quote(part, safe=":") for part in (record.vendor, record.kind, record.id))


def _identities(record: Record) -> Iterator[str]:
    outputs = record.document.get("outputs") or {}
    # An object whose own id is a guid may belong to another (tags on an entity): only the vendor's id counts there.
    candidates = [record.id, *(outputs.get(name) for name in ("guid", "entityGuid"))]
    return (str(value) for value in candidates if value and len(str(value)) >= _SHORTEST_ID)


def _scalars(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _scalars(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _scalars(inner, name)
    else:
        yield name, value
