"""The provider as the Pulumi engine speaks to it: checks, differences, and the calls to each resource's behaviour.

Checks, differences and previews make no call to Render.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar

from pulumi.provider.experimental import provider as engine
from pulumi.provider.experimental.property_value import PropertyValue

from infra.render_provider.behaviour import DEPLOY_TIMEOUT_SECONDS, Behaviour, Context, Values
from infra.render_provider.check import problems, suggestion, with_defaults
from infra.render_provider.client import DEFAULT_API_URL, Client
from infra.render_provider.diff import PropertyChange, changes
from infra.render_provider.environment_groups import ENVIRONMENT_GROUPS
from infra.render_provider.errors import InitializationFailed, RenderProviderError
from infra.render_provider.key_value import KEY_VALUE_INSTANCES
from infra.render_provider.postgres import POSTGRES_DATABASES
from infra.render_provider.projects import PROJECTS
from infra.render_provider.properties import Property
from infra.render_provider.redaction import Redactor
from infra.render_provider.schema_document import CONFIG, schema_json
from infra.render_provider.services import PRIVATE_SERVICES, WEB_SERVICES
from infra.render_provider.streams import LOG_STREAMS, METRICS_STREAMS
from infra.render_provider.values import UNKNOWN, Secret, plain_map, property_map, texts
from infra.render_provider.waiting import cancel_waits

BEHAVIOURS: Final[Mapping[str, Behaviour]] = {
    behaviour.schema.token: behaviour
    for behaviour in (
        PROJECTS,
        ENVIRONMENT_GROUPS,
        WEB_SERVICES,
        PRIVATE_SERVICES,
        POSTGRES_DATABASES,
        KEY_VALUE_INSTANCES,
        LOG_STREAMS,
        METRICS_STREAMS,
    )
}
# Waiting for deploys takes threads; the engine runs at most a few dozen operations at once.
_THREADS = 32
_ENGINE_KEYS = frozenset({"version", "pluginDownloadURL", "__internal"})

# Defaults that say nothing stay out of previews and of the state.
_EMPTY: Final[tuple[Any, ...]] = ("", {}, [])

Log = Callable[[str, str], None]
Answer = TypeVar("Answer")


class RenderProvider(engine.Provider):
    """One provider process; `log` shows a message on a resource (its URN first) in the person's terminal."""

    def __init__(self, log: Log, environment: Mapping[str, str] | None = None) -> None:
        self._log = log
        self._environment = os.environ if environment is None else environment
        self._config: Values = {}
        self._redactor = Redactor()
        self._holders: dict[tuple[str, str], str] = {}
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="render")
        self._client: Client | None = None

    def clean(self, text: str) -> str:
        """The text without any secret value that this process has seen."""
        return self._redactor.clean(text)

    async def get_schema(self, request: engine.GetSchemaRequest) -> engine.GetSchemaResponse:
        return engine.GetSchemaResponse(schema_json())

    async def check_config(self, request: engine.CheckRequest) -> engine.CheckResponse:
        unknown = sorted(request.new_inputs.keys() - CONFIG.keys() - _ENGINE_KEYS)
        failures = [f'"render:{name}" is not a setting{suggestion(name, CONFIG)}' for name in unknown]
        seconds = plain_map(request.new_inputs).get("deployTimeoutSeconds")
        if seconds is not None and seconds is not UNKNOWN and not str(seconds).isdigit():
            failures.append(f'"render:deployTimeoutSeconds" value "{seconds}" is not a whole number of seconds')
        inputs = {
            name: value.with_secret(True) if name == "apiKey" else value for name, value in request.new_inputs.items()
        }
        return engine.CheckResponse(inputs, [engine.CheckFailure("", failure) for failure in failures])

    async def configure(self, request: engine.ConfigureRequest) -> engine.ConfigureResponse:
        self._config = plain_map(request.args)
        self._client = None
        return engine.ConfigureResponse(accept_secrets=True, supports_preview=True)

    async def check(self, request: engine.CheckRequest) -> engine.CheckResponse:
        behaviour = _behaviour(request.type)
        declared, old = plain_map(request.new_inputs), plain_map(request.old_inputs)
        self._remember(behaviour, declared)
        found = problems(behaviour.schema, declared)
        inputs = with_defaults(behaviour.schema.inputs, declared)
        if not found:
            found = behaviour.rules(inputs, old)
        shown = {name: value for name, value in inputs.items() if name in declared or value not in _EMPTY}
        marked = _to_engine(behaviour, shown, request.new_inputs)
        return engine.CheckResponse(marked, [engine.CheckFailure("", problem) for problem in found])

    async def diff(self, request: engine.DiffRequest) -> engine.DiffResponse:
        behaviour = _behaviour(request.type)
        self._holders[_object(request.urn, request.resource_id)] = request.urn
        old, new = plain_map(request.old_state), plain_map(request.new_inputs)
        found = changes(behaviour.schema.inputs, old, new)
        repairs = sorted(behaviour.repairs(old))
        return engine.DiffResponse(
            changes=bool(found or repairs),
            replaces=_unique(change.name for change in found if change.replaces),
            # Names are Render's, so the old object has to go before another can have its name.
            delete_before_replace=True,
            diffs=_unique(change.name for change in found) + repairs,
            detailed_diff={change.path: _property_diff(change) for change in found}
            | {name: engine.PropertyDiff(engine.PropertyDiffKind.UPDATE, False) for name in repairs},
        )

    async def create(self, request: engine.CreateRequest) -> engine.CreateResponse:
        behaviour = _behaviour(request.type)
        inputs = plain_map(request.properties)
        if request.preview:
            outputs = dict.fromkeys(behaviour.schema.outputs, UNKNOWN)
            return engine.CreateResponse("", _to_engine(behaviour, inputs | outputs, request.properties))
        self._remember(behaviour, inputs)
        complete = with_defaults(behaviour.schema.inputs, inputs)
        made = await self._run(behaviour, inputs, request.properties, behaviour.create, request, complete)
        self._holders[_object(request.urn, made.object_id)] = request.urn
        properties = self._outcome(behaviour, inputs, made.outputs, request.properties)
        return engine.CreateResponse(made.object_id, properties)

    async def read(self, request: engine.ReadRequest) -> engine.ReadResponse:
        behaviour = _behaviour(request.type)
        known = plain_map(request.properties)
        seen = await self._run(behaviour, {}, {}, behaviour.read, request, request.resource_id, known)
        if seen is None and not known:
            raise RenderProviderError(
                f"{request.resource_id} does not exist at Render, or the API key's workspace does not have it; a "
                f"{behaviour.schema.title}'s id stands in its dashboard address"
            )
        if seen is None:
            return engine.ReadResponse()
        declared = plain_map(request.inputs)
        inputs = {
            name: value for name, value in seen.inputs.items() if _worth_showing(behaviour, declared, name, value)
        }
        return engine.ReadResponse(
            request.resource_id,
            self._outcome(behaviour, inputs, _chosen(behaviour, seen.inputs) | seen.outputs, request.properties),
            _to_engine(behaviour, inputs, request.inputs),
        )

    async def update(self, request: engine.UpdateRequest) -> engine.UpdateResponse:
        behaviour = _behaviour(request.type)
        old, inputs = plain_map(request.olds), plain_map(request.news)
        outputs = _chosen(behaviour, old) | {name: old[name] for name in behaviour.schema.outputs if name in old}
        if request.preview:
            foreseen = behaviour.foresee(old, with_defaults(behaviour.schema.inputs, inputs))
            return engine.UpdateResponse(_to_engine(behaviour, outputs | inputs | foreseen, request.news))
        self._remember(behaviour, old)
        self._remember(behaviour, inputs)
        complete = with_defaults(behaviour.schema.inputs, inputs)
        found = await self._run(
            behaviour, outputs | inputs, request.news, behaviour.update, request, request.resource_id, old, complete
        )
        return engine.UpdateResponse(self._outcome(behaviour, inputs, found, request.news))

    async def delete(self, request: engine.DeleteRequest) -> None:
        behaviour = _behaviour(request.type)
        holder = self._holders.get(_object(request.urn, request.resource_id), request.urn)
        if holder != request.urn:
            self._log(request.urn, f"kept: {request.resource_id} now belongs to {holder.rsplit('::', 1)[-1]}")
            return
        old = plain_map(request.properties)
        self._remember(behaviour, old)
        await self._run(behaviour, {}, {}, behaviour.delete, request, request.resource_id, old)

    async def cancel(self) -> None:
        cancel_waits()

    async def _run(
        self,
        behaviour: Behaviour,
        state: Values,
        likeness: Mapping[str, PropertyValue],
        work: Callable[..., Answer],
        request: Any,
        *arguments: Any,
    ) -> Answer:
        """Run one behaviour in a thread; when the object exists and fails, its state travels with the error."""
        call = partial(work, self._context(request), *arguments)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, call)
        except InitializationFailed as failure:
            self._holders[_object(request.urn, failure.object_id)] = request.urn
            complete = self._outcome(behaviour, state, failure.outputs, likeness)
            raise InitializationFailed(failure.object_id, complete, str(failure)) from failure

    def _outcome(
        self, behaviour: Behaviour, inputs: Values, outputs: Values, likeness: Mapping[str, PropertyValue]
    ) -> dict[str, PropertyValue]:
        state = inputs | outputs
        self._remember(behaviour, state)
        return _to_engine(behaviour, state, likeness)

    def _context(self, request: Any) -> Context:
        wished = getattr(request, "timeout", 0) or self._config.get("deployTimeoutSeconds") or DEPLOY_TIMEOUT_SECONDS
        return Context(
            client=self._connected(),
            log=partial(self._log, request.urn),
            claim=partial(self._claim, request.urn),
            redactor=self._redactor,
            timeout_seconds=float(wished),
        )

    def _claim(self, urn: str, object_id: str) -> None:
        holder = self._holders.get(_object(urn, object_id), urn)
        if holder != urn:
            raise RenderProviderError(
                f"{object_id} is already managed as {holder.rsplit('::', 1)[-1]} in this stack; two resources must not "
                "declare the same name in the same environment"
            )
        self._holders[_object(urn, object_id)] = urn

    def _connected(self) -> Client:
        if self._client is None:
            key = self._config.get("apiKey") or self._environment.get("RENDER_API_KEY")
            if not key or key is UNKNOWN:
                raise RenderProviderError(
                    "no Render API key: run `pulumi config set --secret render:apiKey`, or set the environment "
                    "variable RENDER_API_KEY"
                )
            url = self._environment.get("RENDER_API_URL") or self._config.get("apiUrl") or DEFAULT_API_URL
            self._redactor.remember([str(key)])
            self._client = Client(str(url), str(key))
        return self._client

    def _remember(self, behaviour: Behaviour, values: Mapping[str, Any]) -> None:
        for name, spec in _all_properties(behaviour).items():
            if spec.secret:
                self._redactor.remember(texts(values.get(name)))


def _object(urn: str, object_id: str) -> tuple[str, str]:
    """What tells an object from every other: an id alone does not, as both streams have their workspace's."""
    return urn.split("::")[2].rpartition("$")[2], object_id


def _behaviour(qualified: str) -> Behaviour:
    token = qualified.rpartition("$")[2]  # below a component, the SDK puts the component's type before it
    behaviour = BEHAVIOURS.get(token)
    if behaviour is None:
        raise RenderProviderError(f"{token} is not a resource of this provider; it has {', '.join(sorted(BEHAVIOURS))}")
    return behaviour


def _all_properties(behaviour: Behaviour) -> dict[str, Property]:
    return {**behaviour.schema.inputs, **behaviour.schema.outputs}


def _to_engine(
    behaviour: Behaviour, values: Mapping[str, Any], likeness: Mapping[str, PropertyValue]
) -> dict[str, PropertyValue]:
    """Values for the engine: secret where the schema says so, and where the program said so."""
    specs = _all_properties(behaviour)
    marked = property_map({name: _mark(specs.get(name), value) for name, value in values.items()})
    for name, value in marked.items():
        said = likeness.get(name)
        if said is not None and said.contains_secret() and not value.contains_secret():
            marked[name] = value.with_secret(True)
    return marked


def _mark(spec: Property | None, value: Any) -> Any:
    if spec is None or not spec.secret:
        return value
    if spec.kind == "texts" and isinstance(value, Mapping):
        return {key: Secret(item) for key, item in value.items()}
    return Secret(value)


def _chosen(behaviour: Behaviour, values: Mapping[str, Any]) -> Values:
    """What Render chose because the program left it out; the state keeps it, so that declaring it is no change."""
    specs = behaviour.schema.inputs
    return {name: value for name, value in values.items() if name in specs and specs[name].computed}


def _worth_showing(behaviour: Behaviour, declared: Mapping[str, Any], name: str, value: Any) -> bool:
    """Whether a read input says something; an import (nothing declared) also shows what Render chose."""
    spec = behaviour.schema.inputs[name]
    if name in declared or spec.required:
        return True
    return value not in (spec.default, *_EMPTY) and not (spec.computed and declared)


def _property_diff(change: PropertyChange) -> engine.PropertyDiff:
    kind = f"{change.change.upper()}_REPLACE" if change.replaces else change.change.upper()
    return engine.PropertyDiff(engine.PropertyDiffKind[kind], True)


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
