"""Moments as people write them, read on the clocks of a time zone, and how they were read where that is not plain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from lookout import moments


@dataclass(frozen=True)
class Moment:
    """A moment in UTC, to the second, and the time zone whose clocks it is shown on.

    `note` says how it was read, where the clocks leave a doubt.
    """

    at: datetime
    time_zone: str
    note: str | None = None

    @property
    def local(self) -> datetime:
        """The moment on the time zone's clocks."""
        return self.at.astimezone(ZoneInfo(self.time_zone))

    def __str__(self) -> str:
        """Return it in full, such as `Thu 24 Dec 2026 03:00 America/Los_Angeles (UTC-08:00)`."""
        local = self.local
        clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
        return f"{local:%a} {local.day} {local:%b %Y} {clock} {self.time_zone} (UTC{_offset(local)})"


def read(text: str | None, time_zone: str, option: str = "--at") -> Moment:
    """Return the moment that a text names, which is now where there is none. Raises `CouldNotRun` for no moment."""
    if text is None:
        return Moment(datetime.now(UTC).replace(microsecond=0), time_zone)
    moment = moments.written(option, text).replace(microsecond=0)
    if moment.tzinfo is not None:
        return Moment(moment.astimezone(UTC), time_zone)
    return _on_the_clocks(moment, time_zone)


def _on_the_clocks(written: datetime, time_zone: str) -> Moment:
    """Return a local time as a moment: skipped, it is when the clocks jump over it; shown twice, it is the first."""
    from monitors.alerting.rota.clock import instant

    zone = ZoneInfo(time_zone)
    at = instant(written, zone)
    local = at.astimezone(zone)
    if local.replace(tzinfo=None) != written:
        when = f"{written:%H:%M} on {written:%Y-%m-%d} does not exist in {time_zone}"
        return Moment(
            at, time_zone, f"{when}: the clocks are put forward. Read as {local:%H:%M} (UTC{_offset(local)})."
        )
    second = written.replace(tzinfo=zone, fold=1)
    if second.utcoffset() != local.utcoffset():
        when = f"{written:%H:%M} on {written:%Y-%m-%d} comes twice in {time_zone}"
        other = f"{written:%Y-%m-%dT%H:%M}{_offset(second)}"
        return Moment(at, time_zone, f"{when}. Read as the first (UTC{_offset(local)}); {other} is the second.")
    return Moment(at, time_zone)


def _offset(moment: datetime) -> str:
    text = f"{moment:%z}"
    return f"{text[:3]}:{text[3:5]}"
