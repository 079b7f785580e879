"""Deleting an object together with what Render deletes with it."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.render.call import Account

# The kinds of object that an environment holds, by the prefix of their ids.
MEMBER_KINDS: Mapping[str, str] = {"srv": "service", "dpg": "postgres", "red": "key-value", "evg": "env-group"}


def remove_service(account: Account, service_id: str) -> None:
    """Delete a service with its deploys, events and disk, and its links to environment groups."""
    for kind in ("deploy", "event"):
        for record in account.all(kind, name=service_id):
            account.delete(kind, record.id)
    for record in account.all("disk"):
        if record.document["serviceId"] == service_id:
            account.delete("disk", record.id)
    for record in account.all("env-group"):
        linked = record.document["serviceIds"]
        if service_id in linked:
            account.save("env-group", {**record.document, "serviceIds": [one for one in linked if one != service_id]})
    account.delete("service", service_id)


def remove_environment(account: Account, environment_id: str) -> None:
    """Delete an environment with everything in it (api-docs.render.com/reference/delete-environment)."""
    for kind, object_id in members(account, environment_id):
        if kind == "service":
            remove_service(account, object_id)
        else:
            account.delete(kind, object_id)
    account.delete("environment", environment_id)


def members(account: Account, environment_id: str) -> list[tuple[str, str]]:
    """The kind and id of everything in an environment, oldest first within a kind."""
    return [
        (kind, record.id)
        for kind in MEMBER_KINDS.values()
        for record in account.all(kind)
        if record.document.get("environmentId") == environment_id
    ]
