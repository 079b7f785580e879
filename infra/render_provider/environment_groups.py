"""Environment groups: variables and secret files shared by services, edited entry by entry."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from infra.render_provider.behaviour import Context, Made, Seen, Values
from infra.render_provider.client import Client
from infra.render_provider.ownership import (
    MARK,
    UNMANAGED,
    gone,
    mark_problems,
    marked,
    refuse_foreign,
    same_place,
    taken,
    without_mark,
)
from infra.render_provider.properties import ResourceSchema
from infra.render_provider.resources import ENVIRONMENT_GROUP
from infra.render_provider.service_edits import move
from infra.render_provider.service_wire import env_var_list, secret_file_list
from infra.render_provider.values import UNKNOWN, has_unknown

_PATH = "/env-groups"


class EnvironmentGroupBehaviour:
    """Creates, edits and deletes environment groups."""

    schema: ResourceSchema = ENVIRONMENT_GROUP

    def rules(self, inputs: Values, old_inputs: Values) -> list[str]:
        return mark_problems(inputs, old_inputs)

    def foresee(self, old: Values, inputs: Values) -> Values:
        salt = old.get("contentSalt")
        if not isinstance(salt, str) or has_unknown(inputs["envVars"]) or has_unknown(inputs["secretFiles"]):
            return {"contentHash": UNKNOWN}
        return {"contentHash": content_hash(salt, inputs)}

    def repairs(self, old: Mapping[str, Any]) -> set[str]:
        return set()

    def create(self, context: Context, inputs: Values) -> Made:
        found = self._ours(context, inputs)
        if found is not None:
            return self._adopt(context, found, inputs)
        group = context.client.create(_PATH, _create_body(inputs), lambda: self._ours(context, inputs))
        return Made(str(group["id"]), _outputs(secrets.token_hex(32), inputs))

    def read(self, context: Context, object_id: str, known: Values) -> Seen | None:
        group = context.client.find(f"{_PATH}/{object_id}")
        if group is None:
            return None
        env_vars, owner = without_mark({entry["key"]: entry["value"] for entry in group["envVars"]})
        inputs: Values = {
            "name": group["name"],
            "ownerId": group["ownerId"],
            "managedBy": owner,
            "envVars": env_vars,
            "secretFiles": {entry["name"]: entry["content"] for entry in group["secretFiles"]},
        }
        if group.get("environmentId"):
            inputs["environmentId"] = group["environmentId"]
        return Seen(inputs, _outputs(known.get("contentSalt") or secrets.token_hex(32), inputs))

    def update(self, context: Context, object_id: str, old: Values, inputs: Values) -> Values:
        live = self.read(context, object_id, old)
        if live is None:
            raise gone(self.schema, inputs["name"], object_id)
        allowed = {old.get("managedBy", UNMANAGED), inputs["managedBy"]}
        refuse_foreign(self.schema, inputs["name"], object_id, live.inputs["managedBy"], allowed)
        _apply(context.client, object_id, live.inputs, inputs)
        return _outputs(live.outputs["contentSalt"], inputs)

    def delete(self, context: Context, object_id: str, old: Values) -> None:
        live = self.read(context, object_id, old)
        if live is None:
            return
        owner = live.inputs["managedBy"]
        refuse_foreign(self.schema, live.inputs["name"], object_id, owner, {old.get("managedBy", "")} - {UNMANAGED})
        context.client.delete(f"{_PATH}/{object_id}")

    def _adopt(self, context: Context, group: Mapping[str, Any], inputs: Values) -> Made:
        group_id = str(group["id"])
        context.claim(group_id)
        context.log(f'adopted: environment group "{inputs["name"]}" ({group_id}) was created by an interrupted run')
        return Made(group_id, self.update(context, group_id, inputs, inputs))

    def _ours(self, context: Context, inputs: Values) -> Mapping[str, Any] | None:
        query = {"name": inputs["name"], "ownerId": inputs["ownerId"]}
        groups = (item.get("envGroup", item) for item in context.client.pages(_PATH, query))
        candidates = [group for group in groups if same_place(group, inputs)]
        mark = UNMANAGED
        for group in candidates:
            mark = _owner_mark(context.client, group["id"])
            if mark == inputs["managedBy"]:
                found: Mapping[str, Any] = group
                return found
        if candidates:
            whose = f"is marked {MARK}={mark}" if mark != UNMANAGED else f"carries no {MARK} mark"
            raise taken(self.schema, inputs["name"], candidates[-1]["id"], whose)
        return None


def content_hash(salt: str, inputs: Mapping[str, Any]) -> str:
    """A fingerprint of a group's content, keyed with a random salt so that no value can be guessed from it."""
    content = json.dumps([inputs["envVars"], inputs["secretFiles"]], sort_keys=True)
    return hmac.new(bytes.fromhex(salt), content.encode(), hashlib.sha256).hexdigest()[:32]


def _outputs(salt: str, inputs: Mapping[str, Any]) -> Values:
    return {"contentHash": content_hash(salt, inputs), "contentSalt": salt}


def _owner_mark(client: Client, group_id: str) -> str:
    found = client.find(f"{_PATH}/{group_id}/env-vars/{MARK}")
    return str(found["value"]) if found and found.get("value") else UNMANAGED


def _create_body(inputs: Values) -> dict[str, Any]:
    body = {
        "name": inputs["name"],
        "ownerId": inputs["ownerId"],
        "envVars": env_var_list(marked(inputs["envVars"], inputs["managedBy"])),
        "secretFiles": secret_file_list(inputs["secretFiles"]),
    }
    return body | ({"environmentId": inputs["environmentId"]} if "environmentId" in inputs else {})


def _apply(client: Client, group_id: str, live: Values, inputs: Values) -> None:
    path = f"{_PATH}/{group_id}"
    if live["name"] != inputs["name"]:
        client.patch(path, {"name": inputs["name"]})
    move(client, group_id, live.get("environmentId"), inputs.get("environmentId"))
    before = marked(live["envVars"], live["managedBy"])
    _set_entries(client, f"{path}/env-vars", "value", before, marked(inputs["envVars"], inputs["managedBy"]))
    _set_entries(client, f"{path}/secret-files", "content", live["secretFiles"], inputs["secretFiles"])


def _set_entries(client: Client, path: str, field: str, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    for key in sorted(after):
        if before.get(key) != after[key]:
            client.put(f"{path}/{quote(key, safe='')}", {field: after[key]})
    for key in sorted(before.keys() - after.keys()):
        client.delete(f"{path}/{quote(key, safe='')}")


ENVIRONMENT_GROUPS: Final = EnvironmentGroupBehaviour()
