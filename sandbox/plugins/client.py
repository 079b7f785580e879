"""Speaks to the sandbox's accounts over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError

URL_VARIABLE = "LOOKOUT_SANDBOX_URL"
TOKEN_VARIABLE = "LOOKOUT_SANDBOX_TOKEN"  # noqa: S105 - a variable's name

_STAND_INS = "these are the sandbox's stand-ins for New Relic's and PagerDuty's plugins"
_START = "start it with `lookout sandbox start`"
# The real New Relic plugin waits 1, 2 and 4 seconds; nobody waits for a person here.
_WAITS_SECONDS = (0.25, 0.5, 1.0)
_LONGEST_WAIT_SECONDS = 10.0
_TIMEOUT_SECONDS = 60.0
_BUSY = (429, 503)
_OUTCOMES = {"POST": "whether the object was made", "PUT": "whether it was changed", "DELETE": "whether it is gone"}


class StandInError(Exception):
    """The stand-in cannot do what the engine asks; the text is one line for a person."""


class AccountClient:
    """One vendor's account; thread-safe.

    A request is sent once, unless the account answers that it was too busy to do anything (429, 503).
    """

    def __init__(
        self,
        vendor: str,
        environment: Mapping[str, str],
        *,
        connections: int = 32,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        missing = [name for name in (URL_VARIABLE, TOKEN_VARIABLE) if not environment.get(name)]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            raise StandInError(f"{_STAND_INS}, and {' and '.join(missing)} {verb} not set; {_START}")
        self._base = f"{environment[URL_VARIABLE].rstrip('/')}/accounts/{vendor}"
        self._address = environment[URL_VARIABLE]
        self._sleep = sleep
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy or a .netrc has no say in what goes to this machine
        self._session.headers["Authorization"] = f"Bearer {environment[TOKEN_VARIABLE]}"
        self._session.mount("http://", HTTPAdapter(pool_maxsize=connections, pool_connections=1, max_retries=0))

    def create(self, kind: str, document: Mapping[str, Any]) -> dict[str, Any]:
        """Make an object and return it."""
        return self._json("POST", f"/{kind}", document)

    def read(self, kind: str, object_id: str) -> dict[str, Any] | None:
        """The object, None when there is none."""
        answer = self._answer("GET", self._path(kind, object_id), None)
        return None if answer.status_code == 404 else self._document("GET", answer)

    def update(self, kind: str, object_id: str, document: Mapping[str, Any]) -> dict[str, Any]:
        """Change an object and return it."""
        return self._json("PUT", self._path(kind, object_id), document)

    def delete(self, kind: str, object_id: str) -> None:
        """Delete an object; one that is gone already is fine."""
        answer = self._answer("DELETE", self._path(kind, object_id), None)
        if answer.status_code not in (204, 404):
            raise StandInError(_refusal(answer))

    def look_up(self, function: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """What one of the SDK's functions returns."""
        return self._json("POST", f"/_lookups/{function}", arguments)

    def _json(self, method: str, path: str, document: Mapping[str, Any]) -> dict[str, Any]:
        return self._document(method, self._answer(method, path, document))

    def _document(self, method: str, answer: requests.Response) -> dict[str, Any]:
        if not answer.ok:
            raise StandInError(_refusal(answer))
        found: dict[str, Any] = answer.json()
        return found

    def _answer(self, method: str, path: str, document: Mapping[str, Any] | None) -> requests.Response:
        for wait in (*_WAITS_SECONDS, None):
            answer = self._send(method, path, document)
            if answer.status_code not in _BUSY or wait is None:
                break
            self._sleep(min(_asked_seconds(answer) or wait, _LONGEST_WAIT_SECONDS))
        return answer

    def _send(self, method: str, path: str, document: Mapping[str, Any] | None) -> requests.Response:
        try:
            return self._session.request(method, self._base + path, json=document, timeout=_TIMEOUT_SECONDS)
        except requests.ConnectionError as error:
            reason = getattr(error.args[0] if error.args else None, "reason", None)
            if isinstance(reason, NewConnectionError):
                raise StandInError(f"{_STAND_INS}, and no sandbox answers at {self._address}; {_START}") from None
            raise StandInError(self._lost(method, "the connection broke")) from None
        except requests.Timeout:
            raise StandInError(self._lost(method, f"no answer came within {_TIMEOUT_SECONDS:.0f} s")) from None
        except requests.RequestException as error:
            raise StandInError(f"{URL_VARIABLE}={self._address}: {type(error).__name__}; {_START}") from None

    def _lost(self, method: str, what: str) -> str:
        unknown = f"; {_OUTCOMES[method]} is not known: look at {self._address}" if method in _OUTCOMES else ""
        return f"{what} before the sandbox answered{unknown}"

    def _path(self, kind: str, object_id: str) -> str:
        return f"/{kind}/{quote(object_id, safe='')}"


def _refusal(answer: requests.Response) -> str:
    try:
        message = str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        message = f"the sandbox answered {answer.status_code}"
    if answer.status_code == 401:
        return f"{TOKEN_VARIABLE} is not this sandbox's token ({message})"
    return f"{message} (HTTP {answer.status_code})"


def _asked_seconds(answer: requests.Response) -> float | None:
    try:
        return max(0.0, float(answer.headers["Retry-After"]))
    except (KeyError, ValueError):
        return None
