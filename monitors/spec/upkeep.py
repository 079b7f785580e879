"""Synthetic checks from outside, muting windows, and what becomes of the data."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitors.spec.base import Key, Sentence, Spec, TimeZone
from monitors.spec.settings import Setting

Name = Annotated[str, Field(min_length=3, max_length=128, description="Use 3 to 128 characters.")]
_PERIODS = Literal[
    "EVERY_MINUTE",
    "EVERY_5_MINUTES",
    "EVERY_10_MINUTES",
    "EVERY_15_MINUTES",
    "EVERY_30_MINUTES",
    "EVERY_HOUR",
    "EVERY_6_HOURS",
    "EVERY_12_HOURS",
    "EVERY_DAY",
]
Locations = Annotated[
    tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}_[A-Z]+(_\d+)?$")], ...],
    Field(min_length=1, description="Name public locations without the AWS_ prefix, such as US_EAST_1."),
]


class PingMonitor(Spec):
    """A simple request from public locations; `path` is below the `base_url` setting."""

    LABEL: ClassVar[str] = "ping monitor"

    key: Key
    name: Name
    base_url: Setting
    path: Annotated[str, Field(pattern=r"^/", description="Begin the path with a slash.")]
    locations: Locations
    period: _PERIODS = "EVERY_MINUTE"
    expected_text: str = ""
    verify_tls: bool = True


class CertificateMonitor(Spec):
    """A check that a certificate does not expire within `days_before`."""

    LABEL: ClassVar[str] = "certificate monitor"

    key: Key
    name: Name
    base_url: Setting
    locations: Locations
    days_before: Annotated[int, Field(ge=1, le=365)]
    period: _PERIODS = "EVERY_DAY"


Monitor = PingMonitor | CertificateMonitor


class MutingRule(Spec):
    """A weekly window in which the named policies' issues notify nobody; local times of `time_zone`."""

    LABEL: ClassVar[str] = "muting rule"

    key: Key
    name: Name
    description: Sentence
    policies: Annotated[tuple[Key, ...], Field(min_length=1)]
    time_zone: TimeZone
    first_start: Annotated[str, Field(description="Write local time without offset, such as 2026-01-06T15:00:00.")]
    first_end: Annotated[str, Field(description="Write local time without offset, such as 2026-01-06T15:30:00.")]
    weekdays: Annotated[
        tuple[Literal["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"], ...],
        Field(min_length=1),
    ]
    enabled: bool = True

    @model_validator(mode="after")
    def _times_are_a_window(self) -> MutingRule:
        for field in ("first_start", "first_end"):
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", getattr(self, field)):
                raise ValueError(
                    f"{field} is {getattr(self, field)!r}; local time such as 2026-01-06T15:00:00 is needed"
                )
        if self.first_end <= self.first_start:
            raise ValueError(f"first_end {self.first_end} is not after first_start {self.first_start}")
        return self


class DropRule(Spec):
    """Data that New Relic lets go on arrival and does not bill: a `DELETE FROM` statement."""

    LABEL: ClassVar[str] = "drop rule"

    key: Key
    name: Name
    description: Sentence
    statement: Annotated[
        str,
        Field(
            pattern=r"^DELETE .*FROM ", description="Write DELETE FROM <type> WHERE ..., or DELETE attr FROM <type>."
        ),
    ]


class LogPartition(Spec):
    """Logs kept in a partition of their own: STANDARD is the account's retention, SECONDARY 30 days."""

    LABEL: ClassVar[str] = "log partition"

    key: Key
    description: Sentence
    partition: Annotated[str, Field(pattern=r"^Log_[A-Za-z0-9_]+$", description="A partition's name begins with Log_.")]
    where: Annotated[str, Field(min_length=3)]
    retention: Literal["STANDARD", "SECONDARY"]


DataRule = DropRule | LogPartition
