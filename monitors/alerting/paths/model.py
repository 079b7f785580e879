"""A path as data: every hop with the rule that decided and where it is declared, and who is notified when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitors.alerting.escalations import Reached
from monitors.spec import Priority
from monitors.spec.places import Place

PathKind = Literal["page", "slack", "e-mail", "webhook"]
Urgency = Literal["high", "low"]


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path.

    `kind` and `key` name a spec as findings do (`pagerduty-service`, `ai-sev1`), `title` as people do, and `says` is a
    sentence: what this step decides, and by which rule. `place` is where the spec is declared, None when unknown.
    """

    kind: str
    key: str
    title: str
    says: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Notified:
    """Users whom a page reaches at once: by key, so long after the moment that was asked about.

    `by` says for each how: by a schedule's layer, by an override, or named by the level itself. `hops` are the levels
    that were passed over before, and the level, schedules and layers that decided.
    """

    after_seconds: int
    users: tuple[str, ...]
    by: tuple[Reached, ...]
    hops: tuple[Hop, ...]
    urgency: Urgency = "high"
    loop: int = 1
    level: int = 1


@dataclass(frozen=True, slots=True)
class NextOnCall:
    """Who is on call next where nobody is, by the keys of the user and the schedule; `at` is UTC."""

    at: datetime
    user: str
    schedule: str


@dataclass(frozen=True, slots=True)
class Path:
    """One way an issue or event takes; a page that reaches nobody has `notified` empty and says whom next.

    `after_seconds` is how long after the moment it sets out: where a muting rule holds an issue back, when its window
    ends. `ends_seconds` is when the last level has waited in vain, None where the escalation never comes that far, and
    `ends` tells what comes then, and what would have ended it earlier. `unsure` are sentences on what the specs do not
    decide; `service` is the PagerDuty service of a page.
    """

    kind: PathKind
    hops: tuple[Hop, ...]
    notified: tuple[Notified, ...] = ()
    after_seconds: int = 0
    ends: tuple[Hop, ...] = ()
    ends_seconds: int | None = None
    service: str | None = None
    next: NextOnCall | None = None
    unsure: tuple[str, ...] = ()

    @property
    def reaches(self) -> bool:
        """Whether somebody or something is told: a page with nobody on call tells nobody."""
        return self.kind != "page" or bool(self.notified)


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that becomes of an issue or event at a moment: its paths, and why it takes no other.

    `priority` is None for an event. `refusals` name the workflows and rules that hold it back, each with its reason.
    Proofs of one `way`, a policy and a priority, differ in their subject alone; an event has none.
    """

    subject: Hop
    at: datetime
    priority: Priority | None
    paths: tuple[Path, ...]
    refusals: tuple[Hop, ...] = ()
    way: tuple[str, Priority] | None = None

    @property
    def reaches(self) -> bool:
        """Whether a page of it reaches somebody."""
        return any(path.notified for path in self.paths)

    @property
    def pages(self) -> tuple[Path, ...]:
        """The paths that go to PagerDuty."""
        return tuple(path for path in self.paths if path.kind == "page")

    @property
    def first(self) -> tuple[str, ...]:
        """The users whom its pages reach first, by key; empty when they reach nobody."""
        times = [one.after_seconds for path in self.pages for one in path.notified]
        found = (one for path in self.pages for one in path.notified if one.after_seconds == min(times))
        return tuple(dict.fromkeys(user for one in found for user in one.users))
