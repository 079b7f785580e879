"""What the account of these tests does for each request: the effect on its objects, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from render_account import RenderAccount

Document: TypeAlias = dict[str, Any]
Route: TypeAlias = tuple[str, str, Callable[..., Any]]

ID_PREFIXES = {"services": "srv", "postgres": "dpg", "key-value": "red", "env-groups": "evg", "projects": "prj"}
_WRAPPERS = {"services": "service", "postgres": "postgres", "key-value": "keyValue", "projects": "project"}


class Refused(Exception):
    """The account's answer to a request it does not accept."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def _listing(kind: str) -> Callable[..., Any]:
    def work(account: RenderAccount, query: Any, body: Any) -> Any:
        found = list(account.objects[kind].values())
        for name in query.get("name", []):
            found = [document for document in found if document["name"] == name]
        wrapper = _WRAPPERS.get(kind)
        return [{wrapper: item, "cursor": item["id"]} for item in found] if wrapper else found

    return work


def _one(kind: str) -> Callable[..., Any]:
    return lambda account, query, body, object_id: account.get(kind, object_id)


def _remove(kind: str) -> Callable[..., Any]:
    def work(account: RenderAccount, query: Any, body: Any, object_id: str) -> None:
        account.get(kind, object_id)
        del account.objects[kind][object_id]
        environments = account.objects["environments"]
        for environment_id in [found for found, entry in environments.items() if entry["projectId"] == object_id]:
            del environments[environment_id]

    return work


def _create_service(account: RenderAccount, query: Any, body: Document) -> Document:
    service_id = account.new_id("srv")
    private = body["type"] == "private_service"
    if private and "healthCheckPath" in body["serviceDetails"]:
        raise Refused(400, "a private service has no healthCheckPath")
    url = f"{body['name']}:10000" if private else f"https://{body['name']}.onrender.com"
    service = {
        **{name: value for name, value in body.items() if name not in {"envVars", "secretFiles", "image"}},
        "id": service_id,
        "slug": body["name"],
        "dashboardUrl": f"https://dashboard.render.com/{service_id}",
        "imagePath": body.get("image", {}).get("imagePath"),
        "serviceDetails": {**body["serviceDetails"], "url": url, "openPorts": [{"port": 10000, "protocol": "TCP"}]},
        "_env": {entry["key"]: entry["value"] for entry in body["envVars"]},
        "_files": {entry["name"]: entry["content"] for entry in body["secretFiles"]},
    }
    if "disk" in service["serviceDetails"]:
        disk = {**service["serviceDetails"]["disk"], "id": account.new_id("dsk")}
        account.objects["disks"][disk["id"]] = service["serviceDetails"]["disk"] = disk
    account.objects["services"][service_id] = service
    return {"service": service, "deployId": account.start_deploy(service_id, "other")["id"]}


def _patch_service(account: RenderAccount, query: Any, body: Document, service_id: str) -> Document:
    service = account.get("services", service_id)
    details = body.pop("serviceDetails", {})
    service["serviceDetails"].update(details)
    if "image" in body:
        service["imagePath"] = body.pop("image")["imagePath"]
    service.update(body)
    return service


def _set_service_entries(store: str, key: str, value: str) -> Callable[..., Any]:
    def work(account: RenderAccount, query: Any, body: Any, service_id: str) -> Any:
        account.get("services", service_id)[store] = {entry[key]: entry[value] for entry in body}

    return work


def _service_entries(store: str, wrapper: str, key: str, value: str) -> Callable[..., Any]:
    def work(account: RenderAccount, query: Any, body: Any, service_id: str) -> Any:
        entries = account.get("services", service_id)[store].items()
        return [{wrapper: {key: name, value: text}, "cursor": name} for name, text in entries]

    return work


def _one_variable(kind: str) -> Callable[..., Any]:
    def work(account: RenderAccount, query: Any, body: Any, object_id: str, key: str) -> Any:
        variables = account.get(kind, object_id)["_env"]
        if key not in variables:
            raise Refused(404, f"{key} not found")
        return {"key": key, "value": variables[key]}

    return work


def _deploy_list(account: RenderAccount, query: Any, body: Any, service_id: str) -> Any:
    return [{"deploy": deploy, "cursor": deploy["id"]} for deploy in reversed(account.deploys_of(service_id))][:1]


def _deploy(account: RenderAccount, query: Any, body: Any, service_id: str, deploy_id: str) -> Document:
    deploy = account.get("deploys", deploy_id)
    if deploy["_script"]:
        deploy["status"] = deploy["_script"].pop(0)
    return deploy


def _cancel(account: RenderAccount, query: Any, body: Any, service_id: str, deploy_id: str) -> Document:
    deploy = account.get("deploys", deploy_id)
    deploy.update({"status": "canceled", "_script": []})
    return deploy


def _scale(account: RenderAccount, query: Any, body: Document, service_id: str) -> None:
    account.get("services", service_id)["serviceDetails"]["numInstances"] = body["numInstances"]


def _autoscale(account: RenderAccount, query: Any, body: Document, service_id: str) -> Document:
    account.get("services", service_id)["serviceDetails"]["autoscaling"] = body
    return body


def _stop_autoscaling(account: RenderAccount, query: Any, body: Any, service_id: str) -> None:
    account.get("services", service_id)["serviceDetails"].pop("autoscaling")


def _create_disk(account: RenderAccount, query: Any, body: Document) -> Document:
    disk = {**body, "id": account.new_id("dsk")}
    account.objects["disks"][disk["id"]] = disk
    account.get("services", body["serviceId"])["serviceDetails"]["disk"] = disk
    return disk


def _create_group(account: RenderAccount, query: Any, body: Document) -> Document:
    group_id = account.new_id("evg")
    group = {name: value for name, value in body.items() if name not in {"envVars", "secretFiles"}} | {
        "id": group_id,
        "serviceLinks": [],
        "_env": {entry["key"]: entry["value"] for entry in body["envVars"]},
        "_files": {entry["name"]: entry["content"] for entry in body["secretFiles"]},
    }
    account.objects["env-groups"][group_id] = group
    return _group(account, query, None, group_id)


def _group(account: RenderAccount, query: Any, body: Any, group_id: str) -> Document:
    group = account.get("env-groups", group_id)
    return {
        **group,
        "envVars": [{"key": key, "value": value} for key, value in group["_env"].items()],
        "secretFiles": [{"name": name, "content": text} for name, text in group["_files"].items()],
    }


def _set_group_entry(store: str, field_name: str) -> Callable[..., Any]:
    def work(account: RenderAccount, query: Any, body: Document, group_id: str, key: str) -> Document:
        account.get("env-groups", group_id)[store][key] = body[field_name]
        return _group(account, query, None, group_id)

    return work


def _remove_group_entry(store: str) -> Callable[..., Any]:
    def work(account: RenderAccount, query: Any, body: Any, group_id: str, key: str) -> None:
        del account.get("env-groups", group_id)[store][key]

    return work


def _link(account: RenderAccount, query: Any, body: Any, group_id: str, service_id: str) -> Document:
    links = account.get("env-groups", group_id)["serviceLinks"]
    if all(link["id"] != service_id for link in links):
        links.append({"id": service_id, "name": account.get("services", service_id)["name"], "type": "web"})
    return _group(account, query, None, group_id)


def _unlink(account: RenderAccount, query: Any, body: Any, group_id: str, service_id: str) -> None:
    group = account.get("env-groups", group_id)
    group["serviceLinks"] = [link for link in group["serviceLinks"] if link["id"] != service_id]


def _create_project(account: RenderAccount, query: Any, body: Document) -> Document:
    project = {"id": account.new_id("prj"), "name": body["name"], "owner": {"id": body["ownerId"]}}
    account.objects["projects"][str(project["id"])] = project
    for entry in body["environments"]:
        _create_environment(account, query, {**entry, "projectId": project["id"]})
    return project


def _create_environment(account: RenderAccount, query: Any, body: Document) -> Document:
    held: Document = {"serviceIds": [], "databasesIds": [], "redisIds": [], "envGroupIds": []}
    environment: Document = {**body, **held, "id": account.new_id("evm")}
    account.objects["environments"][environment["id"]] = environment
    return environment


def _environments(account: RenderAccount, query: Any, body: Any) -> Any:
    found = [entry for entry in account.objects["environments"].values() if entry["projectId"] in query["projectId"]]
    return [{"environment": entry, "cursor": entry["id"]} for entry in found]


def _move(account: RenderAccount, query: Any, body: Document, environment_id: str) -> None:
    for object_id in body["resourceIds"]:
        for kind in ID_PREFIXES:
            if object_id in account.objects[kind]:
                account.objects[kind][object_id]["environmentId"] = environment_id


def _create_store(kind: str) -> Callable[..., Any]:
    def work(account: RenderAccount, query: Any, body: Document) -> Document:
        store = {
            "databaseName": "chosen_by_render",
            "databaseUser": "chosen_by_render_user",
            **body,
            "id": account.new_id(ID_PREFIXES[kind]),
            "owner": {"id": body["ownerId"]},
            "status": "available",
            "highAvailabilityEnabled": body.get("enableHighAvailability", False),
            "options": {"maxmemoryPolicy": body.get("maxmemoryPolicy", "")},
        }
        account.objects[kind][store["id"]] = store
        return store

    return work


def _patch(kind: str) -> Callable[..., Any]:
    def work(account: RenderAccount, query: Any, body: Document, object_id: str) -> Document:
        found = account.get(kind, object_id)
        found.update(body)
        if "maxmemoryPolicy" in body:
            found["options"] = {"maxmemoryPolicy": body["maxmemoryPolicy"]}
        return found

    return work


def _connection(account: RenderAccount, query: Any, body: Any, object_id: str) -> Document:
    return {
        "password": "seededDatabasePassword",
        "internalConnectionString": f"postgresql://user:seededDatabasePassword@{object_id}/name",
        "externalConnectionString": f"postgresql://user:seededDatabasePassword@{object_id}.oregon.render.com/name",
    }


def _stream(kind: str) -> Callable[..., Any]:
    def work(account: RenderAccount, query: Any, body: Any, owner: str) -> Document:
        return account.get(kind, owner)

    return work


def _set_stream(kind: str) -> Callable[..., Any]:
    def work(account: RenderAccount, query: Any, body: Document, owner: str) -> Document:
        stream = {"ownerId": owner, **body, "_token": body.get("token")}
        stream.pop("token", None)
        account.objects[kind][owner] = stream
        return stream

    return work


def _service_routes() -> Iterator[Route]:
    part = "([^/]+)"
    for kind in ID_PREFIXES:
        yield "GET", f"/{kind}", _listing(kind)
        yield "DELETE", f"/{kind}/{part}", _remove(kind)
        if kind != "env-groups":
            yield "GET", f"/{kind}/{part}", _one(kind)
    service = f"/services/{part}"
    yield "POST", "/services", _create_service
    yield "PATCH", service, _patch_service
    yield "GET", f"{service}/env-vars", _service_entries("_env", "envVar", "key", "value")
    yield "PUT", f"{service}/env-vars", _set_service_entries("_env", "key", "value")
    yield "GET", f"{service}/env-vars/{part}", _one_variable("services")
    yield "GET", f"{service}/secret-files", _service_entries("_files", "secretFile", "name", "content")
    yield "PUT", f"{service}/secret-files", _set_service_entries("_files", "name", "content")
    yield "GET", f"{service}/deploys", _deploy_list
    yield "POST", f"{service}/deploys", lambda account, query, body, found: account.start_deploy(found, "api")
    yield "GET", f"{service}/deploys/{part}", _deploy
    yield "POST", f"{service}/deploys/{part}/cancel", _cancel
    yield "POST", f"{service}/scale", _scale
    yield "PUT", f"{service}/autoscaling", _autoscale
    yield "DELETE", f"{service}/autoscaling", _stop_autoscaling
    yield (
        "GET",
        f"{service}/events",
        lambda account, query, body, found: [{"event": event} for event in account.events],
    )
    yield "POST", "/disks", _create_disk
    yield "PATCH", f"/disks/{part}", _patch("disks")
    yield "GET", "/logs", lambda account, query, body: {"hasMore": False, "logs": account.logs}


def _shared_routes() -> Iterator[Route]:
    part = "([^/]+)"
    group = f"/env-groups/{part}"
    yield "POST", "/env-groups", _create_group
    yield "GET", group, _group
    yield "PATCH", group, _patch("env-groups")
    yield "GET", f"{group}/env-vars/{part}", _one_variable("env-groups")
    yield "PUT", f"{group}/env-vars/{part}", _set_group_entry("_env", "value")
    yield "DELETE", f"{group}/env-vars/{part}", _remove_group_entry("_env")
    yield "PUT", f"{group}/secret-files/{part}", _set_group_entry("_files", "content")
    yield "DELETE", f"{group}/secret-files/{part}", _remove_group_entry("_files")
    yield "POST", f"{group}/services/{part}", _link
    yield "DELETE", f"{group}/services/{part}", _unlink
    yield "POST", "/projects", _create_project
    yield "PATCH", f"/projects/{part}", _patch("projects")
    yield "GET", "/environments", _environments
    yield "POST", "/environments", _create_environment
    yield "PATCH", f"/environments/{part}", _patch("environments")
    yield "DELETE", f"/environments/{part}", _remove("environments")
    yield "POST", f"/environments/{part}/resources", _move
    for kind in ("postgres", "key-value"):
        yield "POST", f"/{kind}", _create_store(kind)
        yield "PATCH", f"/{kind}/{part}", _patch(kind)
        yield "GET", f"/{kind}/{part}/connection-info", _connection
    for kind, path in (("log-streams", f"/logs/streams/owner/{part}"), ("metrics-streams", f"/metrics-stream/{part}")):
        yield "GET", path, _stream(kind)
        yield "PUT", path, _set_stream(kind)
        yield "DELETE", path, _remove(kind)


ROUTES = [*_service_routes(), *_shared_routes()]
