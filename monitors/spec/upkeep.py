"""Synthetic checks from outside, muting windows, and what becomes of the data."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitors.spec.base import Spec
from monitors.spec.settings import UrlSetting
from monitors.spec.values import Key, Keys, NoRepeats, OneTrimmedLine, Path, Sentence, TimeZone, Where

Name = Annotated[
    str, Field(min_length=3, max_length=128, description="Use 3 to 128 characters on one line."), OneTrimmedLine
]
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
# The locations that newrelic/terraform-provider-newrelic knows, without their AWS_ prefix.
_Location = Literal[
    "AF_SOUTH_1",
    "AP_EAST_1",
    "AP_NORTHEAST_1",
    "AP_NORTHEAST_2",
    "AP_SOUTHEAST_1",
    "AP_SOUTHEAST_2",
    "AP_SOUTH_1",
    "CA_CENTRAL_1",
    "EU_CENTRAL_1",
    "EU_NORTH_1",
    "EU_SOUTH_1",
    "EU_WEST_1",
    "EU_WEST_2",
    "EU_WEST_3",
    "ME_SOUTH_1",
    "SA_EAST_1",
    "US_EAST_1",
    "US_EAST_2",
    "US_WEST_1",
    "US_WEST_2",
]
Locations = Annotated[
    tuple[_Location, ...],
    Field(min_length=1, description="Name public locations without the AWS_ prefix, such as US_EAST_1."),
    NoRepeats,
]


class PingMonitor(Spec):
    """A simple request from public locations; `path` is below the `base_url` setting."""

    LABEL: ClassVar[str] = "ping monitor"

    key: Key
    name: Name
    base_url: UrlSetting
    path: Path
    locations: Locations
    period: _PERIODS = "EVERY_MINUTE"
    expected_text: str = ""
    verify_tls: bool = True


class CertificateMonitor(Spec):
    """A check that a certificate does not expire within `days_before`."""

    LABEL: ClassVar[str] = "certificate monitor"

    key: Key
    name: Name
    base_url: UrlSetting
    locations: Locations
    days_before: Annotated[int, Field(ge=1, le=365, description="Give 1 to 365 days.")]
    period: _PERIODS = "EVERY_DAY"


Monitor = PingMonitor | CertificateMonitor


class MutingRule(Spec):
    """A weekly window in which the named policies' issues notify nobody; local times of `time_zone`."""

    LABEL: ClassVar[str] = "muting rule"

    key: Key
    name: Name
    description: Sentence
    policies: Annotated[Keys, Field(min_length=1, description="Name at least one policy.")]
    time_zone: TimeZone
    first_start: Annotated[str, Field(description="Write local time without offset, such as 2026-01-06T15:00:00.")]
    first_end: Annotated[str, Field(description="Write local time without offset, such as 2026-01-06T15:30:00.")]
    weekdays: Annotated[
        tuple[Literal["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"], ...],
        Field(min_length=1, description="Give at least one day of the week."),
        NoRepeats,
    ]
    enabled: bool = True

    @model_validator(mode="after")
    def _times_are_a_window(self) -> MutingRule:
        start, end = _local("first_start", self.first_start), _local("first_end", self.first_end)
        if end <= start:
            raise ValueError(
                f"first_end {self.first_end} is not after first_start {self.first_start}; give a later one, of the "
                "next day where the window goes past midnight"
            )
        if end - start > timedelta(days=1):
            raise ValueError(
                f"first_start {self.first_start} to first_end {self.first_end} is longer than a day; name more weekdays"
            )
        return self


def _local(field: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", text):
        raise ValueError(f"{field} is {text!r}; local time such as 2026-01-06T15:00:00 is needed")
    return moment


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

    @model_validator(mode="after")
    def _keeps_something(self) -> DropRule:
        if re.fullmatch(r"DELETE\s+FROM\s+\S+\s*", self.statement):
            raise ValueError(f"statement {self.statement!r} has no WHERE: nothing of that type would be kept")
        return self


class LogPartition(Spec):
    """Logs kept in a partition of their own: STANDARD is the account's retention, SECONDARY 30 days."""

    LABEL: ClassVar[str] = "log partition"

    key: Key
    description: Sentence
    partition: Annotated[str, Field(pattern=r"^Log_[A-Za-z0-9_]+$", description="A partition's name begins with Log_.")]
    where: Where
    retention: Literal["STANDARD", "SECONDARY"]


DataRule = DropRule | LogPartition
