"""Registers a program's resources without an engine or an account, and keeps what each was given.

Pulumi's own mocks forget parents, options and which values are secret; this monitor keeps them, and hands out ids that
tell what they belong to, so that a recorded reference can be read.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
from google.protobuf import json_format, struct_pb2  # type: ignore[import-untyped]  # ships no types
from pulumi.runtime import rpc
from pulumi.runtime.mocks import MockCallArgs, MockMonitor, MockResourceArgs, Mocks
from pulumi.runtime.proto import resource_pb2

from infra.settings import PROJECT

SECRET = "[secret]"  # noqa: S105  # what stands in the place of a secret
_STACK_TYPE = "pulumi:pulumi:Stack"
# Outputs that programs read, by the last part of the type; each is filled with a text that names its resource.
_READ_OUTPUTS: Mapping[str, tuple[str, ...]] = {
    "AlertPolicy": ("entityGuid",),
    "NrqlAlertCondition": ("entityGuid",),
    "OneDashboard": ("guid", "permalink"),
    "NotificationDestination": ("guid",),
    "Workflow": ("guid", "workflowId"),
    "ServiceLevel": ("sliGuid", "sliId"),
    "Monitor": ("monitorId",),
    "CertCheckMonitor": ("monitorId",),
    "Service": ("htmlUrl",),
    "Team": ("htmlUrl",),
    "ServiceIntegration": ("integrationKey", "htmlUrl"),
    "EnvironmentGroup": ("contentHash",),
    "WebService": ("url", "dashboardUrl", "slug", "internalHost", "deployId", "deployStatus"),
    "PrivateService": ("url", "dashboardUrl", "slug", "internalHost", "deployId", "deployStatus"),
    "Postgres": ("internalConnectionString", "externalConnectionString", "password", "host", "status"),
    "KeyValue": ("internalConnectionString", "externalConnectionString", "status"),
}
_LOOKUPS: Mapping[str, str] = {"pagerduty:index/getVendor:getVendor": "Vendor"}
_RENDER_SECRETS = ("internalConnectionString", "externalConnectionString", "password")
_SERVICE_PORT = 10_000  # Render's default port


@dataclass(frozen=True)
class Registration:
    """One resource as it was registered: `inputs` under the wire's names, with `[secret]` for every secret.

    `parent` is the name of its component, None right below the stack; `is_custom` is False for components.
    """

    type: str
    name: str
    urn: str
    parent: str | None
    is_custom: bool
    inputs: Mapping[str, Any]
    protect: bool
    ignore_changes: tuple[str, ...]
    secret_outputs: tuple[str, ...]


@dataclass(frozen=True)
class Recording:
    """Every registration in the order in which it arrived, and the program's exports (secrets masked)."""

    registrations: tuple[Registration, ...]
    exports: Mapping[str, Any]

    def of_type(self, type_name: str) -> dict[str, Registration]:
        """Return the resources whose type's last part is `type_name`, by name."""
        return {one.name: one for one in self.registrations if one.type.rpartition(":")[2] == type_name}


def record(
    program: Callable[[], None],
    *,
    stack: str = "staging",
    config: Mapping[str, str] | None = None,
    secret_keys: Collection[str] = (),
) -> Recording:
    """Run a program against a recording monitor and return what it registered; errors of the program come through."""
    # A context of its own: Pulumi keeps settings, configuration and the root resource in context variables.
    return contextvars.copy_context().run(_recorded, program, stack, dict(config or {}), list(secret_keys))


def _recorded(program: Callable[[], None], stack: str, config: dict[str, str], secret_keys: list[str]) -> Recording:
    former = _current_loop()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        monitor = RecordingMonitor(stack)
        pulumi.runtime.settings.ROOT.set(None)
        pulumi.runtime.set_all_config(config, secret_keys)
        pulumi.runtime.set_mocks(_KnownLookups(), project=PROJECT, stack=stack, monitor=monitor)
        pulumi.runtime.settings.ROOT.set(None)  # set_mocks makes a root of its own; the program's exports need ours
        pulumi.runtime.settings.SETTINGS.outputs.clear()  # of whoever used Pulumi before, on a loop that runs no more
        loop.run_until_complete(pulumi.runtime.run_in_stack(program))
        return Recording(tuple(monitor.registrations), monitor.exports)
    finally:
        pulumi.runtime.settings.SETTINGS.outputs.clear()  # of a program that failed; the next one would wait for them
        loop.close()
        asyncio.set_event_loop(former)


def _current_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_event_loop_policy().get_event_loop()
    except RuntimeError:
        return None


class _KnownLookups(Mocks):
    """Answers the look-ups that the programs here need with readable ids, and refuses every other."""

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        kind = _LOOKUPS.get(args.token)
        if kind is None:
            raise NotImplementedError(f"the program looks up {args.token}, which a recording cannot answer")
        return {**args.args, "id": f"{kind}:{args.args['name']}"}, []

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        raise NotImplementedError(f"the program reads the existing {args.typ} {args.name}, which a recording has not")


class RecordingMonitor(MockMonitor):
    """Stands where Pulumi's engine listens, and answers every registration at once."""

    def __init__(self, stack: str) -> None:
        super().__init__(_KnownLookups())
        self._stack = stack
        self.registrations: list[Registration] = []
        self.exports: Mapping[str, Any] = {}

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        """Return the URN that the engine would give; Pulumi's own loses the stack's name between threads."""
        chain = parent.split("::")[2] + "$" if parent and f"::{_STACK_TYPE}::" not in parent else ""
        return "::".join([f"urn:pulumi:{self._stack}", PROJECT, f"{chain}{type_}", name])

    def RegisterResource(self, request: Any) -> Any:
        """Keep what was registered and answer with its inputs and outputs."""
        urn = self.make_urn(request.parent, request.type, request.name)
        if request.type == _STACK_TYPE:
            return resource_pb2.RegisterResourceResponse(urn=urn)
        inputs = _plain(request.object)
        self.registrations.append(
            Registration(
                type=request.type,
                name=request.name,
                urn=urn,
                parent=_parent(request.parent),
                is_custom=request.custom,
                inputs=_masked(inputs),
                protect=request.protect,
                ignore_changes=tuple(request.ignoreChanges),
                secret_outputs=tuple(request.additionalSecretOutputs),
            )
        )
        return self._answer(request, urn, inputs)

    def _answer(self, request: Any, urn: str, inputs: dict[str, Any]) -> Any:
        kind = request.type.rpartition(":")[2]
        identity = f"{kind}:{request.name}"
        secret = {*request.additionalSecretOutputs, *(_RENDER_SECRETS if request.type.startswith("render:") else ())}
        outputs = {**inputs, **_outputs(kind, identity, inputs)} if request.custom else inputs
        state = {name: _marked(value) if name in secret else value for name, value in outputs.items()}
        self.resources[urn] = MockMonitor.ResourceRegistration(urn, identity, state)
        message = json_format.ParseDict(state, struct_pb2.Struct())
        return resource_pb2.RegisterResourceResponse(urn=urn, id=identity if request.custom else "", object=message)

    def RegisterResourceOutputs(self, request: Any) -> Any:
        """Keep the outputs of the stack itself: the program's exports."""
        if f"::{_STACK_TYPE}::" in request.urn:
            self.exports = _masked(_plain(request.outputs))
        return super().RegisterResourceOutputs(request)  # type: ignore[no-untyped-call]  # Pulumi's mocks are untyped


def _outputs(kind: str, identity: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: f"{identity}.{name}" for name in _READ_OUTPUTS.get(kind, ())}
    if kind == "Project":
        names = [environment["name"] for environment in inputs["environments"]]
        found["environmentIds"] = {name: f"{identity}.{name}" for name in names}
    elif kind in ("WebService", "PrivateService"):
        found["internalPort"] = _SERVICE_PORT
    elif kind == "EventOrchestrationIntegration":
        found["parameters"] = [_routing(identity)]
    elif kind == "WebhookSubscription":
        found["deliveryMethods"] = [{**method, "secret": f"{identity}.secret"} for method in inputs["deliveryMethods"]]
    elif kind == "EventOrchestration" and "integrations" not in inputs:
        found["integrations"] = [{"id": f"{identity}.integration", "parameters": [_routing(identity)]}]
    return found


def _routing(identity: str) -> dict[str, str]:
    return {"routingKey": f"{identity}.routingKey", "type": "global"}


def _plain(message: struct_pb2.Struct) -> dict[str, Any]:
    """Return a message as a dictionary in which whole numbers are integers; secrets keep their wrapping."""
    found: dict[str, Any] = _whole(json_format.MessageToDict(message))
    return found


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _whole(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_whole(part) for part in value]
    return value


def _is_secret(value: Any) -> bool:
    return isinstance(value, dict) and value.get(rpc._special_sig_key) == rpc._special_secret_sig


def _marked(value: Any) -> Any:
    if _is_secret(value):
        return value
    return {rpc._special_sig_key: rpc._special_secret_sig, "value": value}


def _masked(value: Any) -> Any:
    if _is_secret(value):
        return SECRET
    if isinstance(value, dict):
        return {name: _masked(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_masked(part) for part in value]
    return value


def _parent(urn: str) -> str | None:
    return None if not urn or f"::{_STACK_TYPE}::" in urn else urn.rpartition("::")[2]
