"""Render's rules for a service that its description of requests cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.render.call import Call
from sandbox.render.checks import problems
from sandbox.render.refusals import Refused, shown

Document = Mapping[str, Any]

# The part of a schema's name that a type's details have; the sandbox has these of Render's five types.
_DETAILS = {"web_service": "webServiceDetails", "private_service": "privateServiceDetails"}
SERVED_TYPES = tuple(_DETAILS)


def check_details(call: Call, service_type: str, details: Document) -> None:
    """Hold a request's `serviceDetails` against those of the service's own type.

    The contract takes what fits any type; Render refuses, for one, a health check path on a private service.

    Raises:
        Refused: 400 with every problem.
    """
    method = "POST" if call.operation.method == "POST" else "PATCH"
    schema = {"$ref": f"{_DETAILS[service_type]}{method}"}
    found = problems(call.account.contract, schema, details, "serviceDetails")
    if found:
        raise Refused(400, f"for type {service_type}: " + "; ".join(found))
    path = details.get("healthCheckPath")
    if path and not path.startswith("/"):
        raise Refused(400, f'field "serviceDetails.healthCheckPath" is {shown(path)}; it has to start with "/"')


def check_runtime_details(call: Call, runtime: str, specific: Document) -> None:
    """Hold `envSpecificDetails` against those of the runtime: commands for a language, Docker's for an image.

    Raises:
        Refused: 400 with every problem.
    """
    method = "POST" if call.operation.method == "POST" else "PATCH"
    kind = "dockerDetails" if runtime in {"docker", "image"} else "nativeEnvironmentDetails"
    at = "serviceDetails.envSpecificDetails"
    found = problems(call.account.contract, {"$ref": f"{kind}{method}"}, specific, at)
    if found:
        raise Refused(400, f"for runtime {runtime}: " + "; ".join(found))


def check_source(body: Document, runtime: str) -> None:
    """A new service runs an image or builds a repository: the one that its runtime says.

    Raises:
        Refused: 400.
    """
    wanted, unwanted = ("image", "repo") if runtime == "image" else ("repo", "image")
    if wanted not in body:
        raise Refused(400, f'field "{wanted}" is required for runtime {runtime}')
    if unwanted in body:
        raise Refused(400, f'field "{unwanted}" does not go with runtime {runtime}, which takes "{wanted}"')


def check_image(body: Document, owner_id: str) -> None:
    """An image is named, and belongs to the service's own workspace.

    Raises:
        Refused: 400.
    """
    image = body.get("image")
    if image is None:
        return
    if not image["imagePath"]:
        raise Refused(400, 'field "image.imagePath" is ""; an image such as docker.io/library/nginx:1.27 is needed')
    if image["ownerId"] != owner_id:
        raise Refused(400, f'field "image.ownerId" is {shown(image["ownerId"])}; the service\'s own is "{owner_id}"')


def check_name(call: Call, name: str, service_id: str = "") -> None:
    """A service's name is unique within the workspace (api-docs.render.com/reference/create-service).

    Raises:
        Refused: 400 for an empty name, 409 when another service has it.
    """
    if not name:
        raise Refused(400, 'field "name" is ""; a name is needed')
    for record in call.account.all("service", name=name):
        if record.id != service_id:
            raise Refused(409, f'field "name" is "{name}"; service {record.id} of this workspace has that name already')


def check_scaling(details: Document, at: str = "serviceDetails.") -> None:
    """Instances, autoscaling and disk have to go together.

    Raises:
        Refused: 400; a service with a disk runs one instance and cannot autoscale (render.com/docs/scaling).
    """
    disk, autoscaling = details.get("disk"), details.get("autoscaling")
    if autoscaling is not None:
        _check_autoscaling(autoscaling, f"{at}autoscaling")
    if disk is None:
        return
    if autoscaling is not None and autoscaling["enabled"]:
        raise Refused(400, f'field "{at}autoscaling" does not go with a disk: a service that has one cannot autoscale')
    if details.get("numInstances", 1) > 1:
        count = details["numInstances"]
        raise Refused(400, f'field "{at}numInstances" is {count}; a service with a disk runs one instance')


def check_mount_path(path: str, at: str) -> None:
    """A disk is mounted at an absolute path, and not over the whole file system.

    Raises:
        Refused: 400.
    """
    if not path.startswith("/") or path.strip("/") == "":
        raise Refused(400, f'field "{at}" is {shown(path)}; an absolute path below "/" is needed, such as /var/data')


def _check_autoscaling(autoscaling: Document, at: str) -> None:
    least, most = autoscaling["min"], autoscaling["max"]
    if least < 1:
        raise Refused(400, f'field "{at}.min" is {least}; the least allowed is 1')
    if most < least:
        raise Refused(400, f'field "{at}.max" is {most}; it has to be at least "{at}.min", {least}')
    for name, criterion in autoscaling["criteria"].items():
        percent = criterion["percentage"]
        if criterion["enabled"] and not 1 <= percent <= 100:
            raise Refused(400, f'field "{at}.criteria.{name}.percentage" is {percent}; allowed is 1 to 100')
