"""Service levels, and how fast their error budget may burn."""

from __future__ import annotations

from collections import Counter
from math import floor
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitors.spec.base import Spec
from monitors.spec.values import Key, NotBlank, OneTrimmedLine, Sentence, Where

_HOURS_A_DAY = 24


class Events(Spec):
    """Which data points count: `select` is what is summed or counted in them, `where` None takes all."""

    LABEL: ClassVar[str] = "service level events"

    source: Annotated[
        str, Field(min_length=1, description="Name the event type, such as Metric or SkillExecution."), NotBlank
    ]
    function: Literal["COUNT", "SUM"]
    attribute: Annotated[str, NotBlank] | None = None
    where: Where | None = None

    @model_validator(mode="after")
    def _attribute_belongs_to_sum(self) -> Events:
        if (self.function == "SUM") != (self.attribute is not None):
            raise ValueError(
                f"function is {self.function} and attribute is {self.attribute}: give an attribute with SUM and "
                "with no other"
            )
        return self


class BurnRate(Spec):
    """A budget share spent within a window that somebody should hear of.

    Windows and shares come from Google's Site Reliability Workbook, chapter "Alerting on SLOs"
    (https://sre.google/workbook/alerting-on-slos/): 2 % in 1 h and 5 % in 6 h. Longer windows are beyond New Relic's
    longest aggregation window of 6 h.
    """

    LABEL: ClassVar[str] = "burn rate"

    condition: Key
    budget_percent: Annotated[float, Field(gt=0, le=100, description="Give a share above 0 and up to 100.")]
    window_seconds: Annotated[
        int, Field(ge=3600, le=21_600, description="New Relic's window takes up to 21,600 s (6 h).")
    ]


class ServiceLevel(Spec):
    """A share of good events over a rolling period; `monitor` is the synthetic monitor whose entity carries it."""

    LABEL: ClassVar[str] = "service level"

    key: Key
    name: Annotated[
        str, Field(min_length=3, max_length=255, description="Use 3 to 255 characters on one line."), OneTrimmedLine
    ]
    description: Sentence
    monitor: Key
    valid: Events
    good: Events | None = None
    bad: Events | None = None
    target_percent: Annotated[
        float, Field(gt=0, lt=100, description="Give a share such as 99.9; 100 would leave no error budget.")
    ]
    period_days: Annotated[
        Literal[1, 7, 28], Field(description="New Relic takes 1, 7 or 28 days; there is no 30-day period.")
    ] = 28
    burn_rates: tuple[BurnRate, ...] = ()

    @model_validator(mode="after")
    def _good_or_bad(self) -> ServiceLevel:
        if (self.good is None) == (self.bad is None):
            raise ValueError(f"good and bad are both {'missing' if self.good is None else 'given'}; give one of them")
        if round(self.target_percent, 5) != self.target_percent:
            raise ValueError(
                f"target_percent {self.target_percent} has more than the 5 decimals New Relic keeps; "
                f"use {floor(self.target_percent * 100_000) / 100_000}"
            )
        return self

    @model_validator(mode="after")
    def _burn_rates_can_be_reached(self) -> ServiceLevel:
        conditions = Counter(burn.condition for burn in self.burn_rates)
        for burn in self.burn_rates:
            threshold = self.burn_threshold_percent(burn)
            if threshold >= 100:
                raise ValueError(
                    f'burn rate "{burn.condition}" needs {threshold:g} % errors in {burn.window_seconds} s, which '
                    f"never comes: lower budget_percent {burn.budget_percent:g} or take a longer window"
                )
            if conditions[burn.condition] > 1:
                raise ValueError(f'burn_rates name the condition "{burn.condition}" twice; each needs its own')
        return self

    @property
    def error_budget_percent(self) -> float:
        """The share of bad events that is allowed."""
        return 100 - self.target_percent

    def burn_threshold_percent(self, burn: BurnRate) -> float:
        """Return the error percentage over the window at which the share of the budget is spent by its end.

        The same sum as New Relic's `getServiceLevelAlertHelper`: (100 - target) * (budget % / 100 * period / window).
        """
        periods = self.period_days * _HOURS_A_DAY * 3600 / burn.window_seconds
        return round(self.error_budget_percent * burn.budget_percent / 100 * periods, 6)
