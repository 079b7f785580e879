"""The SDK's functions (data sources) that the sandbox's PagerDuty account answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sandbox.plugins.rules import Account, Refused
from sandbox.store import Record

Lookup = Callable[[Account, Mapping[str, Any]], dict[str, Any]]

# PagerDuty's own catalogue of integrations; the ids are the sandbox's.
VENDORS: Final[Mapping[str, str]] = {
    "New Relic": "PSBNEWR",
    "Events API V2": "PSBEVV2",
    "Sentry": "PSBSNTR",
    "Datadog": "PSBDTDG",
    "Amazon CloudWatch": "PSBCWTC",
}
# The priorities of an account whose owner changed none.
_PRIORITIES: Mapping[str, str] = {f"P{level}": f"PSBPRI{level}" for level in range(1, 6)}


def _vendor(account: Account, arguments: Mapping[str, Any]) -> dict[str, Any]:
    wanted = str(arguments["name"])
    exact = [name for name in VENDORS if name.lower() == wanted.lower()]
    found = exact or [name for name in VENDORS if wanted.lower() in name.lower()]
    if not found:
        raise _missing("vendor", "name", wanted, VENDORS)
    return {"id": VENDORS[found[0]], "name": found[0], "type": "generic_events_api_inbound_integration"}


def _priority(account: Account, arguments: Mapping[str, Any]) -> dict[str, Any]:
    name = str(arguments["name"])
    if name not in _PRIORITIES:
        raise _missing("priority", "name", name, _PRIORITIES)
    return {"id": _PRIORITIES[name], "name": name, "description": ""}


def _user(account: Account, arguments: Mapping[str, Any]) -> dict[str, Any]:
    email = str(arguments["email"])
    for found in account.objects("User"):
        if str(found.document["inputs"].get("email", "")).lower() == email.lower():
            return _user_of(found)
    known = (str(found.document["inputs"].get("email", "")) for found in account.objects("User"))
    raise _missing("user", "email", email, dict.fromkeys(known, ""))


def _user_of(found: Record) -> dict[str, Any]:
    known = {**found.document["outputs"], **found.document["inputs"]}
    told = {name: known.get(name) or "" for name in ("email", "name", "role", "jobTitle", "timeZone", "description")}
    return {"id": found.id, **told}


def _users(account: Account, arguments: Mapping[str, Any]) -> dict[str, Any]:
    teams = set(arguments.get("teamIds") or [])
    memberships = [found.document["inputs"] for found in account.objects("TeamMembership")]
    members = {one["userId"] for one in memberships if one["teamId"] in teams}
    users = [found for found in account.objects("User") if not teams or found.id in members]
    return {"id": "users", "teamIds": sorted(teams), "users": [{**_user_of(found), "type": "user"} for found in users]}


def _by_name(kind: str, *told: str) -> Lookup:
    def lookup(account: Account, arguments: Mapping[str, Any]) -> dict[str, Any]:
        name = str(arguments["name"])
        for found in account.objects(kind):
            if found.name == name:
                known = {**found.document["outputs"], **found.document["inputs"]}
                return {"id": found.id, "name": name, **{one: known[one] for one in told if one in known}}
        raise _missing(kind, "name", name, dict.fromkeys((found.name for found in account.objects(kind)), ""))

    return lookup


def _missing(what: str, field: str, value: str, known: Mapping[str, Any]) -> Refused:
    there = ", ".join(sorted(known)) or "none"
    return Refused(
        404, f'PagerDuty\'s account in the sandbox has no {what} whose {field} is "{value}"; it has: {there}'
    )


LOOKUPS: Mapping[str, Lookup] = {
    "pagerduty:index/getVendor:getVendor": _vendor,
    "pagerduty:index/getPriority:getPriority": _priority,
    "pagerduty:index/getUser:getUser": _user,
    "pagerduty:index/getUsers:getUsers": _users,
    "pagerduty:index/getTeam:getTeam": _by_name("Team", "description", "parent", "defaultRole"),
    "pagerduty:index/getSchedule:getSchedule": _by_name("Schedule"),
    "pagerduty:index/getEscalationPolicy:getEscalationPolicy": _by_name("EscalationPolicy", "description"),
    "pagerduty:index/getService:getService": _by_name(
        "Service",
        "description",
        "escalationPolicy",
        "autoResolveTimeout",
        "acknowledgementTimeout",
        "alertCreation",
        "type",
    ),
    "pagerduty:index/getBusinessService:getBusinessService": _by_name("BusinessService", "type"),
}
