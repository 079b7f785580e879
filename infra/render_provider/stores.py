"""What Postgres and Key Value have in common: stores that hold data, owned by the environment they are in."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from infra.render_provider.behaviour import Context, Made, Seen, Values
from infra.render_provider.errors import InitializationFailed, RenderProviderError
from infra.render_provider.ownership import gone, refuse_changed_identity, same_place, taken
from infra.render_provider.properties import ResourceSchema
from infra.render_provider.service_edits import move
from infra.render_provider.values import UNKNOWN
from infra.render_provider.waiting import interruptible_sleep

_READY = frozenset({"available", "maintenance_scheduled"})
# States that waiting does not mend.
_STUCK = frozenset({"suspended", "recovery_failed"})
_POLL_SECONDS = 2.0
_FIRST_POLL_SECONDS = 0.2


class StoreWire(Protocol):
    """What differs between the two kinds of store."""

    @property
    def schema(self) -> ResourceSchema:
        """The properties."""

    @property
    def path(self) -> str:
        """Where Render keeps them: `/postgres`."""

    @property
    def wrapper(self) -> str:
        """The name that a list item is wrapped in."""

    def create_body(self, inputs: Values) -> dict[str, Any]:
        """The body of the POST."""

    def patch_body(self, live: Values, inputs: Values) -> dict[str, Any]:
        """The body of the PATCH with only what differs; empty when nothing does."""

    def inputs_of(self, store: Mapping[str, Any], known: Values) -> Values:
        """The inputs that would declare it."""

    def outputs_of(self, store: Mapping[str, Any], connection: Mapping[str, Any]) -> Values:
        """The outputs."""

    def problems(self, inputs: Values, old_inputs: Values) -> list[str]:
        """Broken rules."""


@dataclass(frozen=True)
class StoreBehaviour:
    """A store of one kind."""

    wire: StoreWire

    @property
    def schema(self) -> ResourceSchema:
        return self.wire.schema

    def rules(self, inputs: Values, old_inputs: Values) -> list[str]:
        return self.wire.problems(inputs, old_inputs)

    def foresee(self, old: Values, inputs: Values) -> Values:
        return {"status": UNKNOWN}

    def repairs(self, old: Mapping[str, Any]) -> set[str]:
        return set()

    def create(self, context: Context, inputs: Values) -> Made:
        found = self._ours(context, inputs)
        if found is not None:
            return self._adopt(context, found, inputs)
        store = context.client.create(
            self.wire.path, self.wire.create_body(inputs), lambda: self._ours(context, inputs)
        )
        return Made(str(store["id"]), self._ready(context, str(store["id"]), inputs))

    def read(self, context: Context, object_id: str, known: Values) -> Seen | None:
        store = context.client.find(f"{self.wire.path}/{object_id}")
        if store is None:
            return None
        inputs = self.wire.inputs_of(store, known)
        # Without an environment the store has no owner; the empty id shows it.
        inputs |= {"environmentId": store.get("environmentId") or ""}
        return Seen(inputs, self.wire.outputs_of(store, self._connection(context, object_id)))

    def update(self, context: Context, object_id: str, old: Values, inputs: Values) -> Values:
        live = self.read(context, object_id, inputs)
        if live is None:
            raise gone(self.schema, inputs["name"], object_id)
        self._refuse_elsewhere(object_id, live.inputs, {old.get("environmentId", ""), inputs["environmentId"]})
        move(context.client, object_id, live.inputs["environmentId"] or None, inputs["environmentId"])
        body = self.wire.patch_body(live.inputs, inputs)
        if body:
            context.client.patch(f"{self.wire.path}/{object_id}", body)
        return self._ready(context, object_id, inputs)

    def delete(self, context: Context, object_id: str, old: Values) -> None:
        store = context.client.find(f"{self.wire.path}/{object_id}")
        if store is None:
            return
        live = {"name": store["name"], "environmentId": store.get("environmentId") or ""}
        self._refuse_elsewhere(object_id, live, {old.get("environmentId", "")} - {""})
        context.client.delete(f"{self.wire.path}/{object_id}")

    def _ours(self, context: Context, inputs: Values) -> Mapping[str, Any] | None:
        query = {"name": inputs["name"], "ownerId": inputs["ownerId"]}
        stores = (item.get(self.wire.wrapper, item) for item in context.client.pages(self.wire.path, query))
        candidates = [store for store in stores if same_place(store, inputs)]
        for store in candidates:
            if store.get("environmentId") == inputs["environmentId"]:
                found: Mapping[str, Any] = store
                return found
        if candidates:
            raise taken(self.schema, inputs["name"], candidates[0]["id"], "is in no environment")
        return None

    def _adopt(self, context: Context, store: Mapping[str, Any], inputs: Values) -> Made:
        store_id = str(store["id"])
        refuse_changed_identity(self.schema, store_id, self.wire.inputs_of(store, {}), inputs)
        context.claim(store_id)
        context.log(f'adopted: {self.schema.title} "{inputs["name"]}" ({store_id}) was created by an interrupted run')
        return Made(store_id, self.update(context, store_id, inputs, inputs))

    def _refuse_elsewhere(self, object_id: str, live: Mapping[str, Any], allowed: set[str]) -> None:
        if live["environmentId"] in allowed:
            return
        where = f"is in environment {live['environmentId']}" if live["environmentId"] else "is in no environment"
        raise RenderProviderError(
            f'{self.schema.title} "{live["name"]}" ({object_id}) {where}, which this stack does not own; it was left '
            "untouched. Move it back in Render's dashboard, or run `pulumi refresh` to accept the move, or "
            "`pulumi state delete` to let it go"
        )

    def _ready(self, context: Context, store_id: str, inputs: Values) -> Values:
        outputs: Values = {}
        try:
            store = self._wait_until_available(context, store_id)
            outputs = self.wire.outputs_of(store, self._connection(context, store_id))
        except RenderProviderError as error:
            raise InitializationFailed(store_id, outputs, f'{self.schema.title} "{inputs["name"]}": {error}') from error
        return outputs

    def _wait_until_available(self, context: Context, store_id: str) -> Mapping[str, Any]:
        deadline = time.monotonic() + context.timeout_seconds
        pause = _FIRST_POLL_SECONDS
        while True:
            store: Mapping[str, Any] = context.client.get(f"{self.wire.path}/{store_id}")
            if store.get("status") in _READY:
                return store
            if store.get("status") in _STUCK:
                raise RenderProviderError(f"{store_id} is {store['status']}; resume it in Render's dashboard")
            if time.monotonic() >= deadline:
                raise RenderProviderError(
                    f"{store_id} is still {store.get('status')} after {context.timeout_seconds:.0f} s; look at it in "
                    "the dashboard, then `pulumi up` waits for it again"
                )
            interruptible_sleep(pause)
            pause = min(_POLL_SECONDS, pause * 2)

    def _connection(self, context: Context, store_id: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = context.client.find(f"{self.wire.path}/{store_id}/connection-info") or {}
        return found


def allow_list(inputs: Values) -> list[dict[str, str]]:
    """The declared networks in Render's form."""
    return [
        {"cidrBlock": entry["cidrBlock"], "description": entry.get("description", "")}
        for entry in inputs["ipAllowList"]
    ]


def same_networks(live: Values, inputs: Values) -> bool:
    """Whether both allow the same networks, in any order."""
    return sorted(map(str, allow_list(live))) == sorted(map(str, allow_list(inputs)))


def differing(live: Values, inputs: Values, names: Mapping[str, str]) -> dict[str, Any]:
    """A PATCH body: Render's field for each declared input that differs from the live one."""
    return {field: inputs[name] for name, field in names.items() if name in inputs and inputs[name] != live.get(name)}
