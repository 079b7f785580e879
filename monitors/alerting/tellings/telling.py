"""One telling: who is told, or by what, of which issues and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from monitors.alerting.rota.spans import Span, common, moved

Kind = Literal["page", "slack", "e-mail", "webhook"]
TICK = timedelta.resolution


@dataclass(frozen=True, slots=True)
class Telling:
    """Every issue that opens in some spans is told: so long after it did, or at one moment where `at` is given.

    `user` is whom a page of high urgency reaches, and `schedule` by which schedule, None where a level names the user.
    """

    kind: Kind
    opens: Sequence[Span]
    after: timedelta = timedelta(0)
    at: datetime | None = None
    user: str | None = None
    schedule: str | None = None

    def within(self, limit: timedelta) -> Sequence[Span]:
        """Return when those issues open that it tells of within a time."""
        if self.at is None:
            return self.opens if self.after <= limit else ()
        return common(self.opens, [(self.at - limit, self.at + TICK)])

    def moments(self) -> list[Span]:
        """Return when it tells."""
        return moved(self.opens, self.after) if self.at is None else [(self.at, self.at + TICK)]

    def for_issues(self, opens: Sequence[Span], opened_at: datetime) -> Telling:
        """Return what is told of issues that open in some spans as of the one that opens at a moment."""
        return replace(self, opens=opens, at=self.at or opened_at + self.after)

    def until(self, end: datetime) -> Telling:
        """Return it without what would be told at a moment or later."""
        if self.at is None:
            first, last = self.opens[0][0], end - self.after
            return replace(self, opens=common(self.opens, [(first, last)]) if first < last else ())
        return self if self.at < end else replace(self, opens=())

    def for_at_most(self, length: timedelta) -> Telling:
        """Return it without what would be told so long after an issue opened, or longer."""
        if self.at is None:
            return self if self.after < length else replace(self, opens=())
        return replace(self, opens=common(self.opens, [(self.at - length + TICK, self.at + TICK)]))
