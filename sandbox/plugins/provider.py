"""A stand-in plugin as the Pulumi engine speaks to it: checks and differences here, objects at the sandbox's account.

Checks, differences and previews make no request; a look-up does, as with the real plugins.
"""

from __future__ import annotations

import asyncio
import copy
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from pulumi.provider.experimental import provider as engine
from pulumi.provider.experimental.property_value import PropertyValue

from sandbox.plugins.check import converted, problems, suggestion, with_defaults
from sandbox.plugins.client import AccountClient, StandInError
from sandbox.plugins.diff import PropertyChange, changes
from sandbox.plugins.facts import Facts, holders, places
from sandbox.plugins.schema import Resource, Schema
from sandbox.plugins.schema_document import schema_json
from sandbox.plugins.unknown import UNKNOWN
from sandbox.plugins.values import (
    masked,
    plain_map,
    property_map,
    secret_paths,
    secret_texts,
)

# The engine runs at most a few dozen operations at once.
_THREADS = 32
_ENGINE_SETTINGS = frozenset({"version", "pluginDownloadURL", "__internal", "__pulumi-go-provider-infer"})
_GENERATED_SUFFIX = re.compile(r"-[0-9a-f]{7}")

FactsOf = Callable[[str], Facts]
Values = dict[str, Any]
Answer = TypeVar("Answer")


class StandIn(engine.Provider):
    """One plugin process for one vendor."""

    def __init__(self, schema: Schema, facts_of: FactsOf, environment: Mapping[str, str] | None = None) -> None:
        self._schema = schema
        self._facts_of = facts_of
        self._environment = os.environ if environment is None else environment
        self._settings: Values = {}
        self._secrets: frozenset[str] = frozenset()
        self._client: AccountClient | None = None
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix=schema.vendor)

    def clean(self, text: str) -> str:
        """The text without any secret that this process was given."""
        return masked(text, self._secrets)

    async def get_schema(self, request: engine.GetSchemaRequest) -> engine.GetSchemaResponse:
        return engine.GetSchemaResponse(schema_json(self._schema, self._facts_of))

    async def check_config(self, request: engine.CheckRequest) -> engine.CheckResponse:
        known = self._schema.provider.fields
        unknown = sorted(request.new_inputs.keys() - known.keys() - _ENGINE_SETTINGS)
        failures = [f'"{self._schema.vendor}:{name}" is not a setting{suggestion(name, known)}' for name in unknown]
        return engine.CheckResponse(request.new_inputs, [engine.CheckFailure("", failure) for failure in failures])

    async def diff_config(self, request: engine.DiffRequest) -> engine.DiffResponse:
        # Another token or address is no reason to replace what it was used for.
        return engine.DiffResponse(changes=False)

    async def configure(self, request: engine.ConfigureRequest) -> engine.ConfigureResponse:
        self._note_secrets(request.args)
        settings = plain_map(request.args)
        # Of the settings the account needs one only; a key or a token stays in this process.
        number = settings.get("accountId") or self._environment.get("NEW_RELIC_ACCOUNT_ID")
        self._settings = {"accountId": number} if isinstance(number, (str, int)) else {}
        self._client = AccountClient(self._schema.vendor, self._environment, connections=_THREADS)
        return engine.ConfigureResponse(accept_secrets=True, supports_preview=True)

    async def check(self, request: engine.CheckRequest) -> engine.CheckResponse:
        resource, facts = self._of(request.type)
        self._note_secrets(request.new_inputs)
        declared = converted(self._schema, resource.inputs, plain_map(request.new_inputs))
        if "name" not in declared and "name" in resource.inputs.fields:
            declared["name"] = _generated_name(request, plain_map(request.old_inputs).get("name"))
        found = [self.clean(problem) for problem in problems(self._schema, resource, facts, declared)]
        inputs = declared if found else with_defaults(facts, declared)
        marked = property_map(inputs, secret_paths(request.new_inputs) | _secret_places(resource, facts, inputs))
        return engine.CheckResponse(marked, [engine.CheckFailure("", problem) for problem in found])

    async def diff(self, request: engine.DiffRequest) -> engine.DiffResponse:
        resource, facts = self._of(request.type)
        found = changes(resource, facts, plain_map(request.old_state), plain_map(request.new_inputs))
        return engine.DiffResponse(
            changes=bool(found),
            replaces=_unique(change.name for change in found if change.replaces),
            diffs=_unique(change.name for change in found),
            detailed_diff={change.engine_path: _property_diff(change) for change in found},
        )

    async def create(self, request: engine.CreateRequest) -> engine.CreateResponse:
        resource, facts = self._of(request.type)
        inputs, secret = plain_map(request.properties), secret_paths(request.properties)
        if request.preview:
            return engine.CreateResponse("", property_map(_foreseen(resource, facts, inputs), secret))
        self._note_secrets(request.properties)
        document = self._document(inputs, secret)
        found = await self._run(self._account.create, resource.kind, document)
        return engine.CreateResponse(found["id"], _state(resource, facts, inputs, found, secret))

    async def read(self, request: engine.ReadRequest) -> engine.ReadResponse:
        resource, facts = self._of(request.type)
        found = await self._run(self._account.read, resource.kind, request.resource_id)
        if found is None and not request.properties:
            raise StandInError(f"the sandbox has no {resource.kind} with the id {request.resource_id} to import")
        if found is None:
            return engine.ReadResponse()
        known = plain_map(request.inputs or request.properties)
        inputs = _with_kept_secrets(facts, found["inputs"], known)
        secret = secret_paths(request.inputs) | frozenset(found["secret_paths"])
        marked = property_map(inputs, secret | _secret_places(resource, facts, inputs))
        return engine.ReadResponse(found["id"], _state(resource, facts, inputs, found, secret), marked)

    async def update(self, request: engine.UpdateRequest) -> engine.UpdateResponse:
        resource, facts = self._of(request.type)
        inputs, secret = plain_map(request.news), secret_paths(request.news)
        if request.preview:
            foreseen = _foreseen_update(resource, facts, plain_map(request.olds), inputs)
            return engine.UpdateResponse(property_map(foreseen, secret | secret_paths(request.olds)))
        self._note_secrets(request.news)
        document = self._document(inputs, secret)
        found = await self._run(self._account.update, resource.kind, request.resource_id, document)
        return engine.UpdateResponse(_state(resource, facts, inputs, found, secret))

    async def delete(self, request: engine.DeleteRequest) -> None:
        resource, _ = self._of(request.type)
        await self._run(self._account.delete, resource.kind, request.resource_id)

    async def invoke(self, request: engine.InvokeRequest) -> engine.InvokeResponse:
        found = await self._run(self._account.look_up, request.tok, plain_map(request.args))
        return engine.InvokeResponse(property_map(found))

    async def cancel(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    @property
    def _account(self) -> AccountClient:
        if self._client is None:
            raise StandInError("the engine has not configured this plugin")
        return self._client

    async def _run(self, work: Callable[..., Answer], *arguments: Any) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)

    def _document(self, inputs: Values, secret: frozenset[str]) -> Values:
        return {"inputs": inputs, "secret_paths": sorted(secret), "settings": self._settings}

    def _of(self, qualified: str) -> tuple[Resource, Facts]:
        token = qualified.rpartition("$")[2]  # below a component, the SDK puts the component's type before it
        resource = self._schema.by_token(token)
        if resource is None:
            known = (found.token for found in self._schema.resources.values())
            raise StandInError(f"{token} is no resource of the installed SDK{suggestion(token, known)}")
        return resource, self._facts_of(resource.kind)

    def _note_secrets(self, values: Mapping[str, PropertyValue]) -> None:
        self._secrets |= secret_texts(values)


def _foreseen(resource: Resource, facts: Facts, inputs: Values) -> Values:
    foreseen: Values = {name: UNKNOWN for name in resource.outputs} | copy.deepcopy(inputs)
    for place in facts.computed:
        for holder, name in list(holders(foreseen, place)):
            holder.setdefault(name, UNKNOWN)
    return foreseen


def _foreseen_update(resource: Resource, facts: Facts, old: Values, inputs: Values) -> Values:
    """What an object will be like: what the vendor told stays, inside an input too, where the program leaves it out."""
    kept = {name: old[name] for name in (*resource.outputs, *facts.computed) if name in old}
    foreseen = _merged(kept, copy.deepcopy(inputs))
    for place in facts.computed:
        for path, value in places(old, place):
            above, _, last = path.rpartition(".")
            holder = next((found for _, found in places(foreseen, above)), None) if above else foreseen
            if isinstance(holder, dict):
                holder.setdefault(last, value)
    return foreseen


def _state(
    resource: Resource, facts: Facts, inputs: Values, found: Mapping[str, Any], secret: frozenset[str]
) -> dict[str, PropertyValue]:
    properties = {*resource.inputs.fields, *resource.outputs}
    told = {name: value for name, value in found["outputs"].items() if name in properties}
    state = _with_account_number(resource, _merged(told, inputs))
    return property_map(state, secret | _secret_places(resource, facts, state))


def _with_account_number(resource: Resource, state: Values) -> Values:
    """The state with account numbers as the resource has them: text in most kinds, a number in some."""
    if resource.inputs.fields.get("accountId") == "integer" and str(state.get("accountId", "")).isdigit():
        return {**state, "accountId": int(state["accountId"])}
    return state


def _merged(told: Mapping[str, Any], inputs: Mapping[str, Any]) -> Values:
    """What the vendor tells with what was declared over it, inside lists of objects too."""
    merged = {**told, **inputs}
    for name in told.keys() & inputs.keys():
        ours, theirs = inputs[name], told[name]
        if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
            merged[name] = [
                {**other, **one} if isinstance(one, Mapping) and isinstance(other, Mapping) else one
                for one, other in zip(ours, theirs, strict=True)
            ]
    return merged


def _secret_places(resource: Resource, facts: Facts, values: Values) -> frozenset[str]:
    """The exact paths that are secret whether or not the program says so."""
    nested = {path for place in facts.secrets for path, _ in places(values, place)}
    return frozenset(nested | {name for name in resource.secrets if name in values})


def _with_kept_secrets(facts: Facts, told: Values, known: Mapping[str, Any]) -> Values:
    """The inputs as told, with the secrets that the vendor never tells again as they were."""
    for place in facts.write_only:
        for path, value in places(known, place):
            *above, last = path.split(".")
            holder = next((found for _, found in places(told, ".".join(above))), None) if above else told
            if isinstance(holder, dict):
                holder[last] = value
    return told


def _generated_name(request: engine.CheckRequest, old: Any) -> str:
    """A name as the real plugins make it: the resource's own and seven digits that stay over updates."""
    if isinstance(old, str) and old.startswith(request.name) and _GENERATED_SUFFIX.fullmatch(old[len(request.name) :]):
        return old
    return f"{request.name}-{hashlib.sha256(request.random_seed or request.urn.encode()).hexdigest()[:7]}"


def _property_diff(change: PropertyChange) -> engine.PropertyDiff:
    kind = f"{change.change.upper()}_REPLACE" if change.replaces else change.change.upper()
    return engine.PropertyDiff(engine.PropertyDiffKind[kind], True)


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
