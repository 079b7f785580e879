"""The provider's schema as the Pulumi engine reads it: `pulumi import` and `pulumi package get-schema` ask for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from infra.render_provider.properties import Property
from infra.render_provider.resources import SCHEMAS

PACKAGE = "render"
VERSION = "0.1.0"

CONFIG = {
    "apiKey": Property("text", "Render API key; environment variable RENDER_API_KEY otherwise.", secret=True),
    "apiUrl": Property("text", "Address of the API; environment variable RENDER_API_URL comes first."),
    "deployTimeoutSeconds": Property("integer", "Longest wait for a deploy or a database, 900 by default.", minimum=1),
}
_SCALARS = {"text": "string", "integer": "integer", "boolean": "boolean"}


def schema_json() -> str:
    """The whole schema as JSON text."""
    types: dict[str, Any] = {}
    resources = {schema.token: _resource(schema, types) for schema in SCHEMAS}
    document = {
        "name": PACKAGE,
        "version": VERSION,
        "description": "Provisions Render services, databases, environment groups and streams.",
        "config": {"variables": _object(CONFIG, "", types)["properties"]},
        "provider": {"inputProperties": _object(CONFIG, "", types)["properties"]},
        "types": types,
        "resources": resources,
    }
    return json.dumps(document)


def _resource(schema: Any, types: dict[str, Any]) -> dict[str, Any]:
    inputs = _object(schema.inputs, schema.type_name, types)
    outputs = _object({**schema.inputs, **schema.outputs}, schema.type_name, types)
    return {
        "description": schema.description,
        "inputProperties": inputs["properties"],
        "requiredInputs": inputs["required"],
        "properties": outputs["properties"],
        "required": sorted({*inputs["required"], *schema.outputs}),
    }


def _object(properties: Mapping[str, Property], owner: str, types: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _property(name, spec, owner, types) for name, spec in properties.items()},
        "required": sorted(name for name, spec in properties.items() if spec.required),
    }


def _property(name: str, spec: Property, owner: str, types: dict[str, Any]) -> dict[str, Any]:
    found = _type(name, spec, owner, types) | {"description": spec.description}
    if spec.secret:
        found["secret"] = True
    if spec.immutable:
        found["willReplaceOnChanges"] = True
    if spec.kind in _SCALARS and spec.default is not None:
        found["default"] = spec.default
    return found


def _type(name: str, spec: Property, owner: str, types: dict[str, Any]) -> dict[str, Any]:
    if spec.kind in _SCALARS:
        return {"type": _SCALARS[spec.kind]}
    if spec.kind == "texts":
        return {"type": "object", "additionalProperties": {"type": "string"}}
    token = f"{PACKAGE}:index:{owner}{name[0].upper()}{name[1:]}"
    types[token] = _object(spec.fields, owner, types)
    reference = {"$ref": f"#/types/{token}"}
    return reference if spec.kind == "object" else {"type": "array", "items": reference}
