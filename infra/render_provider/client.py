"""Calls Render's REST API: time-outs, retries by the server's own headers, creates that are never repeated blindly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import requests

from infra.render_provider.errors import ApiError
from infra.render_provider.waiting import Attempts, RetryPolicy

DEFAULT_API_URL = "https://api.render.com/v1"
# Connecting is quick or hopeless; an answer to a create may take Render a while.
_TIMEOUT_SECONDS = (10.0, 60.0)
_TRANSIENT = frozenset({500, 502, 503, 504})
# The largest page Render's API gives.
_PAGE_SIZE = 100

Json = Any  # Render's answers are JSON of many shapes; each caller knows the one it asked for.
Found = TypeVar("Found")


@dataclass
class Client:
    """One account at Render.

    Raises `ApiError` from every call that fails for good. The key appears in no text or repr.
    """

    api_url: str
    api_key: str = field(repr=False)
    policy: RetryPolicy = field(default_factory=RetryPolicy)
    attempts: Callable[[RetryPolicy], Attempts] = field(default=Attempts, repr=False)

    def __post_init__(self) -> None:
        self.api_url = self.api_url.rstrip("/")
        self._local = threading.local()

    def get(self, path: str, query: Mapping[str, Any] | None = None) -> Json:
        """GET one object."""
        return self._repeatable("GET", path, query=query)

    def find(self, path: str) -> Json | None:
        """GET one object, None when it does not exist (404 or 410)."""
        try:
            return self.get(path)
        except ApiError as error:
            if error.status in {404, 410}:
                return None
            raise

    def put(self, path: str, body: Json) -> Json:
        """PUT: sets a value, so trying again is safe."""
        return self._repeatable("PUT", path, body=body)

    def patch(self, path: str, body: Json) -> Json:
        """PATCH: sets values, so trying again is safe."""
        return self._repeatable("PATCH", path, body=body)

    def post_repeatable(self, path: str, body: Json = None) -> Json:
        """POST whose effect is the same when it happens twice (scale, link, cancel, move)."""
        return self._repeatable("POST", path, body=body)

    def delete(self, path: str, query: Mapping[str, Any] | None = None) -> None:
        """DELETE; an object that is already gone counts as deleted."""
        try:
            self._repeatable("DELETE", path, query=query)
        except ApiError as error:
            if error.status not in {404, 410}:
                raise

    def create(self, path: str, body: Json, find: Callable[[], Found | None]) -> Json | Found:
        """POST something that must exist once; `find` looks it up after an answer that was lost.

        A 429 means that Render did nothing, so the POST is sent again. After a server error or a broken connection
        the object may exist: it is looked up first, and only its absence allows another POST.
        """
        attempts = self.attempts(self.policy)
        uncertain = False
        while True:
            answer = self._send("POST", path, body=body)
            if answer.ok:
                return answer.json
            if not answer.retryable and not uncertain:
                raise answer.error("POST", path)
            gave_up = attempts.wait_for_next(answer.headers) if answer.retryable else "refused"
            uncertain = uncertain or answer.status != 429
            # A refusal after a lost answer is most often "the name is taken": by the object that the first try made.
            found = find() if uncertain else None
            if found is not None:
                return found
            if gave_up is not None:
                raise answer.error("POST", path, gave_up if answer.retryable else "")

    def pages(self, path: str, query: Mapping[str, Any] | None = None) -> Iterator[Json]:
        """Every item of a list, page by page, as Render wraps it: `{"cursor": ..., "service": {...}}`."""
        cursor: str | None = None
        while True:
            page_query = {**(query or {}), "limit": _PAGE_SIZE} | ({"cursor": cursor} if cursor else {})
            page = self.get(path, page_query) or []
            yield from page
            following = page[-1].get("cursor") if page else None
            if len(page) < _PAGE_SIZE or not following or following == cursor:
                return
            cursor = following

    def _repeatable(self, method: str, path: str, *, query: Mapping[str, Any] | None = None, body: Json = None) -> Json:
        attempts = self.attempts(self.policy)
        while True:
            answer = self._send(method, path, query=query, body=body)
            if answer.ok:
                return answer.json
            if not answer.retryable:
                raise answer.error(method, path)
            gave_up = attempts.wait_for_next(answer.headers)
            if gave_up is not None:
                raise answer.error(method, path, gave_up)

    def _send(self, method: str, path: str, *, query: Mapping[str, Any] | None = None, body: Json = None) -> _Answer:
        try:
            response = self._session().request(
                method, self.api_url + path, params=query, json=body, timeout=_TIMEOUT_SECONDS, allow_redirects=False
            )
        except requests.RequestException as error:
            # The exception's text can hold the whole URL, with a proxy's password; its kind says enough.
            return _Answer(0, {}, None, f"{self.api_url} cannot be reached ({type(error).__name__})")
        return _Answer.of(response)

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.headers.update({"Authorization": f"Bearer {self.api_key}", "Accept": "application/json"})
            # Keeps a ~/.netrc entry from replacing the key.
            session.auth = _unchanged
        return session


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    json: Json
    message: str
    error_id: str = ""

    @classmethod
    def of(cls, response: requests.Response) -> _Answer:
        try:
            content = response.json() if response.content else None
        except ValueError:
            content = None
            if response.status_code < 300:
                return cls(0, response.headers, None, "the answer is not JSON; is the API address right?")
        if response.status_code < 300:
            return cls(response.status_code, response.headers, content, "")
        told = content if isinstance(content, dict) else {}
        message = str(told.get("message") or response.reason or "no message")
        return cls(response.status_code, response.headers, content, message, str(told.get("id") or ""))

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def retryable(self) -> bool:
        return self.status == 429 or self.status == 0 or self.status in _TRANSIENT

    def error(self, method: str, path: str, ending: str = "") -> ApiError:
        hint = ""
        if self.status == 401:
            hint = "; check the key in config render:apiKey or in the environment variable RENDER_API_KEY"
        if self.status in {402, 403}:
            hint = "; the workspace's plan or the key's role does not allow it"
        said = self.message.rstrip(".") + hint
        return ApiError(method, path, self.status, f"{said}; {ending}" if ending else said, self.error_id)
