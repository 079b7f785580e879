"""Log and metrics streams: one setting for a whole workspace, so an existing one is never overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from infra.render_provider.behaviour import Context, Made, Seen, Values
from infra.render_provider.errors import RenderProviderError
from infra.render_provider.properties import ResourceSchema
from infra.render_provider.resources import LOG_STREAM, METRICS_STREAM


@dataclass(frozen=True)
class StreamBehaviour:
    """One of the two streams. `address` is the property that says where it goes; the id is the workspace's id."""

    schema: ResourceSchema
    path: str
    address: str
    fields: tuple[str, ...]

    def rules(self, inputs: Values, old_inputs: Values) -> list[str]:
        address = inputs.get(self.address)
        if not isinstance(address, str):
            return []
        if self.address == "endpoint" and not _is_host_and_port(address):
            return [f'property "endpoint" value "{address}" is not host:port, such as newrelic.syslog.nr-data.net:6514']
        if self.address == "url" and not address.startswith("https://"):
            return [
                f'property "url" value "{address}" does not start with https://, and the token would travel in clear'
            ]
        return []

    def foresee(self, old: Values, inputs: Values) -> Values:
        return {}

    def repairs(self, old: Mapping[str, Any]) -> set[str]:
        return set()

    def create(self, context: Context, inputs: Values) -> Made:
        owner_id = inputs["ownerId"]
        live = self._live(context, owner_id)
        if live is not None and any(live.get(name) != inputs[name] for name in self.fields):
            raise RenderProviderError(
                f"workspace {owner_id} already has a {self.schema.title}, to {live.get(self.address)}; it was left "
                f"untouched. To take it over: `pulumi import {self.schema.token} {self.schema.type_name} {owner_id}`, "
                "or remove it in Render's dashboard"
            )
        if live is not None:
            context.claim(owner_id)
            context.log(f"adopted: the {self.schema.title} of {owner_id} was set by an interrupted run")
        return Made(owner_id, self.update(context, owner_id, {}, inputs))

    def read(self, context: Context, object_id: str, known: Values) -> Seen | None:
        live = self._live(context, object_id)
        if live is None:
            return None
        inputs: Values = {"ownerId": object_id, **{name: live[name] for name in self.fields if live.get(name)}}
        # Render never tells the token again; what the state knows stays.
        return Seen(inputs | ({"token": known["token"]} if "token" in known else {}), {})

    def update(self, context: Context, object_id: str, old: Values, inputs: Values) -> Values:
        body = {name: inputs[name] for name in (*self.fields, "token") if name in inputs}
        context.client.put(self.path.format(owner=object_id), body)
        return {}

    def delete(self, context: Context, object_id: str, old: Values) -> None:
        live = self._live(context, object_id)
        if live is None:
            return
        if live.get(self.address) != old.get(self.address):
            raise RenderProviderError(
                f"the {self.schema.title} of workspace {object_id} now goes to {live.get(self.address)}, not to "
                f"{old.get(self.address)}; it was left untouched. Run `pulumi refresh` to accept the change, or "
                "`pulumi state delete` to let it go"
            )
        context.client.delete(self.path.format(owner=object_id))

    def _live(self, context: Context, owner_id: str) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = context.client.find(self.path.format(owner=owner_id))
        return found if found and found.get(self.address) else None


def _is_host_and_port(endpoint: str) -> bool:
    host, _, port = endpoint.rpartition(":")
    return bool(host) and "/" not in host and port.isdigit() and 0 < int(port) < 65536


LOG_STREAMS: Final = StreamBehaviour(LOG_STREAM, "/logs/streams/owner/{owner}", "endpoint", ("endpoint", "preview"))
METRICS_STREAMS: Final = StreamBehaviour(METRICS_STREAM, "/metrics-stream/{owner}", "url", ("provider", "url"))
