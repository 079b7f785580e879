"""How a service's document is told, and the few facts that are worked out from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sandbox.render.call import Account

Document = dict[str, Any]

# Render's default for the port that a service listens on (render.com/docs/web-services#port-binding).
_DEFAULT_PORT = 10000
# The sandbox's own fields beside Render's.
_OWN = ("envVars", "secretFiles", "restartedAt")


def told(service: Mapping[str, Any], *, live: bool) -> Document:
    """The service as Render's API tells it; `live` says whether a deploy of it has become live."""
    shown = {name: value for name, value in service.items() if name not in _OWN}
    details = dict(shown["serviceDetails"])
    if "openPorts" in details:
        port = port_of(service)
        details["openPorts"] = [{"port": port, "protocol": "TCP"}] if live else []
        if service["type"] == "private_service":
            details["url"] = f"{service['slug']}:{port}"
    return {**shown, "serviceDetails": details}


def port_of(service: Mapping[str, Any]) -> int:
    """The port that the service listens on: its variable PORT, else Render's default."""
    told_port = next((entry["value"] for entry in service["envVars"] if entry["key"] == "PORT"), "")
    return int(told_port) if re.fullmatch(r"[1-9]\d{0,4}", told_port) else _DEFAULT_PORT


def new_slug(account: Account, name: str, suffix: str) -> str:
    """The name as part of an address; with the suffix when another service has it already."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "service"
    taken = {record.document["slug"] for record in account.all("service")}
    return f"{slug}-{suffix}" if slug in taken else slug
