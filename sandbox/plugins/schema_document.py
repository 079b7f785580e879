"""A stand-in's schema as the Pulumi engine reads it: `pulumi import` asks for it to write a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.plugins.facts import Facts
from sandbox.plugins.schema import Form, Resource, Schema


def schema_json(schema: Schema, facts_of: Callable[[str], Facts]) -> str:
    """The whole schema as JSON text."""
    writing = _Writing(schema.vendor)
    document = {
        "name": schema.vendor,
        "version": schema.version,
        "description": "The sandbox's stand-in for the vendor's plugin.",
        "provider": {"inputProperties": writing.properties(schema.provider.fields)},
        "types": {
            writing.type_token(name): {"type": "object", **writing.form(form)} for name, form in schema.types.items()
        },
        "resources": {
            found.token: writing.resource(found, facts_of(found.kind)) for found in schema.resources.values()
        },
    }
    return json.dumps(document)


class _Writing:
    def __init__(self, vendor: str) -> None:
        self._vendor = vendor

    def type_token(self, name: str) -> str:
        return f"{self._vendor}:index/{name[0].lower()}{name[1:]}:{name}"

    def resource(self, resource: Resource, facts: Facts) -> dict[str, Any]:
        inputs = self.form(resource.inputs)
        for name, found in inputs["properties"].items():
            if name in resource.replaces | facts.replaces:
                found["willReplaceOnChanges"] = True
            if name in resource.secrets:
                found["secret"] = True
        return {
            "inputProperties": inputs["properties"],
            "requiredInputs": inputs["required"],
            "properties": {**inputs["properties"], **self.properties(resource.outputs)},
            "required": inputs["required"],
        }

    def form(self, form: Form) -> dict[str, Any]:
        return {"properties": self.properties(form.fields), "required": sorted(form.required)}

    def properties(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        # A resource's id is no property of its schema.
        return {name: self._type(kind) for name, kind in fields.items() if name not in ("id", "urn")}

    def _type(self, kind: Any) -> dict[str, Any]:
        if kind == "any":
            return {"$ref": "pulumi.json#/Any"}
        if isinstance(kind, str):
            return {"type": kind}
        if isinstance(kind, dict):
            return {"type": "object", "$ref": f"#/types/{self.type_token(kind['type'])}"}
        if kind[0] == "list":
            return {"type": "array", "items": self._type(kind[1])}
        return {"type": "object", "additionalProperties": self._type(kind[1])}
