"""One change to one alert."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from monitors.spec import NrqlCondition, SpecError

# How far a number is moved: far enough that a person would mean something else by it, near enough that only a case
# that holds the signal close to the threshold notices.
SHARE: Final = 0.1


@dataclass(frozen=True)
class Mutant:
    """A condition with one thing changed; `notice` says what a case has to hold to tell it from the original."""

    condition: NrqlCondition
    field: str
    before: str
    after: str
    notice: str

    @property
    def title(self) -> str:
        """The change in one line, by which it is named in the list of equivalent ones."""
        return f"{self.field}: {self.before} → {self.after}"


def mutant(condition: NrqlCondition, field: str, before: str, after: str, notice: str, **update: Any) -> Mutant | None:
    """Return the change, None where the result is no valid condition: it could not ship, so no case has to notice."""
    try:
        changed = condition.model_copy(update=update)
    except SpecError:
        return None
    return Mutant(changed, field, before, after, notice)
