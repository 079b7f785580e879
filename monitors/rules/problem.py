"""What a check finds: data, printed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitors.spec.places import Place


class Level(StrEnum):
    """How much a problem matters: an error or a warning fails a check run, a note does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A query and the part of it that is meant, as character offsets from `start` to before `end`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one spec of one or more stacks.

    `subject` is what a person calls the spec, such as `NRQL condition "Daily cost"`; `key` is the spec's kind and key,
    such as `condition/daily-cost`, by which it is silenced; `field` is the field at fault. `message` says what is wrong
    with which value, and what that would do; `advice` is the next step. Both are full sentences.
    """

    code: str
    level: Level
    subject: str
    key: str
    field: str
    message: str
    advice: str
    place: Place | None = None
    excerpt: Excerpt | None = None
    stacks: tuple[str, ...] = ()
