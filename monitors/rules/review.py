"""One stack as checks look at it: every spec with its title and place, every query parsed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from monitors.nrql.errors import NrqlSyntaxError
from monitors.nrql.tree import Statement
from monitors.spec import Dashboard, NrqlCondition, Page, Policy, Spec, Stack, Widget
from monitors.spec.places import Place


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: a spec, what a person calls it, and the query that is meant where it has one.

    `key` is kind and key, such as `condition/daily-cost` or `dashboard/cost/By model/Cost by model (USD)`.
    """

    title: str
    key: str
    place: Place | None
    query: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewedQuery:
    """One query: `tree` where it could be read, `fault` where not, and what it is for."""

    subject: Subject
    field: str
    text: str
    use: str  # condition, widget, variable, enrichment, service level
    tree: Statement | None
    fault: NrqlSyntaxError | None


@dataclass(frozen=True, slots=True)
class ReviewedCondition:
    """One condition with its policy and its query."""

    spec: NrqlCondition
    policy: Policy
    subject: Subject
    query: ReviewedQuery


@dataclass(frozen=True, slots=True)
class ReviewedWidget:
    """One widget with where it is; a markdown widget has no queries."""

    spec: Widget
    page: Page
    dashboard: Dashboard
    subject: Subject
    queries: tuple[ReviewedQuery, ...]


@dataclass(frozen=True)
class Review:
    """One stack, read once for all checks."""

    stack: Stack
    runbook_anchors: Mapping[str, frozenset[str]] | None = field(default=None)

    @cached_property
    def conditions(self) -> tuple[ReviewedCondition, ...]:
        """Every condition, in the order of declaration."""
        raise NotImplementedError

    @cached_property
    def widgets(self) -> tuple[ReviewedWidget, ...]:
        """Every widget of every dashboard."""
        raise NotImplementedError

    @cached_property
    def queries(self) -> tuple[ReviewedQuery, ...]:
        """Every query of the stack, of whatever use."""
        raise NotImplementedError

    def subject(self, kind: str, spec: Spec, query: str | None = None) -> Subject:
        """Return a spec that has a key as a subject."""
        raise NotImplementedError

    def every_subject(self) -> Iterator[Subject]:
        """Yield every spec that can be named by a silence."""
        raise NotImplementedError
