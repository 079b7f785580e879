"""Postgres databases with Render's rules: a disk that only grows, and what can never change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sandbox.render.call import Account, Answer, Call
from sandbox.render.ids import new_id, new_password, short_hash
from sandbox.render.listing import by_age, fits, page
from sandbox.render.refusals import Refused
from sandbox.render.stores import (
    busy,
    check_networks,
    check_store_name,
    filter_fields,
    new_store,
    told_store,
)

Document = dict[str, Any]

_KIND = "postgres"
_OWN = frozenset({"password", "diskGrownAt"})
# Without a list, any address may connect (render.com/docs/blueprint-spec, ipAllowList of a database).
_EVERYWHERE = [{"cidrBlock": "0.0.0.0/0", "description": "everywhere"}]
# Render's own default is not documented; the smallest disk there is.
_DISK_GB = 1


def told(account: Account, database: Mapping[str, Any]) -> Document:
    """The database as Render tells it."""
    return told_store(account, database, _OWN)


def _create(call: Call) -> Answer:
    body = call.body
    size, standby = body.get("diskSizeGB", _DISK_GB), body.get("enableHighAvailability", False)
    _check_size(size)
    _check_standby(standby, body["plan"])
    _check_replicas(body)
    database_id = new_id("dpg")
    chosen = _name(body["name"], database_id)
    database = {
        **new_store(call, _KIND, database_id),
        "version": body["version"],
        "databaseName": body.get("databaseName") or chosen,
        "databaseUser": body.get("databaseUser") or f"{chosen}_user",
        "password": new_password(),
        "diskSizeGB": size,
        "highAvailabilityEnabled": standby,
        "ipAllowList": check_networks(body.get("ipAllowList", _EVERYWHERE)),
        "readReplicas": [],
        "role": "primary",
        "suspended": "not_suspended",
        "suspenders": [],
    }
    call.account.save(_KIND, database)
    return Answer(201, told(call.account, database))


def _list(call: Call) -> Answer:
    found = [told(call.account, record.document) for record in call.account.all(_KIND)]
    kept = [one for one in found if fits(call.query, one, {**filter_fields(one), "suspended": one["suspended"]})]
    return Answer(200, page(call, _KIND, kept, order=by_age))


def _get(call: Call) -> Answer:
    return Answer(200, told(call.account, _database(call)))


def _patch(call: Call) -> Answer:
    before, body = _database(call), call.body
    plan, size = body.get("plan", before["plan"]), body.get("diskSizeGB", before["diskSizeGB"])
    standby = body.get("enableHighAvailability", before["highAvailabilityEnabled"])
    check_store_name(body.get("name", before["name"]))
    _check_standby(standby, plan)
    _check_replicas(body)
    now = call.account.now()
    changed = {"name": body.get("name", before["name"]), "plan": plan, "highAvailabilityEnabled": standby}
    if size != before["diskSizeGB"]:
        _check_growth(call.account, before, size)
        changed |= {"diskSizeGB": size, "diskGrownAt": now}
    if "ipAllowList" in body:
        changed["ipAllowList"] = check_networks(body["ipAllowList"])
    if (plan, standby) != (before["plan"], before["highAvailabilityEnabled"]):
        changed |= busy(call.account, "updating_instance")
    after = {**before, **changed, "updatedAt": now}
    call.account.save(_KIND, after)
    return Answer(200, told(call.account, after))


def _delete(call: Call) -> Answer:
    call.account.delete(_KIND, _database(call)["id"])
    return Answer(204)


def _connection(call: Call) -> Answer:
    database = _database(call)
    user, password, name = database["databaseUser"], database["password"], database["databaseName"]
    host = f"{database['id']}-a"
    outside = f"{host}.{database['region']}-postgres.render.com"
    return Answer(
        200,
        {
            "password": password,
            "internalConnectionString": f"postgresql://{user}:{password}@{host}/{name}",
            "externalConnectionString": f"postgresql://{user}:{password}@{outside}/{name}",
            "psqlCommand": f"PGPASSWORD={password} psql -h {outside} -U {user} {name}",
        },
    )


def _suspend(call: Call) -> Answer:
    call.account.save(_KIND, {**_database(call), "suspended": "suspended", "suspenders": ["user"]})
    return Answer(202)


def _resume(call: Call) -> Answer:
    again = {"suspended": "not_suspended", "suspenders": [], **busy(call.account, "unavailable")}
    call.account.save(_KIND, {**_database(call), **again})
    return Answer(202)


def _restart(call: Call) -> Answer:
    database = _database(call)
    if database["suspended"] == "suspended":
        raise Refused(400, f"database {database['id']} is suspended; resume it instead")
    call.account.save(_KIND, {**database, **busy(call.account, "unavailable")})
    return Answer(202)


def _database(call: Call) -> Document:
    found: Document = call.require(_KIND, "postgresId", "database")
    return found


def _name(name: str, database_id: str) -> str:
    return (re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "database") + f"_{short_hash(database_id)[:4]}"


def _check_size(size: int) -> None:
    if size != 1 and (size < 1 or size % 5):
        raise Refused(400, f'field "diskSizeGB" is {size}; allowed are 1 and multiples of 5')


def _check_growth(account: Account, before: Mapping[str, Any], size: int) -> None:
    _check_size(size)
    if size < before["diskSizeGB"]:
        raise Refused(400, f'field "diskSizeGB" is {size}; the disk has {before["diskSizeGB"]} and only grows')
    if "diskGrownAt" not in before:
        return
    cooldown = account.controls.settings.disk_cooldown_seconds
    again = datetime.fromisoformat(before["diskGrownAt"]) + timedelta(seconds=cooldown)
    if account.clock() < again:
        raise Refused(
            400,
            f'field "diskSizeGB" is {size}; the disk grew at {before["diskGrownAt"]} and can grow again '
            f"{cooldown / 3600:g} hours later",
        )


def _check_standby(standby: bool, plan: str) -> None:
    if standby and not plan.startswith(("pro_", "accelerated_", "custom")):
        raise Refused(
            400,
            f'field "enableHighAvailability" is true and "plan" is "{plan}"; a standby needs a pro or an accelerated '
            "plan, from pro_4gb on",
        )


def _check_replicas(body: Mapping[str, Any]) -> None:
    if body.get("readReplicas"):
        count = len(body["readReplicas"])
        raise Refused(400, f'field "readReplicas" asks for {count}; the sandbox has no read replicas, which Render has')


HANDLERS = {
    "GET /postgres": _list,
    "POST /postgres": _create,
    "GET /postgres/{postgresId}": _get,
    "PATCH /postgres/{postgresId}": _patch,
    "DELETE /postgres/{postgresId}": _delete,
    "GET /postgres/{postgresId}/connection-info": _connection,
    "POST /postgres/{postgresId}/suspend": _suspend,
    "POST /postgres/{postgresId}/resume": _resume,
    "POST /postgres/{postgresId}/restart": _restart,
}
