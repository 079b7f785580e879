"""One stack as checks look at it: every spec with its title and place, every query parsed once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, TypeVar

from monitors.nrql import parse
from monitors.nrql.errors import NrqlSyntaxError
from monitors.nrql.functions import FUNCTIONS
from monitors.nrql.tree import Call, Node, Query, Statement
from monitors.nrql.walk import walk
from monitors.rules.subjects import Subject, keyed_specs, named, stack_subject
from monitors.spec import Dashboard, Events, MarkdownWidget, NrqlCondition, Page, Policy, Spec, Stack, Widget

__all__ = ["Review", "ReviewedCondition", "ReviewedQuery", "ReviewedWidget", "Subject", "read_query"]

# New Relic takes less than 4 KB, see query/text-length; some checks take a query's length squared.
LONGEST_QUERY: Final = 50_000
AnyNode = TypeVar("AnyNode", bound=Node)
Use = Literal["condition", "widget", "variable", "enrichment", "service level"]


@dataclass(frozen=True)
class ReviewedQuery:
    """One query: `tree` where it could be read, `fault` where not, and what it is for."""

    subject: Subject
    field: str
    text: str
    use: Use
    tree: Statement | None
    fault: NrqlSyntaxError | None

    @property
    def query(self) -> Query | None:
        """The tree where it is a SELECT query."""
        return self.tree if isinstance(self.tree, Query) else None

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node of the tree in the order of the text; walked once for all checks."""
        return () if self.tree is None else tuple(walk(self.tree))

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Every call of one of NRQL's functions, those of subqueries too; a method of PREDICT is none."""
        return tuple(call for call in self.all(Call) if call.function.lower() in FUNCTIONS)

    def all(self, kind: type[AnyNode]) -> tuple[AnyNode, ...]:
        """Return every node of a kind, in the order of the text."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> Mapping[type[Node], tuple[Any, ...]]:
        kinds: dict[type[Node], list[Node]] = defaultdict(list)
        for node in self.nodes:
            kinds[type(node)].append(node)
        return {kind: tuple(nodes) for kind, nodes in kinds.items()}


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
    """One stack, read once for all checks.

    `runbook_anchors` are the sections of each runbook file with their parts, None where they were not looked up.
    `loose` are queries that belong to no spec, such as those of a file.
    """

    stack: Stack
    runbook_anchors: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None
    loose: tuple[ReviewedQuery, ...] = ()

    @cached_property
    def conditions(self) -> tuple[ReviewedCondition, ...]:
        """Every condition, in the order of declaration."""
        return tuple(
            self._condition(policy, condition)
            for policy in self.stack.observability.policies
            for condition in policy.conditions
        )

    @cached_property
    def widgets(self) -> tuple[ReviewedWidget, ...]:
        """Every widget of every dashboard."""
        return tuple(
            _widget(dashboard, page, widget)
            for dashboard in self.stack.observability.dashboards
            for page in dashboard.pages
            for widget in page.widgets
        )

    @cached_property
    def queries(self) -> tuple[ReviewedQuery, ...]:
        """Every query of the stack, of whatever use."""
        return (
            *(condition.query for condition in self.conditions),
            *(query for widget in self.widgets for query in widget.queries),
            *self._variable_queries(),
            *self._enrichments(),
            *self._service_level_queries(),
            *self.loose,
        )

    @cached_property
    def condition_queries(self) -> tuple[ReviewedQuery, ...]:
        """The queries that stand in a condition, or are to."""
        return tuple(query for query in self.queries if query.use == "condition")

    def subject(self, kind: str, spec: Spec, query: str | None = None) -> Subject:
        """Return a spec that has a key as a subject."""
        return named(kind, spec, query)

    def every_subject(self) -> Iterator[Subject]:
        """Yield every spec that can be named by a silence."""
        yield stack_subject(self.stack)
        for kind, spec in keyed_specs(self.stack):
            yield named(kind, spec)
        yield from (widget.subject for widget in self.widgets)
        yield from (query.subject for query in self.queries if query.use in ("variable", "enrichment"))

    def _condition(self, policy: Policy, condition: NrqlCondition) -> ReviewedCondition:
        subject = named("condition", condition, condition.query)
        query = read_query(subject, "query", condition.query, "condition")
        return ReviewedCondition(condition, policy, subject, query)

    def _variable_queries(self) -> Iterator[ReviewedQuery]:
        for dashboard in self.stack.observability.dashboards:
            for variable in dashboard.variables:
                if variable.query is not None:
                    title = f'variable {variable.name} of dashboard "{dashboard.name}"'
                    key = f"dashboard/{dashboard.key}/variable/{variable.name}"
                    subject = Subject(title, key, variable.declared_at, variable.query)
                    yield read_query(subject, "query", variable.query, "variable")

    def _enrichments(self) -> Iterator[ReviewedQuery]:
        for workflow in self.stack.observability.workflows:
            for enrichment in workflow.enrichments:
                title = f'enrichment "{enrichment.name}" of workflow "{workflow.name}"'
                key = f"workflow/{workflow.key}/enrichment/{enrichment.name}"
                subject = Subject(title, key, enrichment.declared_at, enrichment.query)
                yield read_query(subject, "query", enrichment.query, "enrichment")

    def _service_level_queries(self) -> Iterator[ReviewedQuery]:
        for level in self.stack.observability.service_levels:
            for name in ("valid", "good", "bad"):
                events: Events | None = getattr(level, name)
                if events is not None:
                    text = _as_query(events)
                    yield read_query(named("service-level", level, text), name, text, "service level")


def read_query(subject: Subject, field: str, text: str, use: Use) -> ReviewedQuery:
    """Parse a query, and keep its fault where it cannot be read, or is longer than anybody writes."""
    if len(text) > LONGEST_QUERY:
        reason = f"it is {len(text):,} characters long, and up to {LONGEST_QUERY:,} are read"
        return ReviewedQuery(subject, field, text, use, None, NrqlSyntaxError(text, LONGEST_QUERY, 1, reason))
    try:
        return ReviewedQuery(subject, field, text, use, parse(text), None)
    except NrqlSyntaxError as fault:
        return ReviewedQuery(subject, field, text, use, None, fault)


def _widget(dashboard: Dashboard, page: Page, widget: Widget) -> ReviewedWidget:
    place = f"row {widget.place.row} column {widget.place.column}"
    title = f'{widget.LABEL} "{widget.title or place}" of dashboard "{dashboard.name}"'
    subject = Subject(title, f"dashboard/{dashboard.key}/{page.name}/{widget.title or place}", widget.declared_at)
    texts = () if isinstance(widget, MarkdownWidget) else widget.queries
    queries = tuple(
        read_query(Subject(subject.title, subject.key, subject.place, text), _query_field(texts, index), text, "widget")
        for index, text in enumerate(texts)
    )
    return ReviewedWidget(widget, page, dashboard, subject, queries)


def _query_field(texts: tuple[str, ...], index: int) -> str:
    return "queries" if len(texts) == 1 else f"queries.{index}"


def _as_query(events: Events) -> str:
    """Return the query that New Relic makes of a service level's events, as far as names and conditions go."""
    select = "count(*)" if events.attribute is None else f"sum(`{events.attribute}`)"
    where = "" if events.where is None else f" WHERE {events.where}"
    return f"FROM {events.source} SELECT {select}{where}"
