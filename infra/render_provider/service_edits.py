"""The single edits that bring a running service to its declared inputs; none of them starts a deploy by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.render_provider.behaviour import Values
from infra.render_provider.client import Client
from infra.render_provider.ownership import MARK, UNMANAGED, marked
from infra.render_provider.service_wire import autoscaling_body, env_var_list, patch_body, secret_file_list


def apply(client: Client, service_type: str, service_id: str, live: Values, inputs: Values) -> None:
    """Apply every difference; safe to repeat.

    The PATCH comes last: should Render start a deploy for it, that deploy has all the other edits.
    """
    path = f"/services/{service_id}"
    move(client, service_id, live.get("environmentId"), inputs.get("environmentId"))
    if live["secretFiles"] != inputs["secretFiles"]:
        client.put(f"{path}/secret-files", secret_file_list(inputs["secretFiles"]))
    wanted = marked(inputs["envVars"], inputs["managedBy"])
    if marked(live["envVars"], live["managedBy"]) != wanted:
        client.put(f"{path}/env-vars", env_var_list(wanted))
    set_groups(client, service_id, live["environmentGroups"], inputs["environmentGroups"])
    _set_disk(client, service_id, live.get("disk"), inputs.get("disk"))
    body = patch_body(service_type, live, inputs)
    _set_scale(client, path, live, inputs)
    if body:
        client.patch(path, body)


def move(client: Client, object_id: str, source: str | None, target: str | None) -> None:
    """Move an object of any kind between environments, in place."""
    if source == target:
        return
    if target is not None:
        client.post_repeatable(f"/environments/{target}/resources", {"resourceIds": [object_id]})
    elif source is not None:
        client.delete(f"/environments/{source}/resources", {"resourceIds": object_id})


def set_groups(client: Client, service_id: str, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Link the declared environment groups and unlink the others."""
    for group in sorted(after.keys() - before.keys()):
        client.post_repeatable(f"/env-groups/{group}/services/{service_id}")
    for group in sorted(before.keys() - after.keys()):
        client.delete(f"/env-groups/{group}/services/{service_id}")


def linked_groups(client: Client, service_id: str, owner_id: str) -> list[str]:
    """The ids of the environment groups that a service is linked to."""
    groups = (item.get("envGroup", item) for item in client.pages("/env-groups", {"ownerId": owner_id}))
    return sorted(
        group["id"] for group in groups if any(link["id"] == service_id for link in group.get("serviceLinks") or [])
    )


def content(client: Client, service_id: str) -> Values:
    """The service's own variables and secret files, by name; the owner's mark is among the variables."""
    path = f"/services/{service_id}"
    env_vars = [item["envVar"] for item in client.pages(f"{path}/env-vars")]
    files = [item["secretFile"] for item in client.pages(f"{path}/secret-files")]
    return {
        "envVars": {entry["key"]: entry["value"] for entry in env_vars},
        "secretFiles": {entry["name"]: entry["content"] for entry in files},
    }


def owner_mark(client: Client, service_id: str) -> str:
    """The owner written on a service, `UNMANAGED` when there is none."""
    found = client.find(f"/services/{service_id}/env-vars/{MARK}")
    return str(found["value"]) if found and found.get("value") else UNMANAGED


def _set_scale(client: Client, path: str, live: Values, inputs: Values) -> None:
    wanted = inputs.get("autoscaling")
    if wanted is not None:
        if wanted != live.get("autoscaling"):
            client.put(f"{path}/autoscaling", autoscaling_body(wanted))
        return
    if "autoscaling" in live:
        client.delete(f"{path}/autoscaling")
    if "autoscaling" in live or live["numInstances"] != inputs["numInstances"]:
        client.post_repeatable(f"{path}/scale", {"numInstances": inputs["numInstances"]})


def _set_disk(client: Client, service_id: str, live: Any, wanted: Any) -> None:
    # A disk that is not declared stays: removing it would lose its data.
    if wanted is None or live == wanted:
        return
    service = client.get(f"/services/{service_id}")
    disk_id = ((service.get("serviceDetails") or {}).get("disk") or {}).get("id")
    if disk_id is None:
        body = {**wanted, "serviceId": service_id}
        client.create("/disks", body, lambda: _disk_of(client, service_id))
    else:
        client.patch(f"/disks/{disk_id}", dict(wanted))


def _disk_of(client: Client, service_id: str) -> Mapping[str, Any] | None:
    service = client.get(f"/services/{service_id}")
    disk: Mapping[str, Any] | None = (service.get("serviceDetails") or {}).get("disk")
    return disk
