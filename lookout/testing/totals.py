"""The sum of many alerts' mutation scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitors.testing.mutation.scoring import AlertScore


@dataclass(frozen=True)
class Totals:
    """How many mutants there are, were noticed, and mean the same; `faults` counts wrong declarations of the latter."""

    mutants: int
    noticed: int
    equivalent: int
    faults: int

    @classmethod
    def of(cls, scores: Sequence[AlertScore]) -> Totals:
        """Add up scores."""
        return cls(
            mutants=sum(len(one.verdicts) for one in scores),
            noticed=sum(one.noticed for one in scores),
            equivalent=sum(one.equivalent for one in scores),
            faults=sum(len(one.faults) for one in scores),
        )

    @property
    def score_percent(self) -> float:
        """The share of mutants that were noticed, of those that are not declared to mean the same."""
        counted = self.mutants - self.equivalent
        return 100.0 if not counted else 100.0 * self.noticed / counted

    @property
    def is_whole(self) -> bool:
        """Whether no mutant survived and every declaration is right."""
        return self.noticed + self.equivalent == self.mutants and not self.faults

    def told(self) -> str:
        """Return the sum as a sentence; a score is rounded down, so that 100 % means all."""
        survived = self.mutants - self.noticed - self.equivalent
        shown = f"{int(self.score_percent * 10) / 10:g}"
        return (
            f"Mutation score {shown} %: {self.noticed:,} of {self.mutants - self.equivalent:,} mutants noticed, "
            f"{survived:,} survived; {self.equivalent:,} more are declared to mean the same."
        )
