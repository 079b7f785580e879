"""Codes of problems that no check finds: they come up while specs are read and checks are run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from monitors.rules.problem import Level


@dataclass(frozen=True, slots=True)
class Notice:
    """One such code, with its level and summary; its page is docs/checks/group/name.md."""

    code: str
    level: Level
    summary: str


SPEC_REFUSED: Final = Notice("spec/refused", Level.ERROR, "A spec cannot be built, so that nothing else can be proved.")
SILENCE_UNUSED: Final = Notice("silence/unused", Level.WARNING, "A silence silences nothing.")
CHECK_FAILED: Final = Notice("check/failed", Level.ERROR, "A check broke down; what it would have found is not known.")
NOTICES: Final = (SPEC_REFUSED, SILENCE_UNUSED, CHECK_FAILED)
