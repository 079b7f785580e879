"""Key Value instances, Render's Redis-compatible store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from infra.render_provider.behaviour import Values
from infra.render_provider.properties import ResourceSchema
from infra.render_provider.resources import KEY_VALUE, KEY_VALUE_PLANS
from infra.render_provider.stores import StoreBehaviour, allow_list, differing, same_networks

_PATCHABLE = {"name": "name", "plan": "plan", "maxmemoryPolicy": "maxmemoryPolicy"}


class _KeyValueWire:
    schema: ResourceSchema = KEY_VALUE
    path: str = "/key-value"
    wrapper: str = "keyValue"

    def create_body(self, inputs: Values) -> dict[str, Any]:
        names = ("name", "ownerId", "environmentId", "plan", "region", "maxmemoryPolicy")
        return {name: inputs[name] for name in names} | {"ipAllowList": allow_list(inputs)}

    def patch_body(self, live: Values, inputs: Values) -> dict[str, Any]:
        body = differing(live, inputs, _PATCHABLE)
        if same_networks(live, inputs):
            return body
        return body | {"ipAllowList": allow_list(inputs)}

    def inputs_of(self, store: Mapping[str, Any], known: Values) -> Values:
        policy = (store.get("options") or {}).get("maxmemoryPolicy") or known.get("maxmemoryPolicy") or "noeviction"
        return {
            "name": store["name"],
            "ownerId": store["owner"]["id"],
            "plan": store["plan"],
            "region": store["region"],
            # Redis writes the policies with a dash, Render's API takes them with an underscore.
            "maxmemoryPolicy": str(policy).replace("-", "_"),
            "ipAllowList": list(store.get("ipAllowList") or []),
        }

    def outputs_of(self, store: Mapping[str, Any], connection: Mapping[str, Any]) -> Values:
        return {
            "internalConnectionString": str(connection.get("internalConnectionString") or ""),
            "externalConnectionString": str(connection.get("externalConnectionString") or ""),
            "status": str(store.get("status") or ""),
        }

    def problems(self, inputs: Values, old_inputs: Values) -> list[str]:
        plan, before = inputs.get("plan"), old_inputs.get("plan")
        if plan not in KEY_VALUE_PLANS or before not in KEY_VALUE_PLANS:
            return []
        if KEY_VALUE_PLANS.index(plan) >= KEY_VALUE_PLANS.index(before):
            return []
        return [
            f'property "plan" value "{plan}" is below the present "{before}": Render cannot shrink a Key Value instance'
        ]


KEY_VALUE_INSTANCES: Final = StoreBehaviour(_KeyValueWire())
