"""What New Relic's account holds, by NerdGraph.

Queries: docs.newrelic.com, "NerdGraph tutorial: NRQL condition alerts", "NerdGraph tutorial: Create and manage alert
workflows", "NerdGraph tutorial: Notifications channels" and "Muting rules". They were never sent to a real account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import requests

from lookout.drift.reading import Reading
from lookout.drift.strangers import Stranger

_ADDRESSES: Final = {"US": "https://api.newrelic.com/graphql", "EU": "https://api.eu.newrelic.com/graphql"}
_ANSWER_SECONDS: Final = 30
_MOST_PAGES: Final = 500  # of up to 200 objects; a cursor that never ends must not keep us
_CONDITIONS: Final = """query($account: Int!, $cursor: String) { actor { account(id: $account) { alerts {
  nrqlConditionsSearch(cursor: $cursor) { nrqlConditions { id name policyId } nextCursor } } } } }"""
_WORKFLOWS: Final = """query($account: Int!, $cursor: String) { actor { account(id: $account) { aiWorkflows {
  workflows(cursor: $cursor) {
    entities { id name issuesFilter { predicates { attribute values } } } nextCursor } } } } }"""
_CHANNELS: Final = """query($account: Int!, $cursor: String) { actor { account(id: $account) { aiNotifications {
  channels(cursor: $cursor) { entities { id name destinationId } nextCursor } } } } }"""
_MUTING: Final = """query($account: Int!) { actor { account(id: $account) { alerts {
  mutingRules { id name condition { conditions { attribute values } } } } } } }"""

Ask = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]


def strangers(key: str, reading: Reading, address: str | None = None) -> Iterator[Stranger]:
    """Yield every condition, workflow, channel and muting rule of the account.

    Raises `LookupError` when NerdGraph answers with errors, `requests.RequestException` when it does not answer.
    """
    account = int(reading.settings["accountId"])
    url = address or _ADDRESSES[reading.settings.get("region", "US").upper()]
    ask = _asking(url, key, account)
    for one in _pages(ask, _CONDITIONS, "alerts", "nrqlConditionsSearch", "nrqlConditions"):
        inputs = {"policyId": str(one["policyId"])}
        yield Stranger("newrelic", "NrqlAlertCondition", f"{one['policyId']}:{one['id']}", one["name"], inputs)
    for one in _pages(ask, _WORKFLOWS, "aiWorkflows", "workflows", "entities"):
        yield Stranger("newrelic", "Workflow", str(one["id"]), one["name"], {"issuesFilter": one["issuesFilter"]})
    for one in _pages(ask, _CHANNELS, "aiNotifications", "channels", "entities"):
        inputs = {"destinationId": str(one["destinationId"])}
        yield Stranger("newrelic", "NotificationChannel", str(one["id"]), one["name"], inputs)
    for one in ask(_MUTING, {})["alerts"]["mutingRules"] or ():
        inputs = {"condition": one["condition"]}
        yield Stranger("newrelic", "AlertMutingRule", f"{account}:{one['id']}", one["name"], inputs)


def _pages(ask: Ask, query: str, *path: str) -> Iterator[Mapping[str, Any]]:
    cursor: str | None = None
    for _ in range(_MOST_PAGES):
        part: Any = ask(query, {"cursor": cursor})
        for step in path[:-1]:
            part = part[step]
        yield from part[path[-1]] or ()
        cursor = part.get("nextCursor")
        if not cursor:
            return
    raise LookupError(f"NerdGraph answered {path[1]} with more than {_MOST_PAGES} pages")


def _asking(url: str, key: str, account: int) -> Ask:
    session = requests.Session()
    session.headers.update({"API-Key": key})

    def ask(query: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        body = {"query": query, "variables": {"account": account, **variables}}
        answer = session.post(url, json=body, timeout=_ANSWER_SECONDS)
        answer.raise_for_status()
        document = answer.json()
        if document.get("errors"):
            raise LookupError(str(document["errors"][0].get("message", "NerdGraph answered with errors")))
        found: Mapping[str, Any] = document["data"]["actor"]["account"]
        return found

    return ask
