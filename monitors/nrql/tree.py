"""The syntax tree of NRQL: what `parse` gives, what `to_text` prints, what checks and the evaluator read.

Every node is frozen and knows the part of the text it was read from: `span` is a pair of character offsets, from the
first character to the one after the last. Spans take no part in comparisons, so that a tree equals the one read from
its own print. Parentheses are not kept; the printer sets them where they are needed. Clauses stand in the text in any
order and in the tree in one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Span = tuple[int, int]
Unit = Literal["millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year"]
UNIT_SECONDS: Final[Mapping[Unit, float]] = {
    "millisecond": 0.001,
    "second": 1.0,
    "minute": 60.0,
    "hour": 3_600.0,
    "day": 86_400.0,
    "week": 604_800.0,
    # docs.newrelic.com, "Set a query's time range": 30, 91 and 365 days.
    "month": 2_592_000.0,
    "quarter": 7_862_400.0,
    "year": 31_536_000.0,
}
NOWHERE: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Node:
    """The base of all nodes."""

    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


# Values.


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number."""

    value: int | float


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A text in single quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Pattern(Node):
    """A regular expression, written r'...', in RE2's syntax."""

    value: str


@dataclass(frozen=True, slots=True)
class Boolean(Node):
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Null(Node):
    """`NULL`."""


@dataclass(frozen=True, slots=True)
class Duration(Node):
    """A span of time, such as `5 minutes`; the unit is kept in the singular and lower case."""

    count: int | float
    unit: Unit

    @property
    def seconds(self) -> float:
        """How long it is, in seconds."""
        return self.count * UNIT_SECONDS[self.unit]


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """A dashboard's template variable, written `{{name}}`."""

    name: str


@dataclass(frozen=True, slots=True)
class Star(Node):
    """The `*` of `count(*)` and `SELECT *`."""


@dataclass(frozen=True, slots=True)
class Attribute(Node):
    """An attribute or metric by its name, without the backquotes it may be written in."""

    name: str


@dataclass(frozen=True, slots=True)
class Element(Node):
    """One element of an array or a map: `attribute[index]`."""

    base: Expression
    index: Expression


# Expressions.


@dataclass(frozen=True, slots=True)
class Listing(Node):
    """Attributes in braces, as `dimensions` and `cardinality` take them: `include: {host, zone}`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Where(Node):
    """A condition as an argument: the `WHERE ...` of `filter`, `percentage` and `funnel`."""

    condition: Expression


@dataclass(frozen=True, slots=True)
class Named(Node):
    """An argument by name: `t: 0.5`."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Labelled(Node):
    """An argument with a label: `WHERE page = 'a' AS 'first'` within `funnel`."""

    value: Argument
    label: str


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function call; `function` is in New Relic's own spelling, such as uniqueCount, whatever the text has."""

    function: str
    arguments: tuple[Argument, ...] = ()
    name_span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """A minus sign before an expression (a negative number literal is a Number)."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The opposite of a condition."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Two operands and `+`, `-`, `*`, `/` or `%`; equal ranks associate to the left."""

    operator: Literal["+", "-", "*", "/", "%"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """Two operands compared."""

    operator: Literal["=", "!=", "<", "<=", ">", ">=", "LIKE", "NOT LIKE", "RLIKE", "NOT RLIKE"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`operand [NOT] IN (options)`; the options are expressions or one subquery."""

    operand: Expression
    options: tuple[Expression, ...] | Query
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Is(Node):
    """`operand IS [NOT] NULL`, TRUE or FALSE."""

    operand: Expression
    what: Literal["NULL", "TRUE", "FALSE"]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Logical(Node):
    """Two or more parts joined by AND or by OR; outside conditions OR takes the first part that is not null."""

    operator: Literal["AND", "OR"]
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Subquery(Node):
    """A query in parentheses: nested aggregation in FROM, a value or a set of values in an expression."""

    query: Query


Expression = (
    Number
    | Text
    | Pattern
    | Boolean
    | Null
    | Duration
    | Variable
    | Star
    | Attribute
    | Element
    | Call
    | Negative
    | Not
    | Arithmetic
    | Comparison
    | Membership
    | Is
    | Logical
    | Listing
    | Subquery
)
Argument = Expression | Where | Named | Labelled


# Clauses.


@dataclass(frozen=True, slots=True)
class Selection(Node):
    """One item of SELECT or FACET: an expression and its label, if it has one."""

    expression: Expression
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class EventType(Node):
    """An event type that FROM names."""

    name: str


@dataclass(frozen=True, slots=True)
class Lookup(Node):
    """`lookup(table)`."""

    table: str


@dataclass(frozen=True, slots=True)
class Join(Node):
    """`[INNER|LEFT] JOIN (query) ON left = right`; `right` is None where one key serves both sides."""

    kind: Literal["INNER", "LEFT"]
    query: Query
    left: Expression
    right: Expression | None = None


@dataclass(frozen=True, slots=True)
class Source(Node):
    """FROM, with its JOIN; no `items` where FROM is left out, as `WITH 1 AS one SELECT one` may."""

    items: tuple[EventType | Variable | Lookup | Subquery, ...]
    join: Join | None = None

    @property
    def event_types(self) -> frozenset[str]:
        """The names of the event types that it names itself; those of subqueries and of JOIN are theirs."""
        return frozenset(item.name for item in self.items if isinstance(item, EventType))


@dataclass(frozen=True, slots=True)
class Case(Node):
    """One case of FACET CASES."""

    condition: Expression
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Order(Node):
    """ORDER BY one expression; `descending` None where neither ASC nor DESC is written."""

    expression: Expression
    descending: bool | None = None


@dataclass(frozen=True, slots=True)
class Facet(Node):
    """FACET: `by` expressions, or `cases` with `otherwise` for what meets none; FACET's own ORDER BY."""

    by: tuple[Selection, ...] = ()
    cases: tuple[Case, ...] = ()
    otherwise: Selection | None = None
    order_by: Order | None = None


@dataclass(frozen=True, slots=True)
class Limit(Node):
    """LIMIT; `count` None is MAX."""

    count: int | Variable | None


@dataclass(frozen=True, slots=True)
class Ago(Node):
    """A moment such as `1 hour ago`, which is meant too where `ago` is left out."""

    duration: Duration


@dataclass(frozen=True, slots=True)
class DayWord(Node):
    """A moment in words, in lower case: now, today, yesterday, monday ... sunday, `this week`, `last month` ...

    `at` is the time of day of `yesterday AT '01:23'`.
    """

    words: str
    at: str | None = None


# A text is a date such as '2026-01-31 12:00:00', a number milliseconds since 1970.
Moment = Ago | DayWord | Text | Number | Variable


@dataclass(frozen=True, slots=True)
class Step(Node):
    """A bucket's width: a duration, or AUTO or MAX."""

    width: Duration | Variable | Literal["AUTO", "MAX"]


@dataclass(frozen=True, slots=True)
class Timeseries(Node):
    """TIMESERIES; `step` None is AUTO left out."""

    step: Step | None = None
    slide_by: Step | None = None


@dataclass(frozen=True, slots=True)
class MetricFormat(Node):
    """`WITH METRIC_FORMAT '...'`."""

    format: str


@dataclass(frozen=True, slots=True)
class Timezone(Node):
    """`WITH TIMEZONE '...'`."""

    name: str


@dataclass(frozen=True, slots=True)
class Binding(Node):
    """`WITH expression AS name`, one of a list; `names` has several where `aparse` gives several."""

    expression: Expression
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Predict(Node):
    """`PREDICT [holtwinters(...)] [BY duration] [USING duration]`: the method, how far ahead, from how much past."""

    ahead: Duration | None = None
    method: Call | None = None
    using: Duration | None = None


Clause = Literal[
    "SELECT",
    "FROM",
    "JOIN",
    "WHERE",
    "FACET",
    "ORDER BY",
    "LIMIT",
    "OFFSET",
    "SINCE",
    "UNTIL",
    "COMPARE WITH",
    "TIMESERIES",
    "SLIDE BY",
    "EXTRAPOLATE",
    "PREDICT",
    "WITH",
    "RAW",
]


@dataclass(frozen=True, slots=True)
class Query(Node):
    """A whole SELECT query; `clauses` are those written, each with its span, keyword to end."""

    select: tuple[Selection, ...]
    source: Source
    bindings: tuple[Binding, ...] = ()
    metric_format: MetricFormat | None = None
    timezone: Timezone | None = None
    where: Expression | None = None
    facet: Facet | None = None
    order_by: Order | None = None
    limit: Limit | None = None
    offset: int | None = None
    since: Moment | None = None
    until: Moment | None = None
    compare_with: Moment | None = None
    timeseries: Timeseries | None = None
    extrapolate: bool = False
    predict: Predict | None = None
    raw: bool = False
    clauses: tuple[tuple[Clause, Span], ...] = field(default=(), compare=False, repr=False, kw_only=True)

    def clause(self, name: Clause) -> Span | None:
        """Return where a clause stands in the text, None when it is not written."""
        return next((span for clause, span in self.clauses if clause == name), None)


@dataclass(frozen=True, slots=True)
class ShowEventTypes(Node):
    """`SHOW EVENT TYPES`."""

    since: Moment | None = None
    until: Moment | None = None


@dataclass(frozen=True, slots=True)
class Deletion(Node):
    """`DELETE [attributes] FROM event_type [WHERE ...]`: a rule that drops data, or only some of its attributes."""

    event_type: EventType
    attributes: tuple[Attribute, ...] = ()
    where: Expression | None = None


Statement = Query | ShowEventTypes
