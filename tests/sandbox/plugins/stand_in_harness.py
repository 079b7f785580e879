"""Speaks to a stand-in as the engine does, with plain values."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from accounts_harness import ServedAccount
from pulumi.provider.experimental import provider as engine
from pulumi.provider.experimental.property_value import PropertyValue

from sandbox.newrelic.facts import facts_of as newrelic_facts
from sandbox.pagerduty.facts import facts_of as pagerduty_facts
from sandbox.plugins.provider import StandIn
from sandbox.plugins.schema import load
from sandbox.plugins.values import plain_map, property_map

_FACTS = {"newrelic": newrelic_facts, "pagerduty": pagerduty_facts}


@dataclass
class Made:
    """A resource as the engine's state holds it."""

    urn: str
    object_id: str
    inputs: dict[str, PropertyValue]
    properties: dict[str, PropertyValue]

    @property
    def plain(self) -> dict[str, Any]:
        """The outputs without secret marks."""
        return plain_map(self.properties)


class CheckRefused(Exception):
    """The check found problems; the text has one a line."""


class Plugin:
    """One plugin process; without an account it can check and compare only."""

    def __init__(self, vendor: str, account: ServedAccount | None = None, **settings: Any) -> None:
        self._schema = load(vendor)
        self.provider = StandIn(self._schema, _FACTS[vendor], account.environment if account else {})
        if account is not None:
            request = engine.ConfigureRequest({}, property_map(settings), True, True)
            asyncio.run(self.provider.configure(request))

    def urn(self, kind: str, name: str = "it") -> str:
        """The engine's name of a resource."""
        return f"urn:pulumi:test::project::{self._schema.resources[kind].token}::{name}"

    def check(
        self, kind: str, inputs: dict[str, Any], secrets: tuple[str, ...] = (), old: Made | None = None
    ) -> dict[str, PropertyValue]:
        """The checked inputs; `secrets` are exact paths that the program marked.

        Raises:
            CheckRefused: With every problem.
        """
        marked = property_map(inputs, frozenset(secrets))
        request = engine.CheckRequest(self.urn(kind), old.inputs if old else {}, marked, b"seed")
        answer = asyncio.run(self.provider.check(request))
        if answer.failures:
            raise CheckRefused("\n".join(failure.reason for failure in answer.failures))
        assert answer.inputs is not None
        return answer.inputs

    def checked(self, kind: str, inputs: dict[str, Any]) -> dict[str, Any]:
        """The checked inputs as plain values."""
        return plain_map(self.check(kind, inputs))

    def refusal(self, kind: str, inputs: dict[str, Any], secrets: tuple[str, ...] = ()) -> str:
        """What the check says to inputs that it refuses."""
        try:
            self.check(kind, inputs, secrets)
        except CheckRefused as refused:
            return str(refused)
        raise AssertionError(f"{kind} passed: {inputs}")

    def preview(self, kind: str, inputs: dict[str, Any]) -> dict[str, Any]:
        """The outputs foreseen for a new resource."""
        request = engine.CreateRequest(self.urn(kind), self.check(kind, inputs), 0, True)
        return plain_map(asyncio.run(self.provider.create(request)).properties)

    def create(self, kind: str, inputs: dict[str, Any], secrets: tuple[str, ...] = ()) -> Made:
        """Check and create."""
        checked = self.check(kind, inputs, secrets)
        answer = asyncio.run(self.provider.create(engine.CreateRequest(self.urn(kind), checked, 0, False)))
        return Made(self.urn(kind), str(answer.resource_id), checked, answer.properties)

    def diff(self, kind: str, made: Made, inputs: dict[str, Any]) -> engine.DiffResponse:
        """What the engine would be told."""
        checked = self.check(kind, inputs, old=made)
        request = engine.DiffRequest(made.urn, made.object_id, made.properties, checked, [])
        return asyncio.run(self.provider.diff(request))

    def update(self, kind: str, made: Made, inputs: dict[str, Any]) -> Made:
        """Check and update."""
        checked = self.check(kind, inputs, old=made)
        request = engine.UpdateRequest(made.urn, made.object_id, made.properties, checked, 0, [], False)
        answer = asyncio.run(self.provider.update(request))
        return Made(made.urn, made.object_id, checked, answer.properties)

    def preview_update(self, kind: str, made: Made, inputs: dict[str, Any]) -> dict[str, Any]:
        """The outputs foreseen for an update."""
        checked = self.check(kind, inputs, old=made)
        request = engine.UpdateRequest(made.urn, made.object_id, made.properties, checked, 0, [], True)
        return plain_map(asyncio.run(self.provider.update(request)).properties)

    def read(self, made: Made) -> engine.ReadResponse:
        """Refresh."""
        request = engine.ReadRequest(made.urn, made.object_id, made.properties, made.inputs)
        return asyncio.run(self.provider.read(request))

    def import_(self, kind: str, object_id: str) -> engine.ReadResponse:
        """Read with nothing known."""
        return asyncio.run(self.provider.read(engine.ReadRequest(self.urn(kind), object_id, {}, {})))

    def delete(self, made: Made) -> None:
        """Delete."""
        asyncio.run(self.provider.delete(engine.DeleteRequest(made.urn, made.object_id, made.properties, 0)))

    def invoke(self, function: str, **arguments: Any) -> dict[str, Any]:
        """What one of the SDK's functions returns."""
        answer = asyncio.run(self.provider.invoke(engine.InvokeRequest(function, property_map(arguments))))
        return plain_map(answer.return_value or {})
