"""How a service's declared inputs look in Render's API, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.render_provider.behaviour import Values

WEB = "web_service"
PRIVATE = "private_service"
_CHOSEN_BY_RENDER = frozenset({"branch", "dockerContext", "dockerfilePath"})


def create_body(service_type: str, inputs: Values, env_vars: Mapping[str, str]) -> dict[str, Any]:
    """The body of POST /services; `env_vars` carry the owner's mark."""
    details = _details(service_type, inputs) | {"region": inputs["region"], "numInstances": inputs["numInstances"]}
    if "autoscaling" in inputs:
        details["autoscaling"] = autoscaling_body(inputs["autoscaling"])
    if "disk" in inputs:
        details["disk"] = dict(inputs["disk"])
    body = {
        "type": service_type,
        "ownerId": inputs["ownerId"],
        **_top_level(inputs),
        "envVars": env_var_list(env_vars),
        "secretFiles": secret_file_list(inputs["secretFiles"]),
        "serviceDetails": details,
    }
    if "environmentId" in inputs:
        body["environmentId"] = inputs["environmentId"]
    return body


def patch_body(service_type: str, live: Values, inputs: Values) -> dict[str, Any]:
    """The body of PATCH /services/{id} with only what differs from the live service; empty when nothing does."""
    body = _differing(_top_level(live), _top_level(inputs))
    details = _differing(_details(service_type, live), _details(service_type, inputs))
    return body | ({"serviceDetails": details} if details else {})


def autoscaling_body(autoscaling: Mapping[str, Any]) -> dict[str, Any]:
    """Render's form of autoscaling; a criterion that is not declared is off (its percentage must be given still)."""
    criteria = {}
    for name, key in (("cpu", "cpuPercent"), ("memory", "memoryPercent")):
        percent = autoscaling.get(key)
        criteria[name] = {"enabled": percent is not None, "percentage": percent if percent is not None else 100}
    return {"enabled": True, "min": autoscaling["min"], "max": autoscaling["max"], "criteria": criteria}


def env_var_list(env_vars: Mapping[str, str]) -> list[dict[str, str]]:
    """Environment variables as Render lists them."""
    return [{"key": key, "value": value} for key, value in sorted(env_vars.items())]


def secret_file_list(files: Mapping[str, str]) -> list[dict[str, str]]:
    """Secret files as Render lists them."""
    return [{"name": name, "content": content} for name, content in sorted(files.items())]


def inputs_of(service: Mapping[str, Any]) -> Values:
    """The inputs that a service's own document tells: all but variables, files, groups and the owner."""
    details = service.get("serviceDetails") or {}
    inputs: Values = {
        "name": service["name"],
        "ownerId": service["ownerId"],
        "region": details.get("region"),
        "plan": details.get("plan"),
        "runtime": details.get("runtime") or details.get("env"),
        "autoDeploy": service.get("autoDeploy") == "yes",
        "numInstances": details.get("numInstances", 1),
        "maxShutdownDelaySeconds": details.get("maxShutdownDelaySeconds", 30),
        "environmentId": service.get("environmentId") or None,
        "autoscaling": _autoscaling_of(details.get("autoscaling")),
        "disk": _disk_of(details.get("disk")),
        **_source_of(service, details),
    }
    if service.get("type") == WEB:
        inputs["healthCheckPath"] = details.get("healthCheckPath") or ""
    return {name: value for name, value in inputs.items() if value is not None}


def outputs_of(service: Mapping[str, Any], deploy: Mapping[str, Any] | None) -> Values:
    """The outputs of a service: addresses, the latest deploy, and the inputs that Render chose."""
    details = service.get("serviceDetails") or {}
    host, port = _internal_address(service, details)
    outputs: Values = {
        "url": details.get("url") or "",
        "dashboardUrl": service.get("dashboardUrl") or "",
        "slug": service.get("slug") or "",
        "internalHost": host,
        "internalPort": port,
        "deployId": deploy["id"] if deploy else None,
        "deployStatus": deploy.get("status") if deploy else None,
        **{name: value for name, value in _source_of(service, details).items() if name in _CHOSEN_BY_RENDER},
    }
    return {name: value for name, value in outputs.items() if value is not None}


def same_image(one: str, other: str) -> bool:
    """Whether two image paths mean the same: Docker Hub, `library/` and `:latest` may be left out."""
    return _full_image(one) == _full_image(other)


def _full_image(path: str) -> str:
    first, slash, _ = path.partition("/")
    if not slash or not ("." in first or ":" in first or first == "localhost"):
        path = f"docker.io/{path}"
    if path.startswith("docker.io/") and path.count("/") == 1:
        path = path.replace("docker.io/", "docker.io/library/")
    last = path.rsplit("/", 1)[-1]
    return path if ":" in last or "@" in last else f"{path}:latest"


def _top_level(inputs: Values) -> dict[str, Any]:
    body: dict[str, Any] = {"name": inputs["name"], "autoDeploy": "yes" if inputs["autoDeploy"] else "no"}
    if inputs["runtime"] == "image":
        image = inputs.get("image", {})
        body["image"] = {"ownerId": inputs["ownerId"], "imagePath": image.get("imagePath")}
        if image.get("registryCredentialId"):
            body["image"]["registryCredentialId"] = image["registryCredentialId"]
        return body
    body |= {"repo": inputs.get("repo"), "rootDir": inputs.get("rootDir", "")}
    return body | ({"branch": inputs["branch"]} if "branch" in inputs else {})


def _details(service_type: str, inputs: Values) -> dict[str, Any]:
    details: dict[str, Any] = {
        "runtime": inputs["runtime"],
        "plan": inputs["plan"],
        "preDeployCommand": inputs.get("preDeployCommand", ""),
        "maxShutdownDelaySeconds": inputs["maxShutdownDelaySeconds"],
        "envSpecificDetails": _runtime_details(inputs),
    }
    if service_type == WEB:
        details["healthCheckPath"] = inputs.get("healthCheckPath", "")
    return details


def _runtime_details(inputs: Values) -> dict[str, Any]:
    if inputs["runtime"] == "image":
        return {"dockerCommand": inputs.get("dockerCommand", "")}
    if inputs["runtime"] == "docker":
        chosen: dict[str, Any] = {name: inputs[name] for name in ("dockerContext", "dockerfilePath") if name in inputs}
        return {"dockerCommand": inputs.get("dockerCommand", ""), **chosen}
    return {"buildCommand": inputs.get("buildCommand", ""), "startCommand": inputs.get("startCommand", "")}


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in after.items() if not _same(name, before.get(name), value)}


def _same(name: str, live: Any, wanted: Any) -> bool:
    if name == "envSpecificDetails" and isinstance(live, Mapping):
        # Render tells more than is declared here, such as the Dockerfile it chose.
        return all(key in live and live[key] == value for key, value in wanted.items())
    return bool(live == wanted)


def _autoscaling_of(autoscaling: Mapping[str, Any] | None) -> Values | None:
    if not autoscaling or not autoscaling.get("enabled"):
        return None
    criteria = autoscaling.get("criteria") or {}
    found: Values = {"min": autoscaling["min"], "max": autoscaling["max"]}
    for name, key in (("cpu", "cpuPercent"), ("memory", "memoryPercent")):
        criterion = criteria.get(name) or {}
        if criterion.get("enabled"):
            found[key] = criterion["percentage"]
    return found


def _disk_of(disk: Mapping[str, Any] | None) -> Values | None:
    return {name: disk[name] for name in ("name", "mountPath", "sizeGB")} if disk else None


def _source_of(service: Mapping[str, Any], details: Mapping[str, Any]) -> Values:
    specific = details.get("envSpecificDetails") or {}
    runtime = details.get("runtime") or details.get("env")
    common: Values = {"preDeployCommand": specific.get("preDeployCommand") or details.get("preDeployCommand") or ""}
    if runtime == "image":
        credential = service.get("registryCredential") or {}
        image = {"imagePath": service.get("imagePath") or "", "registryCredentialId": credential.get("id") or ""}
        return common | {"image": image, "dockerCommand": specific.get("dockerCommand") or ""}
    common |= {
        "repo": service.get("repo") or "",
        "branch": service.get("branch") or None,
        "rootDir": service.get("rootDir") or "",
    }
    if runtime == "docker":
        return common | {
            "dockerCommand": specific.get("dockerCommand") or "",
            "dockerContext": specific.get("dockerContext") or None,
            "dockerfilePath": specific.get("dockerfilePath") or None,
        }
    return common | {
        "buildCommand": specific.get("buildCommand") or "",
        "startCommand": specific.get("startCommand") or "",
    }


def _internal_address(service: Mapping[str, Any], details: Mapping[str, Any]) -> tuple[str, int | None]:
    open_ports = [entry["port"] for entry in details.get("openPorts") or [] if entry.get("protocol") == "TCP"]
    port = open_ports[0] if open_ports else None
    if service.get("type") == PRIVATE:
        # A private service's url is `host:port`; a scheme is tolerated.
        host, _, told = str(details.get("url") or "").rpartition("//")[2].partition(":")
        if host:
            return host, int(told) if told.isdigit() else port
    return service.get("slug") or service["name"], port
