"""Who hears of an incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitors.alerting import Incident
from monitors.spec import NrqlCondition
from monitors.testing.cases import Case, StackName
from monitors.testing.outcomes import Told


def told_of(
    condition: NrqlCondition, stack: StackName, incidents: Sequence[Incident], case: Case
) -> Mapping[Incident, Told]:
    """Return who hears of each incident."""
    return {}
