"""Key Value instances, Render's Redis-compatible store: a plan that only goes up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.render.call import Account, Answer, Call
from sandbox.render.ids import new_id, new_password
from sandbox.render.listing import by_age, fits, page
from sandbox.render.refusals import Refused
from sandbox.render.stores import busy, check_networks, check_store_name, filter_fields, new_store, told_store

Document = dict[str, Any]

_KIND = "key-value"
_OWN = frozenset({"password"})
_VERSION = "8.1.4"  # of Valkey, which Render runs since 2025 (render.com/docs/key-value)
# Render's policy for a cache, which it takes unless told (render.com/docs/blueprint-spec, maxmemoryPolicy).
_POLICY = "allkeys_lru"


def told(account: Account, instance: Mapping[str, Any]) -> Document:
    """The instance as Render tells it."""
    return told_store(account, instance, _OWN)


def _create(call: Call) -> Answer:
    body = call.body
    instance = {
        **new_store(call, _KIND, new_id("red")),
        "version": _VERSION,
        "password": new_password(),
        "options": {"maxmemoryPolicy": body.get("maxmemoryPolicy", _POLICY)},
        "ipAllowList": check_networks(body.get("ipAllowList", [])),
    }
    call.account.save(_KIND, instance)
    return Answer(201, _detail(call, instance))


def _list(call: Call) -> Answer:
    found = [told(call.account, record.document) for record in call.account.all(_KIND)]
    kept = [one for one in found if fits(call.query, one, filter_fields(one))]
    return Answer(200, page(call, "keyValue", kept, order=by_age))


def _get(call: Call) -> Answer:
    return Answer(200, _detail(call, _instance(call)))


def _patch(call: Call) -> Answer:
    before, body = _instance(call), call.body
    plan = body.get("plan", before["plan"])
    check_store_name(body.get("name", before["name"]))
    _check_plan(call, before["plan"], plan)
    changed: Document = {"name": body.get("name", before["name"]), "plan": plan}
    if "maxmemoryPolicy" in body:
        changed["options"] = {"maxmemoryPolicy": body["maxmemoryPolicy"]}
    if "ipAllowList" in body:
        changed["ipAllowList"] = check_networks(body["ipAllowList"])
    if plan != before["plan"]:
        changed |= busy(call.account, "updating_instance")
    after = {**before, **changed, "updatedAt": call.account.now()}
    call.account.save(_KIND, after)
    return Answer(200, _detail(call, after))


def _delete(call: Call) -> Answer:
    call.account.delete(_KIND, _instance(call)["id"])
    return Answer(204)


def _connection(call: Call) -> Answer:
    instance = _instance(call)
    outside = f"rediss://{instance['id']}:{instance['password']}@{instance['region']}-keyvalue.render.com:6379"
    return Answer(
        200,
        {
            "internalConnectionString": f"redis://{instance['id']}:6379",
            "externalConnectionString": outside,
            "cliCommand": f"redis-cli -u {outside}",
        },
    )


def _instance(call: Call) -> Document:
    found: Document = call.require(_KIND, "keyValueId", "Key Value instance")
    return found


def _detail(call: Call, instance: Document) -> Document:
    # A single instance is told without the address of its page; a list has it.
    return {name: value for name, value in told(call.account, instance).items() if name != "dashboardUrl"}


def _check_plan(call: Call, before: str, after: str) -> None:
    order = call.account.contract.choices("keyValuePlan")
    if order.index(after) < order.index(before):
        raise Refused(400, f'field "plan" is "{after}"; the instance has "{before}", and a Key Value plan only goes up')


HANDLERS = {
    "GET /key-value": _list,
    "POST /key-value": _create,
    "GET /key-value/{keyValueId}": _get,
    "PATCH /key-value/{keyValueId}": _patch,
    "DELETE /key-value/{keyValueId}": _delete,
    "GET /key-value/{keyValueId}/connection-info": _connection,
}
