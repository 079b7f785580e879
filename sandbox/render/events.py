"""What happened to a service, as Render's events tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.render.call import Account, Answer, Call
from sandbox.render.checks import moment
from sandbox.render.ids import new_id
from sandbox.render.listing import page


def record_event(account: Account, service_id: str, kind: str, details: Mapping[str, Any], *, at: str = "") -> None:
    """Add an event to a service's history; `at` is now unless told."""
    event = {"id": new_id("evt"), "timestamp": at or account.now(), "serviceId": service_id, "type": kind}
    # The number keeps events of one moment in the order in which they happened.
    number = account.store.next_number("render events")
    account.save("event", {**event, "details": dict(details), "number": number}, name=service_id)


def events_of(account: Account, service_id: str) -> list[dict[str, Any]]:
    """A service's events in the order in which they were recorded."""
    return [record.document for record in account.all("event", name=service_id)]


def list_events(call: Call) -> Answer:
    """A service's recorded events, newest first, within the query's times and types."""
    service = call.require("service", "serviceId", "service")
    kept = [event for event in events_of(call.account, service["id"]) if _asked(call.query, event)]
    answer = page(call, "event", kept, order=_by_time, newest_first=True)
    return Answer(200, [{**item, "event": _told(item["event"])} for item in answer])


def _asked(query: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    at = moment(event["timestamp"])
    if at is None or ("type" in query and event["type"] not in _listed(query["type"])):
        return False
    return ("startTime" not in query or at >= query["startTime"]) and ("endTime" not in query or at <= query["endTime"])


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _by_time(event: Mapping[str, Any]) -> str:
    return f"{event['timestamp']} {event['number']:09}"


def _told(event: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name != "number"}
