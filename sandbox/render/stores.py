"""What databases and Key Value instances have in common: owner, networks, and the time that a change takes."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sandbox.render.call import Account, Call, stamp
from sandbox.render.refusals import Refused, shown

Document = dict[str, Any]


def new_store(call: Call, kind: str, store_id: str) -> Document:
    """The fields that every new store has.

    Raises:
        Refused: 400 or 404, the name, the region or what is referred to is not possible.
    """
    body = call.body
    call.refer("owner", "ownerId", "workspace")
    call.refer("environment", "environmentId", "environment")
    check_store_name(body["name"])
    region, regions = body.get("region", "oregon"), call.account.contract.choices("region")
    if region not in regions:
        raise Refused(400, f'field "region" is {shown(region)}; allowed are {", ".join(regions)}')
    now = call.account.now()
    return {
        "id": store_id,
        "name": body["name"],
        "owner": call.account.known("owner", body["ownerId"]),
        "plan": body["plan"],
        "region": region,
        "createdAt": now,
        "updatedAt": now,
        "dashboardUrl": call.page_of(kind, store_id),
        **busy(call.account, "creating"),
        **({"environmentId": body["environmentId"]} if body.get("environmentId") else {}),
    }


def check_store_name(name: str) -> None:
    """A store has a name.

    Raises:
        Refused: 400, it is empty.
    """
    if not name:
        raise Refused(400, 'field "name" is ""; a name is needed')


def check_networks(networks: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The allowed networks themselves, once each is one.

    Raises:
        Refused: 400, an entry is no network in CIDR notation.
    """
    for index, entry in enumerate(networks):
        try:
            ipaddress.ip_network(entry["cidrBlock"])
        except ValueError:
            told = shown(entry["cidrBlock"])
            raise Refused(
                400, f'field "ipAllowList[{index}].cidrBlock" is {told}; a network such as 203.0.113.0/24 is needed'
            ) from None
    return list(networks)


def busy(account: Account, status: str) -> Document:
    """The fields of a store that is at work until a deploy's time has gone by."""
    ready = account.clock() + timedelta(seconds=account.controls.settings.deploy_seconds)
    return {"busyStatus": status, "readyAt": stamp(ready)}


def status_of(account: Account, store: Mapping[str, Any]) -> str:
    """A store's status at present."""
    if store.get("suspended") == "suspended":
        return "suspended"
    working = account.clock() < datetime.fromisoformat(store["readyAt"])
    return str(store["busyStatus"]) if working else "available"


def told_store(account: Account, store: Mapping[str, Any], own: frozenset[str]) -> Document:
    """A store without the sandbox's `own` fields, with its status at present."""
    hidden = own | {"busyStatus", "readyAt"}
    return {name: value for name, value in store.items() if name not in hidden} | {"status": status_of(account, store)}


def filter_fields(store: Mapping[str, Any]) -> Document:
    """What lists of stores can be filtered by."""
    return {
        "name": store["name"],
        "ownerId": store["owner"]["id"],
        "region": store["region"],
        "environmentId": store.get("environmentId"),
    }
