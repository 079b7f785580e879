"""What a run of checks has to say, before it is put into words of any form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lookout.checking.query_files import LOOSE
from monitors.nrql.excerpts import position
from monitors.rules.check import Check
from monitors.rules.problem import Level, Problem
from monitors.rules.review import Review

CHECKOUT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Report:
    """One run: what was looked at, by how many checks, and what was found."""

    reviews: tuple[Review, ...]
    checks: tuple[Check, ...]
    problems: tuple[Problem, ...]
    silenced: int = 0

    @property
    def stacks(self) -> tuple[str, ...]:
        """The names of the stacks that were checked; none where only loose queries were."""
        return tuple(review.stack.name for review in self.reviews if not review.loose)

    @property
    def counts(self) -> dict[str, int]:
        """How much was looked at; what two stacks share counts once."""
        reviews = self.reviews
        return {
            "conditions": len({one.spec.key for review in reviews for one in review.conditions}),
            "dashboards": len({one.key for review in reviews for one in review.stack.observability.dashboards}),
            "queries": max((len(review.queries) for review in reviews), default=0),
            "checks": len(self.checks),
        }

    @property
    def levels(self) -> dict[Level, int]:
        """How many problems there are of each level."""
        found = Counter(problem.level for problem in self.problems)
        return {level: found[level] for level in Level}


@dataclass(frozen=True, slots=True)
class Location:
    """Where a problem is shown: `column` is known only where the text itself is in the file."""

    path: str
    line: int
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        """Return the form that terminals and editors make a link of."""
        return f"{self.path}:{self.line}" if self.column is None else f"{self.path}:{self.line}:{self.column}"

    @property
    def is_file(self) -> bool:
        """Whether it is a file, not standard input or the command line."""
        return not self.path.startswith("<")


def location(problem: Problem) -> Location | None:
    """Return where a problem is: the spec's declaration, or the very place in a file of queries."""
    place, excerpt = problem.place, problem.excerpt
    if place is None:
        return None
    path = shown_path(place.file)
    if not problem.key.startswith(f"{LOOSE}/") or excerpt is None:
        return Location(path, place.line)
    line, column = position(excerpt.text, excerpt.start)
    end_line, end_column = position(excerpt.text, max(excerpt.end, excerpt.start + 1))
    return Location(path, place.line + line - 1, column, place.line + end_line - 1, end_column)


def shown_path(file: str) -> str:
    """Return a path from the current folder on, else from the checkout on, else whole."""
    path = Path(file)
    for folder in (Path.cwd(), CHECKOUT):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return file


def page_of(code: str) -> str:
    """Return the path of a code's page, from the checkout on."""
    return f"docs/checks/{code}.md"


def page_text(code: str) -> str | None:
    """Return the text of a code's page, None where the documentation is not installed."""
    path = CHECKOUT / page_of(code)
    return path.read_text(encoding="utf-8") if path.is_file() else None
