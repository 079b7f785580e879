"""Speaks to the provider as the engine does, with plain values."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from pulumi.provider.experimental import provider as engine
from pulumi.provider.experimental.property_value import PropertyValue
from render_account import KEY, OWNER, RenderAccount

from infra.render_provider.provider import RenderProvider
from infra.render_provider.values import plain_map, property_map

MANAGED_BY = "lookout/legal-platform/test"


@dataclass
class Made:
    """A resource as the engine's state would hold it."""

    token: str
    urn: str
    object_id: str
    properties: dict[str, PropertyValue]

    @property
    def plain(self) -> dict[str, Any]:
        """The outputs without secret marks."""
        return plain_map(self.properties)


class CheckRefused(Exception):
    """The provider's check found problems; the text has one a line."""


class Harness:
    """One provider process against one account."""

    def __init__(self, account: RenderAccount) -> None:
        self.account = account
        self.messages: list[str] = []
        self.restart()

    def restart(self) -> None:
        """A new provider process, which remembers nothing."""
        self.provider = RenderProvider(
            lambda urn, message: self.messages.append(message),
            {"RENDER_API_URL": self.account.url, "RENDER_API_KEY": KEY},
        )

    def check(self, token: str, inputs: dict[str, Any], old: dict[str, PropertyValue] | None = None) -> Any:
        """The checked inputs.

        Raises:
            CheckRefused: With every problem.
        """
        request = engine.CheckRequest(_urn(token, "it"), old or {}, property_map(inputs), b"")
        answer = asyncio.run(self.provider.check(request))
        if answer.failures:
            raise CheckRefused("\n".join(failure.reason for failure in answer.failures))
        return answer.inputs

    def create(self, token: str, inputs: dict[str, Any], *, resource: str = "it") -> Made:
        """Check and create."""
        urn = _urn(token, resource)
        checked = self.check(token, inputs)
        answer = asyncio.run(self.provider.create(engine.CreateRequest(urn, checked, 0, False)))
        return Made(token, urn, str(answer.resource_id), answer.properties)

    def preview_update(self, made: Made, inputs: dict[str, Any]) -> dict[str, Any]:
        """The outputs foreseen."""
        checked = self.check(made.token, inputs, made.properties)
        request = engine.UpdateRequest(made.urn, made.object_id, made.properties, checked, 0, [], True)
        return plain_map(asyncio.run(self.provider.update(request)).properties)

    def diff(self, made: Made, inputs: dict[str, Any]) -> engine.DiffResponse:
        """What the engine would be told."""
        checked = self.check(made.token, inputs, made.properties)
        request = engine.DiffRequest(made.urn, made.object_id, made.properties, checked, [])
        return asyncio.run(self.provider.diff(request))

    def update(self, made: Made, inputs: dict[str, Any]) -> Made:
        """Check and update."""
        checked = self.check(made.token, inputs, made.properties)
        request = engine.UpdateRequest(made.urn, made.object_id, made.properties, checked, 0, [], False)
        answer = asyncio.run(self.provider.update(request))
        return Made(made.token, made.urn, made.object_id, answer.properties)

    def read(self, made: Made) -> engine.ReadResponse:
        """Refresh."""
        request = engine.ReadRequest(made.urn, made.object_id, made.properties, made.properties)
        return asyncio.run(self.provider.read(request))

    def import_(self, token: str, object_id: str) -> engine.ReadResponse:
        """Read with nothing known."""
        return asyncio.run(self.provider.read(engine.ReadRequest(_urn(token, "it"), object_id, {}, {})))

    def delete(self, made: Made) -> None:
        """Delete."""
        request = engine.DeleteRequest(made.urn, made.object_id, made.properties, 0)
        asyncio.run(self.provider.delete(request))


def _urn(token: str, name: str) -> str:
    return f"urn:pulumi:test::project::{token}::{name}"


def web_service(**changed: Any) -> dict[str, Any]:
    """The inputs of a web service."""
    return {
        "name": "legal-web",
        "ownerId": OWNER,
        "managedBy": MANAGED_BY,
        "plan": "standard",
        "runtime": "image",
        "image": {"imagePath": "docker.io/library/nginx:1.27"},
        "healthCheckPath": "/health",
        "envVars": {"API_TOKEN": "seededToken0001", "LOG_LEVEL": "info"},
    } | changed


def private_service(**changed: Any) -> dict[str, Any]:
    """The inputs of a private service."""
    inputs = web_service(name="legal-ai", **changed)
    del inputs["healthCheckPath"]
    return inputs


def postgres(**changed: Any) -> dict[str, Any]:
    """The inputs of a database."""
    return {
        "name": "legal-db",
        "ownerId": OWNER,
        "environmentId": "evm-1",
        "plan": "basic_1gb",
        "version": "16",
        "diskSizeGB": 25,
    } | changed


def key_value(**changed: Any) -> dict[str, Any]:
    """The inputs of a Key Value instance."""
    return {"name": "legal-kv", "ownerId": OWNER, "environmentId": "evm-1", "plan": "starter"} | changed


def environment_group(**changed: Any) -> dict[str, Any]:
    """The inputs of an environment group."""
    return {
        "name": "shared",
        "ownerId": OWNER,
        "managedBy": MANAGED_BY,
        "envVars": {"SENTRY_DSN": "https://seededSentryKey@sentry.example/1"},
        "secretFiles": {"ca.pem": "seededCertificate"},
    } | changed


def project(*environments: str) -> dict[str, Any]:
    """The inputs of a project."""
    return {"name": "legal", "ownerId": OWNER, "environments": [{"name": name} for name in environments]}
