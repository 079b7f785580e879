"""Postgres databases: what Render can change is changed in place, the rest is reported as a replacement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from infra.render_provider.behaviour import Values
from infra.render_provider.properties import ResourceSchema
from infra.render_provider.resources import POSTGRES
from infra.render_provider.stores import StoreBehaviour, allow_list, differing, same_networks

_PATCHABLE = {"name": "name", "plan": "plan", "diskSizeGB": "diskSizeGB", "highAvailability": "enableHighAvailability"}
_CHOSEN_BY_RENDER = ("databaseName", "databaseUser", "diskSizeGB")


class _PostgresWire:
    schema: ResourceSchema = POSTGRES
    path: str = "/postgres"
    wrapper: str = "postgres"

    def create_body(self, inputs: Values) -> dict[str, Any]:
        body = {name: inputs[name] for name in ("name", "ownerId", "environmentId", "plan", "version", "region")}
        body |= {name: inputs[name] for name in _CHOSEN_BY_RENDER if name in inputs}
        return body | {"enableHighAvailability": inputs["highAvailability"], "ipAllowList": allow_list(inputs)}

    def patch_body(self, live: Values, inputs: Values) -> dict[str, Any]:
        body = differing(live, inputs, _PATCHABLE)
        if same_networks(live, inputs):
            return body
        return body | {"ipAllowList": allow_list(inputs)}

    def inputs_of(self, store: Mapping[str, Any], known: Values) -> Values:
        inputs: Values = {
            "name": store["name"],
            "ownerId": store["owner"]["id"],
            "plan": store["plan"],
            "version": store["version"],
            "region": store["region"],
            "databaseName": store["databaseName"],
            "databaseUser": store["databaseUser"],
            "diskSizeGB": store.get("diskSizeGB"),
            "highAvailability": bool(store.get("highAvailabilityEnabled")),
            "ipAllowList": list(store.get("ipAllowList") or []),
        }
        return {name: value for name, value in inputs.items() if value is not None}

    def outputs_of(self, store: Mapping[str, Any], connection: Mapping[str, Any]) -> Values:
        internal = str(connection.get("internalConnectionString") or "")
        chosen = {name: store[name] for name in _CHOSEN_BY_RENDER if store.get(name) is not None}
        return chosen | {
            "internalConnectionString": internal,
            "externalConnectionString": str(connection.get("externalConnectionString") or ""),
            "password": str(connection.get("password") or ""),
            "host": urlsplit(internal).hostname or "",
            "status": str(store.get("status") or ""),
            "dashboardUrl": str(store.get("dashboardUrl") or ""),
        }

    def problems(self, inputs: Values, old_inputs: Values) -> list[str]:
        found = []
        size, before = inputs.get("diskSizeGB"), old_inputs.get("diskSizeGB")
        if isinstance(size, int) and size != 1 and size % 5:
            found.append(f'property "diskSizeGB" value {size} is neither 1 nor a multiple of 5')
        if isinstance(size, int) and isinstance(before, int) and size < before:
            found.append(
                f'property "diskSizeGB" value {size} is below the present {before}: a disk at Render only grows'
            )
        plan = inputs.get("plan")
        if inputs.get("highAvailability") is True and isinstance(plan, str) and not _allows_standby(plan):
            found.append(
                f'property "highAvailability" needs a pro or accelerated plan, and "plan" is "{plan}"; pro_4gb is the '
                "smallest"
            )
        return found


def _allows_standby(plan: str) -> bool:
    return plan.startswith(("pro", "accelerated", "custom"))


POSTGRES_DATABASES: Final = StoreBehaviour(_PostgresWire())
