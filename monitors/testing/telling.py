"""Who hears of an incident: issues, muting, workflows and escalations as `monitors.alerting` works them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitors import catalog
from monitors.alerting import Incident
from monitors.alerting.issues import issues_of
from monitors.alerting.notifications import Notification, notify
from monitors.spec import NrqlCondition, Trigger
from monitors.testing.cases import Case, StackName
from monitors.testing.outcomes import Told


def told_of(
    condition: NrqlCondition, stack: StackName, incidents: Sequence[Incident], case: Case
) -> Mapping[Incident, Told]:
    """Return who hears of each incident at the moment it opens, where the case expects anything of that.

    An incident that joins an issue which is open already tells nobody anew; nor does one that a muting rule mutes.
    """
    asked = any(one.told is not None or one.paged is not None for one in case.expect)
    whole = catalog.stack(stack)
    if not asked or condition.key not in {one.key for one in whole.observability.conditions}:
        return {}
    until = case.start.timestamp() + case.length_seconds
    news = notify(whole, issues_of(whole, incidents, until_seconds=until))
    return {incident: _told(incident, news) for incident in incidents}


def _told(incident: Incident, news: Sequence[Notification]) -> Told:
    of_it = [
        one
        for one in news
        if one.at == incident.opened_at and incident in one.issue.incidents and one.trigger is not Trigger.CLOSED
    ]
    paged = [user for one in of_it if one.pages for user in one.pages[0].users]
    return Told(destinations=tuple(dict.fromkeys(one.destination for one in of_it)), paged=tuple(dict.fromkeys(paged)))
