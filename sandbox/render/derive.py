"""Derives the contract's table from Render's OpenAPI description: facts only, no prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# What the sandbox serves; the rest of Render's API answers "not part of the sandbox".
_SERVED = (
    r"/owners(/\{ownerId\})?",
    r"/services(/\{serviceId\})?",
    r"/services/\{serviceId\}/(deploys|rollback|events|instances|suspend|resume|restart|scale|autoscaling)",
    r"/services/\{serviceId\}/deploys/\{deployId\}(/cancel)?",
    r"/services/\{serviceId\}/(env-vars(/\{envVarKey\})?|secret-files(/\{secretFileName\})?)",
    r"/disks(/\{diskId\})?",
    r"/postgres(/\{postgresId\}(/(connection-info|suspend|resume|restart))?)?",
    r"/key-value(/\{keyValueId\}(/(connection-info|suspend|resume|restart))?)?",
    r"/env-groups(/\{envGroupId\}(/(env-vars/\{envVarKey\}|secret-files/\{secretFileName\}|services/\{serviceId\}))?)?",
    r"/projects(/\{projectId\})?",
    r"/environments(/\{environmentId\}(/resources)?)?",
    r"/logs",
    r"/logs/streams/owner/\{ownerId\}",
    r"/metrics-stream/\{ownerId\}",
)
_METHODS = ("get", "post", "put", "patch", "delete")
_KEPT = ("type", "enum", "minimum", "maximum", "pattern", "nullable", "format")

Table = dict[str, Any]


def derive(description: Mapping[str, Any]) -> Table:
    """The table of the served operations, and of every schema that they refer to."""
    table = _Deriving(description)
    operations = {
        f"{method.upper()} {path}": table.operation(item, item[method])
        for path, item in description["paths"].items()
        if any(re.fullmatch(pattern, path) for pattern in _SERVED)
        for method in _METHODS
        if method in item
    }
    return {"operations": operations, "schemas": table.schemas}


class _Deriving:
    def __init__(self, description: Mapping[str, Any]) -> None:
        self._description = description
        self.schemas: Table = {}

    def operation(self, item: Mapping[str, Any], operation: Mapping[str, Any]) -> Table:
        parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
        query = [found for parameter in parameters if (found := self._resolved(parameter))["in"] == "query"]
        request, responses = operation.get("requestBody", {}), operation["responses"]
        return {
            "query": {parameter["name"]: self._schema(parameter["schema"]) for parameter in query},
            "required_query": sorted(parameter["name"] for parameter in query if parameter.get("required")),
            "body": self._content(request),
            "body_required": bool(request.get("required")),
            "answers": {status: self._content(answer) for status, answer in responses.items() if status < "300"},
            "refusals": sorted(int(status) for status in responses if status >= "300"),
        }

    def _content(self, holder: Mapping[str, Any]) -> Table | None:
        content = self._resolved(holder).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return None if schema is None else self._schema(schema)

    def _schema(self, schema: Mapping[str, Any]) -> Table:
        if "$ref" in schema:
            return {"$ref": self._named(schema["$ref"])}
        compact: Table = {key: schema[key] for key in _KEPT if key in schema}
        if "items" in schema:
            compact["items"] = self._schema(schema["items"])
        if "properties" in schema:
            compact["properties"] = {name: self._schema(inner) for name, inner in schema["properties"].items()}
            # The description requires a cursor of an event and "project" of a database, and never says what they are;
            # a cursor is a text everywhere else, the other is left out.
            if "cursor" in schema.get("required", []):
                compact["properties"].setdefault("cursor", {"type": "string"})
            compact["required"] = [name for name in schema.get("required", []) if name in compact["properties"]]
        for key in ("oneOf", "anyOf", "allOf"):
            if key in schema:
                compact[key] = [self._schema(inner) for inner in schema[key]]
        return compact

    def _named(self, reference: str) -> str:
        name = reference.removeprefix("#/").removeprefix("components/schemas/")
        if name not in self.schemas:
            self.schemas[name] = {}  # taken, so that a schema that refers to itself ends
            self.schemas[name] = self._schema(self._at(reference))
        return name

    def _resolved(self, item: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in item:
            item = self._at(item["$ref"])
        return item

    def _at(self, reference: str) -> Any:
        found: Any = self._description
        for step in _steps(reference):
            if isinstance(found, Mapping) and "$ref" in found:
                found = self._resolved(found)
            found = found[int(step)] if isinstance(found, list) else found[step]
        return found


def _steps(reference: str) -> Iterator[str]:
    for step in reference.removeprefix("#/").split("/"):
        yield step.replace("~1", "/").replace("~0", "~").replace("%7B", "{").replace("%7D", "}")
