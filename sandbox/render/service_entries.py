"""A service's own environment variables and secret files; changing them starts no deploy, as at Render."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.render import entries
from sandbox.render.call import Answer, Call
from sandbox.render.listing import page, whole


@dataclass(frozen=True)
class _Kind:
    """One of the two: `field` of the service's document, `wrapper` and `key` as Render's lists have them."""

    field: str
    wrapper: str
    key: str
    what: str
    parameter: str
    read_all: Callable[[Any, str], list[entries.Entry]]
    read_one: Callable[[str, Any], entries.Entry]
    put_status: int

    def get_all(self, call: Call) -> Answer:
        return Answer(200, page(call, self.wrapper, _service(call)[self.field], order=self._order))

    def put_all(self, call: Call) -> Answer:
        found = self.read_all(call.body, "")
        self._save(call, found)
        return Answer(200, whole(self.wrapper, found, order=self._order))

    def get(self, call: Call) -> Answer:
        return Answer(200, entries.one(_service(call)[self.field], self.key, call.path[self.parameter], self.what))

    def put(self, call: Call) -> Answer:
        entry = self.read_one(call.path[self.parameter], call.body)
        self._save(call, entries.with_entry(_service(call)[self.field], self.key, entry))
        return Answer(self.put_status, entry)

    def delete(self, call: Call) -> Answer:
        kept = entries.without_entry(_service(call)[self.field], self.key, call.path[self.parameter], self.what)
        self._save(call, kept)
        return Answer(204)

    def _order(self, entry: entries.Entry) -> str:
        return entry[self.key]

    def _save(self, call: Call, found: list[entries.Entry]) -> None:
        call.account.save("service", {**_service(call), self.field: found, "updatedAt": call.account.now()})


def _service(call: Call) -> dict[str, Any]:
    found: dict[str, Any] = call.require("service", "serviceId", "service")
    return found


def _env_var(key: str, body: Any) -> entries.Entry:
    return {"key": entries.env_var_key(key), "value": entries.env_var_value(body)}


def _secret_file(name: str, body: Any) -> entries.Entry:
    return {"name": entries.file_name(name), "content": body.get("content", "")}


_ENV_VARS = _Kind(
    "envVars", "envVar", "key", "environment variable", "envVarKey", entries.env_vars, _env_var, put_status=200
)
_SECRET_FILES = _Kind(
    "secretFiles",
    "secretFile",
    "name",
    "secret file",
    "secretFileName",
    entries.secret_files,
    _secret_file,
    put_status=201,
)

HANDLERS = {
    "GET /services/{serviceId}/env-vars": _ENV_VARS.get_all,
    "PUT /services/{serviceId}/env-vars": _ENV_VARS.put_all,
    "GET /services/{serviceId}/env-vars/{envVarKey}": _ENV_VARS.get,
    "PUT /services/{serviceId}/env-vars/{envVarKey}": _ENV_VARS.put,
    "DELETE /services/{serviceId}/env-vars/{envVarKey}": _ENV_VARS.delete,
    "GET /services/{serviceId}/secret-files": _SECRET_FILES.get_all,
    "PUT /services/{serviceId}/secret-files": _SECRET_FILES.put_all,
    "GET /services/{serviceId}/secret-files/{secretFileName}": _SECRET_FILES.get,
    "PUT /services/{serviceId}/secret-files/{secretFileName}": _SECRET_FILES.put,
    "DELETE /services/{serviceId}/secret-files/{secretFileName}": _SECRET_FILES.delete,
}
