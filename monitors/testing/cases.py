"""A case: what the service emits over a time, and the incidents that come of it. Nothing else may happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, model_validator

from monitors.spec import Severity
from monitors.testing.durations import duration_text, seconds_of
from monitors.testing.expansion import MOST_POINTS, Tick, expand
from monitors.testing.names import Source, attribute_of, event_source, metric_source, typed
from monitors.testing.notation import Values, number_text
from monitors.testing.notation_parser import parse_values
from monitors.testing.parts import CasePart

# A Monday whose windows of an hour and of six begin at round times after the start: 09:00 and 12:00 UTC.
DEFAULT_START: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
StackName = Literal["staging", "prod"]
# What stands, in an attribute's value, for the name of the stack that emits, of the other one, and of the service.
ENV, OTHER, SERVICE = "<env>", "<other>", "<service>"


@dataclass(frozen=True, slots=True)
class Span:
    """A moment of a case, in seconds after its start; where `latest` is later than `earliest`, any between will do."""

    earliest: int
    latest: int

    def holds(self, seconds: float) -> bool:
        """Say whether a moment is meant."""
        return self.earliest <= seconds <= self.latest

    def __str__(self) -> str:
        first = duration_text(self.earliest)
        return first if self.earliest == self.latest else f"{first}..{duration_text(self.latest)}"


def _seconds(value: Any) -> Any:
    return seconds_of(value) if isinstance(value, str) else value


def _span(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    first, _, last = value.partition("..")
    earliest = seconds_of(first)
    latest = seconds_of(last) if last else earliest
    if latest < earliest:
        raise ValueError("the second time comes before the first; write the earlier one first")
    return Span(earliest, latest)


def _values(value: Any) -> Any:
    return parse_values(value) if isinstance(value, str) else value


def _moment(value: Any) -> Any:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if isinstance(moment, datetime) and moment.utcoffset() is None:
        raise ValueError("it has no offset; write it as in 2026-03-02T09:00:00+00:00")
    return moment


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Seconds = Annotated[int, BeforeValidator(_seconds)]
Moment = Annotated[Span, BeforeValidator(_span)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Series(CasePart):
    """Points of one metric, or events of one type, all with the same attributes.

    A metric's value is what is measured; an event's is the attribute that `values_of` names or, without it, how many
    events there are. `times` says how often the same value is measured at each point: as one summary of a distribution,
    or as so many events. `stack` "other" emits as the other environment would.
    """

    metric: str | None = None
    event: str | None = None
    values_of: str | None = None
    attributes: Annotated[Mapping[str, str], Field(alias="with")] = Field(default_factory=dict)
    every_seconds: Annotated[Seconds, Field(alias="every", ge=1, description="Write a time such as 20s.")] = 20
    times: Annotated[int, Field(ge=1, le=100_000, description="Write how often each value is measured.")] = 1
    stack: Annotated[Literal["own", "other"], Field(description="Write own or other.")] = "own"
    values: Annotated[
        Values, BeforeValidator(_values), Field(min_length=1, description="Write values such as 300 for 5m.")
    ]

    @model_validator(mode="after")
    def _is_emitted(self) -> Series:
        if (self.metric is None) == (self.event is None):
            raise ValueError(
                "give metric or event, one of them: a series is points of one metric or events of one type"
            )
        self._check_source()
        for name in self.attributes:
            self._check_attribute(name)
        self._check_measures()
        self._check_counts()
        return self

    @cached_property
    def source(self) -> Source:
        """What the series is of."""
        return metric_source(self.metric) if self.metric is not None else event_source(str(self.event))

    @cached_property
    def ticks(self) -> tuple[Tick, ...]:
        """What each tick of the interval holds."""
        return expand(self.values, self.every_seconds)

    @property
    def length_seconds(self) -> int:
        """How long the series lasts, closing silence and the last late arrival included."""
        arrivals = (
            index * self.every_seconds + tick.late_seconds
            for index, tick in enumerate(self.ticks)
            if tick.value is not None
        )
        return max(len(self.ticks) * self.every_seconds, max(arrivals, default=0))

    def _check_source(self) -> None:
        try:
            assert self.source
        except ValueError as error:
            field = "metric" if self.metric is not None else "event"
            raise ValueError(f"field {field} is {self.metric or self.event!r}: {error}") from None

    def _check_attribute(self, name: str) -> None:
        try:
            attribute = attribute_of(self.source, name)
            if not any(placeholder in self.attributes[name] for placeholder in (ENV, OTHER, SERVICE)):
                typed(attribute, self.attributes[name])
        except ValueError as error:
            raise ValueError(f"field with.{name} is {self.attributes[name]!r}: {error}") from None

    def _check_measures(self) -> None:
        if self.values_of is not None:
            if self.event is None:
                raise ValueError(f"field values_of is {self.values_of!r}: a metric's values are its own; leave it out")
            try:
                attribute_of(self.source, self.values_of)
            except ValueError as error:
                raise ValueError(f"field values_of is {self.values_of!r}: {error}") from None
        if self.times > 1 and not self.source.is_summary and self.values_of is None:
            raise ValueError(
                f"field times is {self.times}: only a distribution, or an event with values_of, is measured several "
                "times at a point; write the total into values"
            )

    def _check_counts(self) -> None:
        """Refuse what cannot be counted, and more rows than a case can need."""
        held = [tick.value for tick in self.ticks if tick.value is not None]
        counts_events = self.event is not None and self.values_of is None
        if counts_events or self.source.is_count:
            wrong = next((value for value in held if value < 0 or not value.is_integer()), None)
            if wrong is not None:
                what = "a number of events" if counts_events else "a count"
                raise ValueError(f"field values holds {number_text(wrong)}: {what} is whole and not negative")
        rows = sum(held) if counts_events else len(held) * (self.times if self.event is not None else 1)
        if rows > MOST_POINTS:
            raise ValueError(f"it makes {rows:,.0f} events; {MOST_POINTS:,} are enough for any case")


class Expectation(CasePart):
    """One incident that has to open. Without `closes` it has to be open still when the case ends.

    What is left out of `severity`, `runbook`, `told` and `paged` is not looked at; the rest always is. `told` names the
    destinations that hear of it, `paged` the users notified first, for each stack.
    """

    opens: Annotated[Moment, Field(description="Write when it opens, such as 8m, or 8m..9m where it is not exact.")]
    closes: Annotated[Moment | None, Field(description="Write when it closes, or leave it out: it stays open.")] = None
    priority: Annotated[Literal["critical", "warning"], Field(description="Write critical or warning.")]
    cause: Annotated[
        Literal["threshold", "loss of signal"], Field(description="Write threshold or loss of signal.")
    ] = "threshold"
    facet: Annotated[Names, Field(description="Write the facet's value, or a list of values.")] = ()
    severity: Annotated[Severity | None, Field(description="Write SEV1, SEV2, SEV3 or SEV4.")] = None
    runbook: Annotated[str | None, Field(description="Write file.md#anchor.")] = None
    told: Annotated[Names | None, Field(description="List the destinations that are told.")] = None
    paged: Annotated[Mapping[StackName, Names] | None, Field(description="Give a list of users for each stack.")] = None

    @model_validator(mode="after")
    def _closes_after_it_opens(self) -> Expectation:
        if self.closes is not None and self.closes.latest < self.opens.earliest:
            raise ValueError(f"closes at {self.closes}, before it opens at {self.opens}; one of them is wrong")
        return self


class Case(CasePart):
    """One promise about one alert: given these series, exactly these incidents."""

    name: Annotated[str, Field(min_length=10, max_length=160, description="Name the case by its promise.")]
    start: Annotated[datetime, BeforeValidator(_moment)] = DEFAULT_START
    stacks: Annotated[
        Annotated[tuple[StackName, ...], BeforeValidator(_listed)],
        Field(alias="stack", min_length=1, description="Write staging or prod, or leave it out for both."),
    ] = ("prod", "staging")
    series: Annotated[tuple[Series, ...], Field(min_length=1, description="Give at least one series.")]
    expect: Annotated[tuple[Expectation, ...], Field(description="List incidents, or write nothing.")]

    @property
    def length_seconds(self) -> int:
        """How long the case lasts: as long as its longest series."""
        return max(series.length_seconds for series in self.series)

    @model_validator(mode="after")
    def _ends_after_what_is_expected(self) -> Case:
        for one in self.expect:
            for moment in (one.opens, one.closes):
                if moment is not None and moment.latest > self.length_seconds:
                    raise ValueError(
                        f"expects something at {moment}, and the series end at {duration_text(self.length_seconds)}; "
                        "let one of them go on, with `_ for 10m` where nothing more is emitted"
                    )
        return self
