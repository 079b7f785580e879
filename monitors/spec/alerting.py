"""NRQL conditions and the policies that hold them, as New Relic evaluates them.

Limits are those of New Relic's documentation (docs.newrelic.com, "Create NRQL alert conditions" and "Rules and limits
for alerts") and of its provider's own arguments, pulumi-newrelic 5.80.4.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitors.spec.base import Spec
from monitors.spec.runbooks import RunbookSection
from monitors.spec.values import Key, OneTrimmedLine, Query, Sentence
from service.metrics import Unit

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
Name = Annotated[
    str,
    Field(min_length=3, max_length=128, description="New Relic takes names of 3 to 128 characters on one line."),
    OneTrimmedLine,
]


class Severity(StrEnum):
    """How bad it is, and by when somebody must act."""

    SEV1 = "SEV1"
    SEV2 = "SEV2"
    SEV3 = "SEV3"
    SEV4 = "SEV4"

    @property
    def pages(self) -> bool:
        """Whether it wakes somebody."""
        return self in (Severity.SEV1, Severity.SEV2)

    @property
    def acknowledge_within_seconds(self) -> int:
        """Time to the acknowledgement; for SEV3 and SEV4 working time, not clock time."""
        return {"SEV1": 15 * _MINUTE, "SEV2": 30 * _MINUTE, "SEV3": 8 * _HOUR, "SEV4": 40 * _HOUR}[self]

    @property
    def resolve_within_seconds(self) -> int:
        """Time to the end of the incident."""
        return {"SEV1": _HOUR, "SEV2": 4 * _HOUR, "SEV3": _DAY, "SEV4": 7 * _DAY}[self]


class Operator(StrEnum):
    """How a value is compared with a threshold. There is no default: the provider's own is EQUALS."""

    ABOVE = "above"
    ABOVE_OR_EQUALS = "above_or_equals"
    BELOW = "below"
    BELOW_OR_EQUALS = "below_or_equals"
    EQUALS = "equals"
    NOT_EQUALS = "not_equals"


class Occurrences(StrEnum):
    """Whether every window in the duration must breach, or one is enough."""

    ALL = "all"
    AT_LEAST_ONCE = "at_least_once"


class Threshold(Spec):
    """When a signal breaches: `value` is in the condition's unit (standard deviations for a baseline)."""

    LABEL: ClassVar[str] = "threshold"

    operator: Operator
    value: Annotated[float, Field(allow_inf_nan=False, description="Give a number in the condition's unit.")]
    duration_seconds: Annotated[
        int, Field(ge=_MINUTE, le=_DAY, description="New Relic takes 60 to 86,400 s, a multiple of the window.")
    ]
    occurrences: Occurrences = Occurrences.ALL


class Baseline(Spec):
    """Compare with what is usual instead of a fixed value; thresholds are standard deviations."""

    LABEL: ClassVar[str] = "baseline"

    direction: Literal["upper_only", "lower_only", "upper_and_lower"]
    seasonality: Literal["new_relic_calculation", "hourly", "daily", "weekly", "none"] = "new_relic_calculation"


class EventFlow(Spec):
    """Close a window when a later point than its end plus the delay arrives; for steady data."""

    LABEL: ClassVar[str] = "aggregation by event flow"

    kind: Literal["event_flow"] = "event_flow"
    delay_seconds: Annotated[int, Field(ge=0, le=1200, description="New Relic takes 0 to 1,200 s.")] = 120


class EventTimer(Spec):
    """Close a window when no point has arrived for the timer's time; for sparse data."""

    LABEL: ClassVar[str] = "aggregation by event timer"

    kind: Literal["event_timer"] = "event_timer"
    timer_seconds: Annotated[int, Field(ge=0, le=1200, description="New Relic takes 0 to 1,200 s.")] = 60


class Cadence(Spec):
    """Close windows by the wall clock after a delay; New Relic's older method."""

    LABEL: ClassVar[str] = "aggregation by cadence"

    kind: Literal["cadence"] = "cadence"
    delay_seconds: Annotated[int, Field(ge=0, le=3600, description="New Relic takes 0 to 3,600 s.")] = 120


class Fill(Spec):
    """What an empty window holds, once a later point has arrived; `none` leaves it out of the evaluation."""

    LABEL: ClassVar[str] = "gap filling"

    option: Literal["none", "static", "last_value"] = "none"
    value: Annotated[float | None, Field(allow_inf_nan=False, description="Give a number in the condition's unit.")] = (
        None
    )

    @model_validator(mode="after")
    def _value_belongs_to_static(self) -> Fill:
        if (self.option == "static") != (self.value is not None):
            raise ValueError(
                f"option is {self.option} and value is {self.value}: give a value with static and with no other"
            )
        return self


class Signal(Spec):
    """How points become the windows that are compared: `slide_seconds` None means windows do not overlap."""

    LABEL: ClassVar[str] = "signal"

    window_seconds: Annotated[
        int, Field(ge=30, le=21_600, description="New Relic's aggregation window takes 30 to 21,600 s (6 h).")
    ] = 60
    slide_seconds: Annotated[int | None, Field(ge=30, description="A slide is at least 30 s.")] = None
    method: EventFlow | EventTimer | Cadence = EventFlow()
    fill: Fill = Fill()

    @model_validator(mode="after")
    def _slide_fits_window(self) -> Signal:
        slide, window = self.slide_seconds, self.window_seconds
        if slide is None:
            return self
        least = 30 if window <= _HOUR else window / 120 if window < 2 * _HOUR else window / 24
        if slide >= window or window % slide:
            fitting = [one for one in range(30, window // 2 + 1) if window % one == 0 and one >= least]
            advice = f"use {min(fitting, key=lambda one: abs(one - slide))}" if fitting else "leave it out"
            raise ValueError(
                f"slide_seconds {slide} has to divide window_seconds {window} and be less than it; {advice}"
            )
        if slide < least:
            raise ValueError(
                f"slide_seconds {slide} is too short for a window of {window} s; at least {least:g} s is needed"
            )
        return self

    @property
    def step_seconds(self) -> int:
        """How often a value comes: the slide, else the window."""
        return self.slide_seconds or self.window_seconds


class LossOfSignal(Spec):
    """What silence means: after `after_seconds` without a point, incidents are opened or closed.

    A signal must have existed first: a condition made while its source is already silent never opens.
    """

    LABEL: ClassVar[str] = "loss of signal"

    after_seconds: Annotated[int, Field(ge=30, le=172_800, description="New Relic takes 30 to 172,800 s (48 h).")]
    open_incident: bool
    close_incidents: bool = False
    ignore_expected_termination: bool = False

    @model_validator(mode="after")
    def _does_something(self) -> LossOfSignal:
        if not (self.open_incident or self.close_incidents):
            raise ValueError("set open_incident or close_incidents, or leave loss_of_signal out: it would do nothing")
        if self.ignore_expected_termination and not self.open_incident:
            raise ValueError(
                "ignore_expected_termination does nothing without open_incident; set that too, or leave this out"
            )
        return self


class NrqlCondition(Spec):
    """One alert: what is measured, when it is bad, how bad that is, whose it is and where help stands.

    The key is also the catalogue entry, the runbook's anchor and the test's id.
    """

    LABEL: ClassVar[str] = "NRQL condition"

    key: Key
    name: Name
    query: Annotated[Query, Field(description="Write one NRQL query that gives one number.")]
    unit: Unit
    severity: Severity
    owner: Key
    user_impact: Sentence
    runbook: RunbookSection
    signal: Signal = Signal()
    critical: Threshold | None = None
    warning: Threshold | None = None
    baseline: Baseline | None = None
    loss_of_signal: LossOfSignal | None = None
    violation_time_limit_seconds: Annotated[
        int, Field(ge=300, le=2_592_000, description="New Relic takes 300 to 2,592,000 s (30 days).")
    ] = 3 * _DAY
    enabled: bool = True

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The thresholds that are set, critical first."""
        return tuple(term for term in (self.critical, self.warning) if term is not None)

    @model_validator(mode="after")
    def _thresholds_make_sense(self) -> NrqlCondition:
        if not self.thresholds:
            raise ValueError("give critical, warning or both: a condition without a threshold never opens")
        for name, term in (("critical", self.critical), ("warning", self.warning)):
            if term is not None:
                self._check_duration(term)
                self._check_baseline(name, term)
        if self.critical and self.warning:
            _check_order(self.critical, self.warning)
        if self.severity.pages and self.critical is None:
            raise ValueError(
                f"severity {self.severity} pages, and a warning reaches nobody's pager; give a critical threshold"
            )
        if self.runbook.anchor != self.key:
            raise ValueError(f"runbook.anchor {self.runbook.anchor!r} has to be the condition's key, {self.key!r}")
        return self

    def _check_duration(self, term: Threshold) -> None:
        step = self.signal.step_seconds
        if term.duration_seconds % step:
            fewest, most = -(-_MINUTE // step), _DAY // step  # a duration has to be a minute to a day as well
            near = min(max(round(term.duration_seconds / step), fewest), most) * step
            raise ValueError(
                f"duration_seconds {term.duration_seconds} is no multiple of the signal's step of {step} s; "
                f"{near} would be"
            )

    def _check_baseline(self, name: str, term: Threshold) -> None:
        if self.baseline is None:
            return
        if term.operator is not Operator.ABOVE or not 1 <= term.value <= 1000:
            raise ValueError(
                f"{name} is {term.operator} {term.value:g}, which does not suit a baseline; use Operator.ABOVE and 1 "
                "to 1,000 standard deviations"
            )
        if term.duration_seconds < 2 * _MINUTE:
            raise ValueError(
                f"duration_seconds {term.duration_seconds} is too short for a baseline; at least 120 is needed"
            )


class IncidentPreference(StrEnum):
    """When an incident joins an open issue; the vendor's default, PER_POLICY, swallows every later incident."""

    PER_POLICY = "PER_POLICY"
    PER_CONDITION = "PER_CONDITION"
    PER_CONDITION_AND_TARGET = "PER_CONDITION_AND_TARGET"


class Policy(Spec):
    """Conditions that go the same way: workflows choose by policy."""

    LABEL: ClassVar[str] = "policy"

    key: Key
    name: Name
    conditions: Annotated[
        tuple[NrqlCondition, ...],
        Field(
            min_length=1, max_length=1000, description="Give 1 to 1,000 conditions, which New Relic holds in a policy."
        ),
    ]
    incident_preference: IncidentPreference = IncidentPreference.PER_CONDITION_AND_TARGET


def _check_order(critical: Threshold, warning: Threshold) -> None:
    """Refuse a warning that comes after the critical threshold: nobody would ever see it first.

    A warning beyond the critical value is still seen first when it takes less time, as for a short, high peak.
    """
    quicker = warning.occurrences is Occurrences.AT_LEAST_ONCE and critical.occurrences is Occurrences.ALL
    if quicker or warning.duration_seconds < critical.duration_seconds:
        return
    rising = (Operator.ABOVE, Operator.ABOVE_OR_EQUALS)
    falling = (Operator.BELOW, Operator.BELOW_OR_EQUALS)
    for direction, later in ((rising, warning.value >= critical.value), (falling, warning.value <= critical.value)):
        if critical.operator in direction and warning.operator in direction and later:
            raise ValueError(
                f"the warning at {warning.value:g} comes no earlier than the critical threshold at {critical.value:g}; "
                "give it a milder value or a shorter duration"
            )
