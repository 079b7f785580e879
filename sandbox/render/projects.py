"""Projects and their environments, which hold every other object; deleting one deletes what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.render.call import Account, Answer, Call
from sandbox.render.ids import new_id
from sandbox.render.listing import by_age, fits, page
from sandbox.render.refusals import Refused
from sandbox.render.removal import MEMBER_KINDS, members, remove_environment

Document = dict[str, Any]

# How an environment's document names what it holds.
_HELD = {"serviceIds": "service", "databasesIds": "postgres", "redisIds": "key-value", "envGroupIds": "env-group"}


def _create_project(call: Call) -> Answer:
    body, now = call.body, call.account.now()
    call.refer("owner", "ownerId", "workspace")
    _check_names([body["name"]], "name")
    _check_names([entry["name"] for entry in body["environments"]], "environments")
    project = {
        "id": new_id("prj"),
        "name": body["name"],
        "owner": call.account.find("owner", body["ownerId"]),
        "createdAt": now,
        "updatedAt": now,
    }
    call.account.save("project", project)
    for entry in body["environments"]:
        _add_environment(call.account, project["id"], entry)
    return Answer(201, _told_project(call.account, project))


def _list_projects(call: Call) -> Answer:
    found = [_told_project(call.account, record.document) for record in call.account.all("project")]
    kept = [one for one in found if fits(call.query, one, {"name": one["name"], "ownerId": one["owner"]["id"]})]
    return Answer(200, page(call, "project", kept, order=by_age))


def _get_project(call: Call) -> Answer:
    return Answer(200, _told_project(call.account, _project(call)))


def _patch_project(call: Call) -> Answer:
    project = {**_project(call), **call.body, "updatedAt": call.account.now()}
    _check_names([project["name"]], "name")
    call.account.save("project", project)
    return Answer(200, _told_project(call.account, project))


def _delete_project(call: Call) -> Answer:
    project = _project(call)
    for environment in _environments_of(call.account, project["id"]):
        remove_environment(call.account, environment["id"])
    call.account.delete("project", project["id"])
    return Answer(204)


def _create_environment(call: Call) -> Answer:
    body = call.body
    call.refer("project", "projectId", "project")
    taken = [one["name"] for one in _environments_of(call.account, body["projectId"])]
    _check_names([*taken, body["name"]], "name")
    environment = _add_environment(call.account, body["projectId"], body)
    return Answer(201, _told_environment(call.account, environment))


def _list_environments(call: Call) -> Answer:
    found = []
    for record in call.account.all("environment"):
        one, project = record.document, call.account.known("project", record.document["projectId"])
        fields = {"environmentId": one["id"], "name": one["name"], "projectId": one["projectId"]}
        if fits(call.query, one, {**fields, "ownerId": project["owner"]["id"]}):
            found.append(one)
    answer = page(call, "environment", found, order=by_age)
    return Answer(
        200, [{**item, "environment": _told_environment(call.account, item["environment"])} for item in answer]
    )


def _get_environment(call: Call) -> Answer:
    return Answer(200, _told_environment(call.account, _environment(call)))


def _patch_environment(call: Call) -> Answer:
    before = _environment(call)
    environment = {**before, **call.body, "updatedAt": call.account.now()}
    others = [one["name"] for one in _environments_of(call.account, before["projectId"]) if one["id"] != before["id"]]
    _check_names([*others, environment["name"]], "name")
    call.account.save("environment", environment)
    return Answer(200, _told_environment(call.account, environment))


def _delete_environment(call: Call) -> Answer:
    remove_environment(call.account, _environment(call)["id"])
    return Answer(204)


def _add_resources(call: Call) -> Answer:
    environment = _environment(call)
    for kind, document in _resources(call.account, call.body["resourceIds"]):
        call.account.save(kind, {**document, "environmentId": environment["id"]})
    return Answer(200, _told_environment(call.account, environment))


def _remove_resources(call: Call) -> Answer:
    environment = _environment(call)
    for kind, document in _resources(call.account, call.query["resourceIds"]):
        if document.get("environmentId") != environment["id"]:
            raise Refused(400, f'"resourceIds" has "{document["id"]}", which is not in environment {environment["id"]}')
        rest = {name: value for name, value in document.items() if name != "environmentId"}
        call.account.save(kind, rest)
    return Answer(204)


def _resources(account: Account, ids: list[str]) -> list[tuple[str, Document]]:
    found = []
    for object_id in ids:
        kind = MEMBER_KINDS.get(object_id.partition("-")[0])
        document = account.find(kind, object_id) if kind else None
        if kind is None or document is None:
            raise Refused(404, f'"resourceIds" has "{object_id}"; there is no such service, database, store or group')
        found.append((kind, document))
    return found


def _add_environment(account: Account, project_id: str, given: Mapping[str, Any]) -> Document:
    now = account.now()
    environment = {
        "id": new_id("evm"),
        "name": given["name"],
        "projectId": project_id,
        "protectedStatus": given.get("protectedStatus", "unprotected"),
        "networkIsolationEnabled": given.get("networkIsolationEnabled", False),
        "createdAt": now,
        "updatedAt": now,
    }
    account.save("environment", environment)
    return environment


def _told_project(account: Account, project: Mapping[str, Any]) -> Document:
    return {**project, "environmentIds": [one["id"] for one in _environments_of(account, project["id"])]}


def _told_environment(account: Account, environment: Mapping[str, Any]) -> Document:
    held = members(account, environment["id"])
    ids = {field: [object_id for kind, object_id in held if kind == wanted] for field, wanted in _HELD.items()}
    shown = {name: value for name, value in environment.items() if name not in {"createdAt", "updatedAt"}}
    return {**shown, **ids}


def _environments_of(account: Account, project_id: str) -> list[Document]:
    return [record.document for record in account.all("environment") if record.document["projectId"] == project_id]


def _project(call: Call) -> Document:
    found: Document = call.require("project", "projectId", "project")
    return found


def _environment(call: Call) -> Document:
    found: Document = call.require("environment", "environmentId", "environment")
    return found


def _check_names(names: list[str], field: str) -> None:
    for name in names:
        if not name:
            raise Refused(400, f'field "{field}" has the name ""; a name is needed')
        if names.count(name) > 1:
            raise Refused(400, f'field "{field}": a project has one environment "{name}" at most')


HANDLERS = {
    "GET /projects": _list_projects,
    "POST /projects": _create_project,
    "GET /projects/{projectId}": _get_project,
    "PATCH /projects/{projectId}": _patch_project,
    "DELETE /projects/{projectId}": _delete_project,
    "GET /environments": _list_environments,
    "POST /environments": _create_environment,
    "GET /environments/{environmentId}": _get_environment,
    "PATCH /environments/{environmentId}": _patch_environment,
    "DELETE /environments/{environmentId}": _delete_environment,
    "POST /environments/{environmentId}/resources": _add_resources,
    "DELETE /environments/{environmentId}/resources": _remove_resources,
}
