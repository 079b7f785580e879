"""The SDK's functions (data sources) that the sandbox's New Relic account answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.plugins.rules import Account, Refused
from sandbox.store import Record

_TAKEN_FROM_EVALUATION = {"fast_burn": (3600, 2.0), "slow_burn": (21_600, 5.0)}


def _one(account: Account, kind: str, wanted: Mapping[str, Any]) -> Record:
    for found in account.objects(kind):
        if _matches(found, wanted):
            return found
    told = ", ".join(f'{name} "{value}"' for name, value in wanted.items() if value)
    raise Refused(404, f"New Relic's account in the sandbox has no {kind} with {told}")


def _matches(found: Record, wanted: Mapping[str, Any]) -> bool:
    known = {**found.document["outputs"], **found.document["inputs"], "id": found.id}
    return all(known.get(name) == value for name, value in wanted.items() if value)


def _account(account: Account, arguments: Mapping[str, Any]) -> dict[str, Any]:
    number = arguments.get("accountId")
    return {"id": str(number or ""), "accountId": number, "name": arguments.get("name") or "Sandbox", "scope": "global"}


def _alert_policy(account: Account, arguments: Mapping[str, Any]) -> dict[str, Any]:
    found = _one(account, "AlertPolicy", {"name": arguments.get("name")})
    return {
        "id": found.id,
        "name": found.name,
        "accountId": found.document["outputs"]["accountId"],
        "incidentPreference": found.document["inputs"]["incidentPreference"],
        "entityGuid": found.document["outputs"]["entityGuid"],
    }


def _destination(account: Account, arguments: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {"id": arguments.get("id"), "name": arguments.get("name") or arguments.get("exactName")}
    found = _one(account, "NotificationDestination", wanted)
    inputs, outputs = found.document["inputs"], found.document["outputs"]
    kept = {name: inputs[name] for name in ("name", "type", "active", "properties") if name in inputs}
    told = {name: outputs[name] for name in ("accountId", "status", "guid")}
    return {"id": found.id, **kept, **told}


def _burn_rate_threshold(account: Account, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The threshold of a burn-rate condition, by the formula of the helper's documentation."""
    kind = arguments["alertType"]
    seconds, budget_percent = _TAKEN_FROM_EVALUATION.get(
        kind, (int(arguments.get("customEvaluationPeriod") or 0), arguments.get("customToleratedBudgetConsumption"))
    )
    if not seconds or not budget_percent:
        raise Refused(400, f'alertType "{kind}" needs customEvaluationPeriod and customToleratedBudgetConsumption')
    target, days = float(arguments["sloTarget"]), float(arguments["sloPeriod"])
    threshold = (100 - target) * (float(budget_percent) / 100 * days * 24 / (seconds / 3600))
    guid, bad = arguments["sliGuid"], bool(arguments.get("isBadEvents"))
    good = "sum(newrelic.sli.bad)" if bad else "sum(newrelic.sli.good)"
    share = f"clamp_max({good} / sum(newrelic.sli.valid) * 100, 100)"
    return {
        "id": f"{guid}:{kind}",
        **arguments,
        "evaluationPeriod": seconds,
        "toleratedBudgetConsumption": budget_percent,
        "threshold": threshold,
        "nrql": f"FROM Metric SELECT {share if bad else f'100 - {share}'} WHERE entity.guid = '{guid}'",
    }


LOOKUPS: Mapping[str, Callable[[Account, Mapping[str, Any]], dict[str, Any]]] = {
    "newrelic:index/getAccount:getAccount": _account,
    "newrelic:index/getAlertPolicy:getAlertPolicy": _alert_policy,
    "newrelic:index/getNotificationDestination:getNotificationDestination": _destination,
    "newrelic:index/getServiceLevelAlertHelper:getServiceLevelAlertHelper": _burn_rate_threshold,
}
