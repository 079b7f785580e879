"""What has to be true of the ways from this platform's alerts to people; `lookout check` proves it for every moment."""

from __future__ import annotations

from typing import Final

from monitors.catalog.environments import Environment
from monitors.catalog.oncall import LEAD, TIME_ZONE, WORK_END, WORK_START, WORKDAYS
from monitors.catalog.terms import AI_TEAM
from monitors.spec import Hours, IsTold, PathAssertion, Reaches, Severity, WakesNobody

_NIGHTS: Final = Hours(time_zone=TIME_ZONE, start="22:00:00", end="07:00:00")
_WEEKENDS: Final = Hours(time_zone=TIME_ZONE, start="00:00:00", end="00:00:00", weekdays=(6, 7))
_WORKING_HOURS: Final = Hours(time_zone=TIME_ZONE, start=WORK_START, end=WORK_END, weekdays=WORKDAYS)
_SEV1, _SEV2 = (Severity.SEV1,), (Severity.SEV2,)
_SEV3_AND_SEV4: Final = (Severity.SEV3, Severity.SEV4)

ASSERTIONS: Final[tuple[PathAssertion, ...]] = (
    PathAssertion(
        key="sev1-reaches-the-ai-team",
        says="A SEV1 is acknowledged within 15 minutes, so that somebody has to hear of it within 5.",
        environments=("prod",),
        severities=_SEV1,
        expects=Reaches(within_minutes=5, team=AI_TEAM),
    ),
    PathAssertion(
        key="sev1-reaches-two-people",
        says="Whoever sleeps through a page is not the only one who gets it before the time to acknowledge is over.",
        environments=("prod",),
        severities=_SEV1,
        expects=Reaches(within_minutes=15, people=2),
    ),
    PathAssertion(
        key="sev1-reaches-the-lead",
        says="A SEV1 that nobody acknowledges in time is the lead's.",
        environments=("prod",),
        severities=_SEV1,
        expects=Reaches(within_minutes=15, user=LEAD),
    ),
    PathAssertion(
        key="sev2-reaches-the-ai-team",
        says="A SEV2 is acknowledged within 30 minutes, so that somebody has to hear of it within 15.",
        environments=("prod",),
        severities=_SEV2,
        expects=Reaches(within_minutes=15, team=AI_TEAM),
    ),
    PathAssertion(
        key="sev2-reaches-the-lead",
        says="A SEV2 that nobody acknowledges in time is the lead's.",
        environments=("prod",),
        severities=_SEV2,
        expects=Reaches(within_minutes=30, user=LEAD),
    ),
    PathAssertion(
        key="staging-is-answered-at-work",
        says="Staging is there to be broken, and to be mended in working hours.",
        environments=("staging",),
        severities=(*_SEV1, *_SEV2),
        when=_WORKING_HOURS,
        expects=Reaches(within_minutes=5, team=AI_TEAM),
    ),
    PathAssertion(
        key="staging-wakes-nobody-at-night",
        says="Nobody gets up for staging.",
        environments=("staging",),
        severities=tuple(Severity),
        when=_NIGHTS,
        expects=WakesNobody(),
    ),
    PathAssertion(
        key="staging-wakes-nobody-on-weekends",
        says="Nobody works on a weekend for staging.",
        environments=("staging",),
        severities=tuple(Severity),
        when=_WEEKENDS,
        expects=WakesNobody(),
    ),
    PathAssertion(
        key="what-can-wait-wakes-nobody",
        says="A SEV3 or SEV4 is answered in working hours, so that it may not wake anybody at any time.",
        environments=("staging", "prod"),
        severities=_SEV3_AND_SEV4,
        expects=WakesNobody(),
    ),
    PathAssertion(
        key="what-can-wait-is-told",
        says="A SEV3 or SEV4 is told in Slack or by mail, at the latest when the deploy window ends.",
        environments=("staging", "prod"),
        severities=_SEV3_AND_SEV4,
        expects=IsTold(by=("slack", "e-mail"), within_minutes=30),
    ),
)


def assertions(environment: Environment) -> tuple[PathAssertion, ...]:
    """Return the assertions that are about an environment."""
    return tuple(one for one in ASSERTIONS if environment.name in one.environments)
