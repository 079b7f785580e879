"""Web and private services: created once, edited in place, one deploy for each change set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from infra.render_provider import service_edits
from infra.render_provider.behaviour import Context, Made, Seen, Values
from infra.render_provider.deploys import FAILED, DeployFailed, Deploys
from infra.render_provider.diff import changed_names
from infra.render_provider.errors import InitializationFailed, RenderProviderError
from infra.render_provider.ownership import (
    MARK,
    UNMANAGED,
    gone,
    marked,
    refuse_changed_identity,
    refuse_foreign,
    same_place,
    taken,
    without_mark,
)
from infra.render_provider.properties import ResourceSchema
from infra.render_provider.resources import PRIVATE_SERVICE, WEB_SERVICE
from infra.render_provider.service_rules import service_problems
from infra.render_provider.service_wire import PRIVATE, WEB, create_body, inputs_of, outputs_of, same_image
from infra.render_provider.values import UNKNOWN

# A running instance keeps what it was started with, so these take effect with a deploy only. Name, auto-deploy,
# pre-deploy command, scaling and environment apply without one (render.com/docs/deploys, /scaling).
_NEEDS_DEPLOY: Final = frozenset(
    {
        "plan",
        "runtime",
        "image",
        "repo",
        "branch",
        "rootDir",
        "buildCommand",
        "startCommand",
        "dockerCommand",
        "dockerContext",
        "dockerfilePath",
        "maxShutdownDelaySeconds",
        "healthCheckPath",
        "disk",
        "envVars",
        "secretFiles",
        "environmentGroups",
    }
)


@dataclass(frozen=True)
class ServiceBehaviour:
    """One of the two service types; `service_type` is Render's name for it."""

    schema: ResourceSchema
    service_type: str

    def rules(self, inputs: Values, old_inputs: Values) -> list[str]:
        return service_problems(inputs, old_inputs)

    def foresee(self, old: Values, inputs: Values) -> Values:
        if self.repairs(old) or changed_names(self.schema.inputs, old, inputs) & _NEEDS_DEPLOY:
            return {"deployId": UNKNOWN, "deployStatus": UNKNOWN}
        return {}

    def repairs(self, old: Mapping[str, Any]) -> set[str]:
        return {"deployStatus"} if old.get("deployStatus") in FAILED else set()

    def create(self, context: Context, inputs: Values) -> Made:
        found = self._ours(context, inputs)
        if found is not None:
            return self._adopt(context, found, inputs)
        body = create_body(self.service_type, inputs, marked(inputs["envVars"], inputs["managedBy"]))
        answer = context.client.create("/services", body, lambda: self._ours(context, inputs))
        service = answer.get("service", answer)
        service_id = str(service["id"])
        deploys = _deploys(context, service_id, inputs)
        try:
            first = {"id": answer["deployId"]} if answer.get("deployId") else deploys.latest()
            if inputs["environmentGroups"]:
                service_edits.set_groups(context.client, service_id, {}, inputs["environmentGroups"])
                # The deploy that the creation started does not have the groups' variables.
                first = deploys.restart(first)
            deploys.wait_until_live(first or deploys.start())
        except RenderProviderError as error:
            raise self._unfinished(context, service, error) from error
        return Made(service_id, self._outputs(context, service_id))

    def read(self, context: Context, object_id: str, known: Values) -> Seen | None:
        service = context.client.find(f"/services/{object_id}")
        if service is None:
            return None
        if service["type"] != self.service_type:
            right = {WEB: WEB_SERVICE, PRIVATE: PRIVATE_SERVICE}.get(service["type"])
            hint = f"; it is a {right.token}" if right else ", a type this provider does not manage"
            raise RenderProviderError(f"{object_id} is a {service['type']}, not a {self.service_type}{hint}")
        inputs = inputs_of(service) | service_edits.content(context.client, object_id)
        inputs["envVars"], inputs["managedBy"] = without_mark(inputs["envVars"])
        hashes = known.get("environmentGroups", {})
        linked = service_edits.linked_groups(context.client, object_id, service["ownerId"])
        inputs["environmentGroups"] = {group: hashes.get(group, "") for group in linked}
        _keep_declared_spelling(inputs, known)
        return Seen(inputs, outputs_of(service, _deploys(context, object_id, inputs).latest()))

    def update(self, context: Context, object_id: str, old: Values, inputs: Values) -> Values:
        live = self.read(context, object_id, inputs)
        if live is None:
            raise gone(self.schema, inputs["name"], object_id)
        allowed = {old.get("managedBy", UNMANAGED), inputs["managedBy"]}
        refuse_foreign(self.schema, inputs["name"], object_id, live.inputs["managedBy"], allowed)
        deploys = _deploys(context, object_id, inputs)
        before = deploys.latest()
        service_edits.apply(context.client, self.service_type, object_id, live.inputs, inputs)
        changed = changed_names(self.schema.inputs, old, inputs) | changed_names(
            self.schema.inputs, live.inputs, inputs
        )
        try:
            self._settle(deploys, before, needed=bool(changed & _NEEDS_DEPLOY))
        except RenderProviderError as error:
            raise self._unfinished(context, {"id": object_id}, error) from error
        return self._outputs(context, object_id)

    def delete(self, context: Context, object_id: str, old: Values) -> None:
        service = context.client.find(f"/services/{object_id}")
        if service is None:
            return
        mark = service_edits.owner_mark(context.client, object_id)
        refuse_foreign(self.schema, service["name"], object_id, mark, {old.get("managedBy", "")} - {UNMANAGED})
        context.client.delete(f"/services/{object_id}")

    def _adopt(self, context: Context, service: Mapping[str, Any], inputs: Values) -> Made:
        service_id = str(service["id"])
        live = self.read(context, service_id, {})
        if live is None:
            raise RenderProviderError(f'{self.schema.title} "{inputs["name"]}" ({service_id}) vanished; run it again')
        refuse_changed_identity(self.schema, service_id, live.inputs, inputs)
        context.claim(service_id)
        context.log(f'adopted: {self.schema.title} "{inputs["name"]}" ({service_id}) was created by an interrupted run')
        old = live.inputs | {"environmentGroups": dict.fromkeys(live.inputs["environmentGroups"], "")}
        return Made(service_id, self.update(context, service_id, old, inputs))

    def _ours(self, context: Context, inputs: Values) -> Mapping[str, Any] | None:
        candidates = list(_named(context, inputs))
        for service in candidates:
            mark = service_edits.owner_mark(context.client, service["id"])
            if mark == inputs["managedBy"] and service["type"] == self.service_type:
                return service
        if candidates:
            other = candidates[0]
            mark = service_edits.owner_mark(context.client, other["id"])
            whose = f"is marked {MARK}={mark}" if mark != UNMANAGED else f"carries no {MARK} mark"
            raise taken(self.schema, inputs["name"], other["id"], f"{whose} ({other['type']})")
        return None

    def _settle(self, deploys: Deploys, before: Mapping[str, Any] | None, *, needed: bool) -> None:
        newest = deploys.latest()
        by_itself = newest is not None and newest["id"] != (before or {}).get("id")
        if by_itself and newest is not None and newest.get("trigger") == "service_updated":
            # The last edit made Render deploy by itself; a second deploy would only repeat it.
            deploys.wait_until_live(newest)
        elif needed or newest is None or newest.get("status") in FAILED:
            deploys.wait_until_live(deploys.restart(newest))
        else:
            deploys.wait_until_live(newest)

    def _outputs(self, context: Context, service_id: str) -> Values:
        service = context.client.get(f"/services/{service_id}")
        return outputs_of(service, _deploys(context, service_id, service).latest())

    def _unfinished(
        self, context: Context, service: Mapping[str, Any], error: RenderProviderError
    ) -> InitializationFailed:
        service_id = str(service["id"])
        try:
            outputs = self._outputs(context, service_id)
        except RenderProviderError:
            outputs = outputs_of(service, None) if "name" in service else {}
        if isinstance(error, DeployFailed):
            outputs |= {"deployId": error.deploy["id"], "deployStatus": error.deploy.get("status", "")}
        return InitializationFailed(service_id, outputs, str(error))


def _named(context: Context, inputs: Values) -> Iterator[Mapping[str, Any]]:
    query = {"name": inputs["name"], "ownerId": inputs["ownerId"], "includePreviews": "false"}
    for item in context.client.pages("/services", query):
        if same_place(item["service"], inputs):
            yield item["service"]


def _deploys(context: Context, service_id: str, inputs: Mapping[str, Any]) -> Deploys:
    return Deploys(context, service_id, str(inputs["name"]), str(inputs["ownerId"]))


def _keep_declared_spelling(inputs: Values, known: Values) -> None:
    declared, live = known.get("image"), inputs.get("image")
    if isinstance(declared, dict) and isinstance(live, dict):
        path = declared.get("imagePath")
        if isinstance(path, str) and same_image(path, live["imagePath"]):
            live["imagePath"] = path
    # While autoscaling is on, the number of instances is Render's, and the declared one waits.
    if "autoscaling" in inputs and isinstance(known.get("numInstances"), int):
        inputs["numInstances"] = known["numInstances"]


WEB_SERVICES: Final = ServiceBehaviour(WEB_SERVICE, WEB)
PRIVATE_SERVICES: Final = ServiceBehaviour(PRIVATE_SERVICE, PRIVATE)
