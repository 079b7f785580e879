"""Environment groups: variables and secret files that several services share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.render import entries
from sandbox.render.call import Account, Answer, Call
from sandbox.render.ids import new_id
from sandbox.render.listing import by_age, fits
from sandbox.render.listing import page as pages
from sandbox.render.refusals import Refused, missing

Document = dict[str, Any]

_KIND = "env-group"
_SHORT_TYPES = {"web_service": "web", "private_service": "pserv"}


def _create(call: Call) -> Answer:
    body, now = call.body, call.account.now()
    call.refer("owner", "ownerId", "workspace")
    call.refer("environment", "environmentId", "environment")
    for service_id in body.get("serviceIds", []):
        if call.account.find("service", service_id) is None:
            raise Refused(404, f'field "serviceIds" has "{service_id}"; there is no such service')
    _check_name(body["name"])
    group = {
        "id": new_id("evg"),
        "name": body["name"],
        "ownerId": body["ownerId"],
        "createdAt": now,
        "updatedAt": now,
        "envVars": entries.env_vars(body["envVars"]),
        "secretFiles": entries.secret_files(body.get("secretFiles", [])),
        "serviceIds": list(dict.fromkeys(body.get("serviceIds", []))),
        **({"environmentId": body["environmentId"]} if body.get("environmentId") else {}),
    }
    call.account.save(_KIND, group)
    return Answer(201, _told(call.account, group))


def _list(call: Call) -> Answer:
    groups = [record.document for record in call.account.all(_KIND)]
    fields = ("name", "ownerId", "environmentId")
    kept = [group for group in groups if fits(call.query, group, {name: group.get(name) for name in fields})]
    # Render's list of groups has them bare: without a cursor, and without what they hold.
    wrapped = pages(call, "envGroup", kept, order=by_age)
    return Answer(200, [_summary(call.account, item["envGroup"]) for item in wrapped])


def _get(call: Call) -> Answer:
    return Answer(200, _told(call.account, _group(call)))


def _patch(call: Call) -> Answer:
    _check_name(call.body["name"])
    return _saved(call, {**_group(call), "name": call.body["name"]})


def _delete(call: Call) -> Answer:
    call.account.delete(_KIND, _group(call)["id"])
    return Answer(204)


def _get_env_var(call: Call) -> Answer:
    return Answer(200, entries.one(_group(call)["envVars"], "key", call.path["envVarKey"], "environment variable"))


def _put_env_var(call: Call) -> Answer:
    group = _group(call)
    entry = {"key": entries.env_var_key(call.path["envVarKey"]), "value": entries.env_var_value(call.body)}
    return _saved(call, {**group, "envVars": entries.with_entry(group["envVars"], "key", entry)})


def _delete_env_var(call: Call) -> Answer:
    group = _group(call)
    kept = entries.without_entry(group["envVars"], "key", call.path["envVarKey"], "environment variable")
    _saved(call, {**group, "envVars": kept})
    return Answer(204)


def _get_secret_file(call: Call) -> Answer:
    return Answer(200, entries.one(_group(call)["secretFiles"], "name", call.path["secretFileName"], "secret file"))


def _put_secret_file(call: Call) -> Answer:
    group = _group(call)
    entry = {"name": entries.file_name(call.path["secretFileName"]), "content": call.body.get("content", "")}
    return _saved(call, {**group, "secretFiles": entries.with_entry(group["secretFiles"], "name", entry)})


def _delete_secret_file(call: Call) -> Answer:
    group = _group(call)
    kept = entries.without_entry(group["secretFiles"], "name", call.path["secretFileName"], "secret file")
    _saved(call, {**group, "secretFiles": kept})
    return Answer(204)


def _link(call: Call) -> Answer:
    group, service = _group(call), call.require("service", "serviceId", "service")
    linked = dict.fromkeys([*group["serviceIds"], service["id"]])
    return _saved(call, {**group, "serviceIds": list(linked)})


def _unlink(call: Call) -> Answer:
    group, service_id = _group(call), call.path["serviceId"]
    if service_id not in group["serviceIds"]:
        raise missing(f"a link of group {group['id']} to service", service_id)
    _saved(call, {**group, "serviceIds": [one for one in group["serviceIds"] if one != service_id]})
    return Answer(204)


def _group(call: Call) -> Document:
    found: Document = call.require(_KIND, "envGroupId", "environment group")
    return found


def _saved(call: Call, group: Document) -> Answer:
    group = {**group, "updatedAt": call.account.now()}
    call.account.save(_KIND, group)
    return Answer(200, _told(call.account, group))


def _told(account: Account, group: Mapping[str, Any]) -> Document:
    return {**_summary(account, group), "envVars": group["envVars"], "secretFiles": group["secretFiles"]}


def _summary(account: Account, group: Mapping[str, Any]) -> Document:
    hidden = {"envVars", "secretFiles", "serviceIds"}
    links = [_link_to(account, service_id) for service_id in group["serviceIds"]]
    return {name: value for name, value in group.items() if name not in hidden} | {"serviceLinks": links}


def _link_to(account: Account, service_id: str) -> Document:
    service = account.known("service", service_id)
    return {"id": service_id, "name": service["name"], "type": _SHORT_TYPES[service["type"]]}


def _check_name(name: str) -> None:
    if not name:
        raise Refused(400, 'field "name" is ""; a name is needed')


_ENV_VAR = "/env-groups/{envGroupId}/env-vars/{envVarKey}"
_SECRET_FILE = "/env-groups/{envGroupId}/secret-files/{secretFileName}"  # noqa: S105 - a path
_LINK = "/env-groups/{envGroupId}/services/{serviceId}"

HANDLERS = {
    "GET /env-groups": _list,
    "POST /env-groups": _create,
    "GET /env-groups/{envGroupId}": _get,
    "PATCH /env-groups/{envGroupId}": _patch,
    "DELETE /env-groups/{envGroupId}": _delete,
    f"GET {_ENV_VAR}": _get_env_var,
    f"PUT {_ENV_VAR}": _put_env_var,
    f"DELETE {_ENV_VAR}": _delete_env_var,
    f"GET {_SECRET_FILE}": _get_secret_file,
    f"PUT {_SECRET_FILE}": _put_secret_file,
    f"DELETE {_SECRET_FILE}": _delete_secret_file,
    f"POST {_LINK}": _link,
    f"DELETE {_LINK}": _unlink,
}
