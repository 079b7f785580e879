"""Reads the mistakes: each file of cases/ holds those of one subject, an entry each; a new one needs no code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

CASES: Final = Path(__file__).with_name("cases")
VENDORS: Final = ("New Relic", "PagerDuty", "Render")
REFUSED: Final = "spec/refused"
_FIELDS: Final = {"title", "preview", "then", "caught_by", "snippet"}
_HEAD: Final = {"vendor", "subject", "mistakes"}


class Preview(Enum):
    """What the real plugin's preview does with a mistake: the words of a case file, and those of the page.

    `PASSES` and `CAUGHT` were measured with a mistake of the kind. `UNREAD` are mistakes within a query's text, not
    tried one by one: the plugin hands the text on without reading it.
    """

    PASSES = "passes"
    UNREAD = "passes unread"
    CAUGHT = "caught"
    NOT_TRIED = "not tried"


@dataclass(frozen=True)
class Mistake:
    """One mistake as an author would make it; `then` says what comes of it, `caught_by` what finds it here."""

    vendor: str
    subject: str
    title: str
    preview: Preview
    then: str
    caught_by: str
    snippet: str

    @property
    def id(self) -> str:
        """The name of its test."""
        return f"{self.vendor}: {self.title}"

    @property
    def at_construction(self) -> bool:
        """Whether the spec cannot even be built."""
        return self.caught_by == REFUSED


@cache
def mistakes() -> tuple[Mistake, ...]:
    """Return every mistake, by vendor, in the order of the files' names and of their entries."""
    found = [mistake for path in sorted(CASES.glob("*/*.yaml")) for mistake in _read(path)]
    return tuple(sorted(found, key=lambda mistake: VENDORS.index(mistake.vendor)))


def _read(path: Path) -> Iterator[Mistake]:
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(told) == _HEAD, f"{path} needs {sorted(_HEAD)} and has {sorted(told)}"
    assert told["vendor"] in VENDORS, f"{path}: vendor {told['vendor']!r} is none of {VENDORS}"
    for entry in told["mistakes"]:
        yield _mistake(path, told["vendor"], told["subject"], entry)


def _mistake(path: Path, vendor: str, subject: str, entry: dict[str, Any]) -> Mistake:
    assert set(entry) == _FIELDS, f"{path}: {entry.get('title')!r} needs {sorted(_FIELDS)} and has {sorted(entry)}"
    fields = {name: str(value).strip() for name, value in entry.items()}
    return Mistake(vendor, subject, **{**fields, "preview": Preview(fields["preview"])})  # type: ignore[arg-type]  # the one field that is no text is replaced
