"""The log stream and the metrics stream of the workspace: where they go is told, their token never again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from sandbox.render.call import Answer, Call
from sandbox.render.refusals import Refused, missing, shown

Document = dict[str, Any]


def _get_log_stream(call: Call) -> Answer:
    return Answer(200, _told(_stream(call, "log-stream", "log stream")))


def _put_log_stream(call: Call) -> Answer:
    endpoint = call.body.get("endpoint")
    if endpoint is not None and not _is_host_and_port(endpoint):
        raise Refused(
            400, f'field "endpoint" is {shown(endpoint)}; host and port are needed, such as logs.example:6514'
        )
    return _put(call, "log-stream", ("endpoint", "preview"))


def _delete_log_stream(call: Call) -> Answer:
    return _delete(call, "log-stream", "log stream")


def _get_metrics_stream(call: Call) -> Answer:
    return Answer(200, _told(_stream(call, "metrics-stream", "metrics stream")))


def _put_metrics_stream(call: Call) -> Answer:
    url = call.body.get("url")
    if url is not None and not (urlsplit(url).scheme == "https" and urlsplit(url).hostname):
        raise Refused(400, f'field "url" is {shown(url)}; an address that starts with https:// is needed')
    return _put(call, "metrics-stream", ("provider", "url"))


def _delete_metrics_stream(call: Call) -> Answer:
    return _delete(call, "metrics-stream", "metrics stream")


def _put(call: Call, kind: str, needed: tuple[str, ...]) -> Answer:
    owner_id = call.require("owner", "ownerId", "workspace")["id"]
    before = call.account.find(kind, owner_id) or {}
    stream = {**before, **call.body, "id": owner_id, "ownerId": owner_id}
    for name in needed:
        if name not in stream:
            raise Refused(400, f'field "{name}" is required; {owner_id} has none yet')
    call.account.save(kind, stream, name=owner_id)
    return Answer(200, _told(stream))


def _delete(call: Call, kind: str, what: str) -> Answer:
    call.account.delete(kind, _stream(call, kind, what)["id"])
    return Answer(204)


def _stream(call: Call, kind: str, what: str) -> Document:
    owner_id = call.require("owner", "ownerId", "workspace")["id"]
    found: Document | None = call.account.find(kind, owner_id)
    if found is None:
        raise missing(f"a {what} of workspace", owner_id)
    return found


def _told(stream: Document) -> Document:
    return {name: value for name, value in stream.items() if name not in {"id", "token"}}


def _is_host_and_port(endpoint: str) -> bool:
    host, _, port = endpoint.rpartition(":")
    return bool(host) and "/" not in host and port.isdigit() and 0 < int(port) < 65536


HANDLERS = {
    "GET /logs/streams/owner/{ownerId}": _get_log_stream,
    "PUT /logs/streams/owner/{ownerId}": _put_log_stream,
    "DELETE /logs/streams/owner/{ownerId}": _delete_log_stream,
    "GET /metrics-stream/{ownerId}": _get_metrics_stream,
    "PUT /metrics-stream/{ownerId}": _put_metrics_stream,
    "DELETE /metrics-stream/{ownerId}": _delete_metrics_stream,
}
