"""What PagerDuty's account holds, by its REST API.

Source: developer.pagerduty.com, "List escalation policies", "List services", "List maintenance windows", "List
overrides" and "Pagination". They were never sent to a real account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import requests

from lookout.drift.reading import Reading
from lookout.drift.strangers import Stranger

_ADDRESS: Final = "https://api.pagerduty.com"
_ANSWER_SECONDS: Final = 30
_PAGE: Final = 100
_MOST_OBJECTS: Final = 10_000  # PagerDuty's own limit of offset plus limit
_OVERRIDES_AHEAD: Final = timedelta(days=14)


def strangers(key: str, reading: Reading, address: str = _ADDRESS) -> Iterator[Stranger]:
    """Yield escalation policies, services with their integrations, maintenance windows, and our schedules' overrides.

    Raises `requests.RequestException` when PagerDuty refuses or does not answer.
    """
    session = requests.Session()
    session.headers.update(
        {"Authorization": f"Token token={key}", "Accept": "application/vnd.pagerduty+json;version=2"}
    )
    for one in _listed(session, address, "escalation_policies"):
        rules = [{"targets": rule.get("targets") or []} for rule in one.get("escalation_rules") or ()]
        yield Stranger("pagerduty", "EscalationPolicy", one["id"], _name(one), {"rules": rules})
    for one in _listed(session, address, "services", {"include[]": "integrations"}):
        inputs = {"escalationPolicy": (one.get("escalation_policy") or {}).get("id")}
        yield Stranger("pagerduty", "Service", one["id"], _name(one), inputs)
        for way in one.get("integrations") or ():
            yield Stranger("pagerduty", "ServiceIntegration", way["id"], _name(way), {"service": one["id"]})
    for one in _listed(session, address, "maintenance_windows", {"filter": "open"}):
        services = [service["id"] for service in one.get("services") or ()]
        yield Stranger("pagerduty", "MaintenanceWindow", one["id"], _window(one), {"services": services})
    yield from _overrides(session, address, reading)


def _overrides(session: requests.Session, address: str, reading: Reading) -> Iterator[Stranger]:
    now = datetime.now(UTC).replace(microsecond=0)
    span = {"since": now.isoformat(), "until": (now + _OVERRIDES_AHEAD).isoformat()}
    for schedule in reading.objects:
        if schedule.kind in ("Schedule", "Schedulev2") and schedule.id:
            answer = _get(session, f"{address}/schedules/{schedule.id}/overrides", span)
            for one in answer.get("overrides") or ():
                name = f"{(one.get('user') or {}).get('summary', 'somebody')}, {one['start']} to {one['end']}"
                inputs = {"schedule": schedule.id}
                yield Stranger("pagerduty", "ScheduleOverride", one["id"], name, inputs)


def _listed(
    session: requests.Session, address: str, what: str, more: Mapping[str, str] | None = None
) -> Iterator[Mapping[str, Any]]:
    for offset in range(0, _MOST_OBJECTS, _PAGE):
        answer = _get(session, f"{address}/{what}", {"limit": str(_PAGE), "offset": str(offset), **(more or {})})
        yield from answer[what]
        if not answer.get("more"):
            return


def _get(session: requests.Session, url: str, query: Mapping[str, str]) -> Mapping[str, Any]:
    answer = session.get(url, params=query, timeout=_ANSWER_SECONDS)
    answer.raise_for_status()
    found: Mapping[str, Any] = answer.json()
    return found


def _name(one: Mapping[str, Any]) -> str:
    return str(one.get("name") or one.get("summary") or one["id"])


def _window(one: Mapping[str, Any]) -> str:
    return f"{one.get('description') or one['id']}, {one['start_time']} to {one['end_time']}"
