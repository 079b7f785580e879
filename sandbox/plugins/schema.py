"""Reads the schemas that were derived from the vendors' Pulumi SDKs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_SANDBOX = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Form:
    """The fields of an object.

    A field's type is "string", "integer", "number", "boolean" or "any", `["list", type]`, `["map", type]`, or
    `{"type": name}` for one of the schema's own forms.
    """

    fields: Mapping[str, Any]
    required: frozenset[str]


@dataclass(frozen=True)
class Resource:
    """One type of resource: what it takes, and what else the vendor tells of it."""

    kind: str
    token: str
    inputs: Form
    outputs: Mapping[str, Any]
    secrets: frozenset[str]
    replaces: frozenset[str]


@dataclass(frozen=True)
class Schema:
    """Everything that one SDK has; `version` is the SDK's, and so the plugin's."""

    vendor: str
    version: str
    provider: Form
    resources: Mapping[str, Resource]
    types: Mapping[str, Form]
    functions: frozenset[str]

    def by_token(self, token: str) -> Resource | None:
        """The resource of a Pulumi type token."""
        return next((found for found in self.resources.values() if found.token == token), None)


@cache
def load(vendor: str) -> Schema:
    """A vendor's schema, "newrelic" or "pagerduty"."""
    table = json.loads((_SANDBOX / vendor / "schema.json").read_text())
    return Schema(
        vendor=vendor,
        version=table["version"],
        provider=_form(table["provider"]),
        resources={kind: _resource(kind, found) for kind, found in table["resources"].items()},
        types={name: _form(found) for name, found in table["types"].items()},
        functions=frozenset(table["functions"]),
    )


def _form(table: Mapping[str, Any]) -> Form:
    return Form(table["fields"], frozenset(table["required"]))


def _resource(kind: str, table: Mapping[str, Any]) -> Resource:
    return Resource(
        kind, table["token"], _form(table), table["outputs"], frozenset(table["secrets"]), frozenset(table["replaces"])
    )
