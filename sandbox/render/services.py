"""Web and private services: created with a first deploy, listed, edited in place, deleted with what belongs to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.render.call import Account, Answer, Call
from sandbox.render.deploys import advance, live_deploy, start_deploy
from sandbox.render.entries import env_vars, secret_files
from sandbox.render.events import record_event
from sandbox.render.ids import new_id
from sandbox.render.listing import by_age, fits, page
from sandbox.render.refusals import Refused, shown
from sandbox.render.removal import remove_service
from sandbox.render.service_rules import (
    SERVED_TYPES,
    check_details,
    check_image,
    check_mount_path,
    check_name,
    check_runtime_details,
    check_scaling,
    check_source,
)
from sandbox.render.service_view import new_slug, told

Document = dict[str, Any]

# What a PATCH of `serviceDetails` sets as it is; the others have a place of their own.
_PLAIN_DETAILS = (
    "cache",
    "healthCheckPath",
    "maintenanceMode",
    "maxShutdownDelaySeconds",
    "plan",
    "previews",
    "pullRequestPreviewsEnabled",
    "renderSubdomainPolicy",
)
# Render's defaults, as its description of requests tells them.
_DEFAULTS = {
    "plan": "starter",
    "region": "oregon",
    "numInstances": 1,
    "maxShutdownDelaySeconds": 30,
    "buildPlan": "starter",
    "previews": {"generation": "off"},
    "pullRequestPreviewsEnabled": "no",
}
_DOCKER_DEFAULTS = {"dockerCommand": "", "dockerContext": ".", "dockerfilePath": "./Dockerfile"}
_NATIVE_DEFAULTS = {"buildCommand": "", "startCommand": ""}


def view(account: Account, service_id: str) -> Document:
    """A service as Render tells it now."""
    advance(account, service_id)
    return told(account.known("service", service_id), live=live_deploy(account, service_id) is not None)


def _create(call: Call) -> Answer:
    body, account = call.body, call.account
    _check_new(call)
    service_id, now = new_id("srv"), account.now()
    slug = new_slug(account, body["name"], service_id[-4:])
    service: Document = {
        "id": service_id,
        "name": body["name"],
        "ownerId": body["ownerId"],
        "type": body["type"],
        "slug": slug,
        "dashboardUrl": call.page_of("service", service_id),
        "createdAt": now,
        "updatedAt": now,
        "suspended": "not_suspended",
        "suspenders": [],
        "notifyOnFail": "default",
        "autoDeploy": body.get("autoDeploy", "yes"),
        "rootDir": body.get("rootDir", ""),
        **{name: body[name] for name in ("environmentId", "buildFilter") if name in body},
        **_source(body),
        "serviceDetails": _new_details(body, slug),
        "envVars": env_vars(body.get("envVars", [])),
        "secretFiles": secret_files(body.get("secretFiles", [])),
    }
    _attach_disk(account, service)
    account.save("service", service)
    deploy = start_deploy(account, service, "other", flag="firstBuild")
    return Answer(201, {"service": view(account, service_id), "deployId": deploy["id"]})


def _check_new(call: Call) -> None:
    body = call.body
    if body["type"] not in SERVED_TYPES:
        raise Refused(400, f'field "type" is "{body["type"]}"; the sandbox has {", ".join(SERVED_TYPES)} of Render\'s')
    if "serviceDetails" not in body:
        raise Refused(400, 'field "serviceDetails" is required')
    details = body["serviceDetails"]
    call.refer("owner", "ownerId", "workspace")
    call.refer("environment", "environmentId", "environment")
    check_details(call, body["type"], details)
    check_runtime_details(call, details["runtime"], details.get("envSpecificDetails", {}))
    check_source(body, details["runtime"])
    check_image(body, body["ownerId"])
    check_scaling(details)
    if "disk" in details:
        check_mount_path(details["disk"]["mountPath"], "serviceDetails.disk.mountPath")
    check_name(call, body["name"])


def _source(body: Mapping[str, Any]) -> Document:
    if "image" in body:
        return _image(body["image"])
    return {"repo": body["repo"], "branch": body.get("branch") or "main"}


def _image(image: Mapping[str, Any]) -> Document:
    credential = image.get("registryCredentialId")
    # The sandbox pulls no image, so it takes any credential's id.
    known = {"registryCredential": {"id": credential, "name": credential}} if credential else {}
    return {"imagePath": image["imagePath"], **known}


def _new_details(body: Mapping[str, Any], slug: str) -> Document:
    given = body["serviceDetails"]
    specific = _specific(given["runtime"], given.get("envSpecificDetails", {}))
    specific["preDeployCommand"] = given.get("preDeployCommand", "")
    names = (*_PLAIN_DETAILS, "region", "numInstances", "autoscaling", "disk")
    details: Document = {
        **_DEFAULTS,
        **{name: given[name] for name in names if name in given},
        "runtime": given["runtime"],
        "env": given["runtime"],
        "envSpecificDetails": specific,
        "openPorts": [],
        "url": "",
    }
    if body["type"] == "web_service":
        public = {"healthCheckPath": "", "renderSubdomainPolicy": "enabled", "url": f"https://{slug}.onrender.com"}
        details |= {**public, **{name: given[name] for name in public if name in given}}
    return details


def _specific(runtime: str, given: Mapping[str, Any]) -> Document:
    defaults = _DOCKER_DEFAULTS if runtime in {"docker", "image"} else _NATIVE_DEFAULTS
    # An answer tells a credential as a whole object, and the sandbox keeps none.
    return {**defaults, **{name: value for name, value in given.items() if name != "registryCredentialId"}}


def _attach_disk(account: Account, service: Document) -> None:
    disk = service["serviceDetails"].get("disk")
    if disk is None:
        return
    disk = {"id": new_id("dsk"), "sizeGB": 1, **disk}
    service["serviceDetails"]["disk"] = disk
    now = account.now()
    account.save("disk", {**disk, "serviceId": service["id"], "createdAt": now, "updatedAt": now})


def _list(call: Call) -> Answer:
    found = []
    for record in call.account.all("service"):
        service = view(call.account, record.id)
        details = service["serviceDetails"]
        fields = {name: service.get(name) for name in ("name", "type", "ownerId", "environmentId", "suspended")}
        if fits(call.query, service, {**fields, "region": details["region"], "env": details["env"]}):
            found.append(service)
    return Answer(200, page(call, "service", found, order=by_age))


def _get(call: Call) -> Answer:
    service = call.require("service", "serviceId", "service")
    return Answer(200, view(call.account, service["id"]))


def _patch(call: Call) -> Answer:
    service, body = call.require("service", "serviceId", "service"), call.body
    details = service["serviceDetails"]
    changed = body.get("serviceDetails", {})
    check_details(call, service["type"], changed)
    runtime = changed.get("runtime", details["runtime"])
    check_runtime_details(call, runtime, changed.get("envSpecificDetails", {}))
    if "name" in body:
        check_name(call, body["name"], service["id"])
    _check_new_source(service, body, runtime)
    check_image(body, service["ownerId"])
    plan = changed.get("plan", details["plan"])
    if plan != details["plan"]:
        record_event(call.account, service["id"], "plan_changed", {"from": details["plan"], "to": plan})
    service |= {name: body[name] for name in ("name", "autoDeploy", "rootDir", "buildFilter") if name in body}
    _set_source(service, body)
    service |= {"serviceDetails": _patched_details(details, changed), "updatedAt": call.account.now()}
    call.account.save("service", service)
    return Answer(200, view(call.account, service["id"]))


def _check_new_source(service: Document, body: Mapping[str, Any], runtime: str) -> None:
    runs_image = runtime == "image"
    if runs_image and ("repo" in body or "branch" in body):
        name = "repo" if "repo" in body else "branch"
        raise Refused(400, f'field "{name}" does not go with runtime image, which takes "image"')
    if not runs_image and "image" in body:
        raise Refused(400, f'field "image" does not go with runtime {runtime}, which takes "repo"')
    if runs_image and "imagePath" not in service and "image" not in body:
        raise Refused(400, f'field "image" is required when runtime becomes {shown(runtime)}')
    if not runs_image and "repo" not in service and "repo" not in body:
        raise Refused(400, f'field "repo" is required when runtime becomes {shown(runtime)}')


def _set_source(service: Document, body: Mapping[str, Any]) -> None:
    if "image" in body:
        for name in ("repo", "branch", "registryCredential"):
            service.pop(name, None)
        service |= _image(body["image"])
    if "repo" in body:
        service.pop("imagePath", None)
        service.pop("registryCredential", None)
        service |= {"repo": body["repo"], "branch": service.get("branch", "main")}
    if "branch" in body:
        service["branch"] = body["branch"]


def _patched_details(details: Document, changed: Mapping[str, Any]) -> Document:
    specific = {**details["envSpecificDetails"], **changed.get("envSpecificDetails", {})}
    if "preDeployCommand" in changed:
        specific["preDeployCommand"] = changed["preDeployCommand"]
    runtime = changed.get("runtime", details["runtime"])
    if runtime != details["runtime"]:
        specific = {
            **_specific(runtime, changed.get("envSpecificDetails", {})),
            "preDeployCommand": specific["preDeployCommand"],
        }
    plain = {name: changed[name] for name in _PLAIN_DETAILS if name in changed}
    return {**details, **plain, "runtime": runtime, "env": runtime, "envSpecificDetails": specific}


def _delete(call: Call) -> Answer:
    remove_service(call.account, call.require("service", "serviceId", "service")["id"])
    return Answer(204)


HANDLERS = {
    "GET /services": _list,
    "POST /services": _create,
    "GET /services/{serviceId}": _get,
    "PATCH /services/{serviceId}": _patch,
    "DELETE /services/{serviceId}": _delete,
}
