"""Projects and their environments. Render deletes whatever is inside with them, so only empty ones are deleted here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from infra.render_provider.behaviour import Context, Made, Seen, Values
from infra.render_provider.client import Client
from infra.render_provider.errors import RenderProviderError
from infra.render_provider.ownership import gone, taken
from infra.render_provider.properties import ResourceSchema
from infra.render_provider.resources import PROJECT
from infra.render_provider.values import UNKNOWN

_HELD = ("serviceIds", "databasesIds", "redisIds", "envGroupIds")
_SETTINGS = ("protectedStatus", "networkIsolationEnabled")

Environment = Mapping[str, Any]


class ProjectBehaviour:
    """Creates, edits and deletes projects with their environments."""

    schema: ResourceSchema = PROJECT

    def rules(self, inputs: Values, old_inputs: Values) -> list[str]:
        names = [entry.get("name") for entry in _known_entries(inputs)]
        repeated = sorted({str(name) for name in names if name is not UNKNOWN and names.count(name) > 1})
        return [f'property "environments" names "{name}" twice' for name in repeated]

    def foresee(self, old: Values, inputs: Values) -> Values:
        ids = old.get("environmentIds", {})
        names = [entry["name"] for entry in _known_entries(inputs)]
        return {"environmentIds": {name: ids.get(name, UNKNOWN) for name in names if name is not UNKNOWN}}

    def repairs(self, old: Mapping[str, Any]) -> set[str]:
        return set()

    def create(self, context: Context, inputs: Values) -> Made:
        found = self._left_over(context, inputs)
        if found is not None:
            project_id = str(found["id"])
            context.claim(project_id)
            context.log(f'adopted: project "{inputs["name"]}" ({project_id}) was created by an interrupted run')
            return Made(project_id, self.update(context, project_id, inputs, inputs))
        body = {name: inputs[name] for name in ("name", "ownerId", "environments")}
        project = context.client.create("/projects", body, lambda: self._left_over(context, inputs))
        project_id = str(project["id"])
        return Made(project_id, _outputs(_environments(context.client, project_id)))

    def read(self, context: Context, object_id: str, known: Values) -> Seen | None:
        project = context.client.find(f"/projects/{object_id}")
        if project is None:
            return None
        environments = _environments(context.client, object_id)
        order = [entry["name"] for entry in known.get("environments", [])]
        environments.sort(key=lambda entry: order.index(entry["name"]) if entry["name"] in order else len(order))
        inputs = {
            "name": project["name"],
            "ownerId": project["owner"]["id"],
            "environments": [_declared_form(entry) for entry in environments],
        }
        return Seen(inputs, _outputs(environments))

    def update(self, context: Context, object_id: str, old: Values, inputs: Values) -> Values:
        project = context.client.find(f"/projects/{object_id}")
        if project is None:
            raise gone(self.schema, inputs["name"], object_id)
        if project["name"] != inputs["name"]:
            context.client.patch(f"/projects/{object_id}", {"name": inputs["name"]})
        _set_environments(context.client, object_id, inputs["environments"])
        return _outputs(_environments(context.client, object_id))

    def delete(self, context: Context, object_id: str, old: Values) -> None:
        project = context.client.find(f"/projects/{object_id}")
        if project is None:
            return
        for environment in _environments(context.client, object_id):
            _refuse_inhabited(environment)
        context.client.delete(f"/projects/{object_id}")

    def _left_over(self, context: Context, inputs: Values) -> Mapping[str, Any] | None:
        # Render offers no mark on a project: one that holds nothing and has only the declared environments can only
        # be what an interrupted run left, and adopting it harms nobody.
        query = {"name": inputs["name"], "ownerId": inputs["ownerId"]}
        declared = {entry["name"] for entry in inputs["environments"]}
        for item in context.client.pages("/projects", query):
            project: Mapping[str, Any] = item["project"]
            if project["name"] != inputs["name"]:
                continue
            environments = _environments(context.client, project["id"])
            if any(held_by(entry) for entry in environments):
                raise taken(self.schema, inputs["name"], project["id"], "holds resources")
            if not {entry["name"] for entry in environments} <= declared:
                raise taken(self.schema, inputs["name"], project["id"], "has other environments")
            return project
        return None


def held_by(environment: Environment) -> list[str]:
    """The ids of everything inside an environment."""
    return [str(held) for kind in _HELD for held in environment.get(kind) or []]


def _environments(client: Client, project_id: str) -> list[Environment]:
    return [item["environment"] for item in client.pages("/environments", {"projectId": project_id})]


def _set_environments(client: Client, project_id: str, declared: list[Values]) -> None:
    live = {entry["name"]: entry for entry in _environments(client, project_id)}
    for entry in declared:
        found = live.pop(entry["name"], None)
        if found is None:
            _create_environment(client, project_id, entry)
        elif _declared_form(found) != entry:
            client.patch(f"/environments/{found['id']}", {name: entry[name] for name in _SETTINGS})
    for environment in live.values():
        _refuse_inhabited(environment)
        client.delete(f"/environments/{environment['id']}")


def _create_environment(client: Client, project_id: str, entry: Values) -> None:
    def created() -> Environment | None:
        return next((found for found in _environments(client, project_id) if found["name"] == entry["name"]), None)

    client.create("/environments", {**entry, "projectId": project_id}, created)


def _refuse_inhabited(environment: Environment) -> None:
    held = held_by(environment)
    if held:
        raise RenderProviderError(
            f'environment "{environment["name"]}" ({environment["id"]}) still holds {", ".join(held)}, and Render '
            "would delete them with it; move or delete them first"
        )


def _declared_form(environment: Environment) -> Values:
    return {
        "name": environment["name"],
        "protectedStatus": environment.get("protectedStatus", "unprotected"),
        "networkIsolationEnabled": bool(environment.get("networkIsolationEnabled")),
    }


def _outputs(environments: list[Environment]) -> Values:
    return {"environmentIds": {entry["name"]: entry["id"] for entry in environments}}


def _known_entries(inputs: Values) -> list[Values]:
    entries = inputs.get("environments")
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


PROJECTS: Final = ProjectBehaviour()
