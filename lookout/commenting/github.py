"""GitHub's REST API as far as comments and issues need it: pages, retries, and errors that never hold the token."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from lookout.errors import CouldNotRun

if TYPE_CHECKING:
    import requests

Json = Mapping[str, Any]

# The most that a page can have: https://docs.github.com/en/rest/issues/comments
PAGE_SIZE: Final = 100
_TRIES: Final = 5
_MOST_WAIT_SECONDS: Final = 60
_TIMEOUT_SECONDS: Final = 30
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_NOT_FOUND, _TOO_MANY, _FORBIDDEN, _SERVER_FAULT = 404, 429, 403, 500


class Unclear(Exception):
    """Nobody knows whether a request that makes something was carried out; look before asking again."""


class GitHub:
    """One repository at GitHub. `wait` sleeps for seconds; tests give their own."""

    def __init__(self, url: str, repository: str, token: str, wait: Callable[[float], None] = time.sleep) -> None:
        import requests

        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise CouldNotRun(
                f"GITHUB_API_URL {url!r} is not https: the token would be readable on its way.", "Use https."
            )
        self._url = f"{url.rstrip('/')}/repos/{repository}"
        self._wait = wait
        self._session = requests.Session()
        self._session.trust_env = False  # a .netrc must not replace the token
        self._session.proxies.update(requests.utils.get_environ_proxies(url))
        self._session.headers.update(
            {
                "Authorization": f"Bearer {token}",
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
                "User-Agent": "lookout",
            }
        )

    def pages(self, path: str, **parameters: str) -> Iterator[Json]:
        """Yield every item of a list, page after page. Raises `CouldNotRun`."""
        page = 1
        while True:
            found = self.ask("GET", path, parameters={**parameters, "per_page": str(PAGE_SIZE), "page": str(page)})
            if not isinstance(found, list):
                raise CouldNotRun(f"GitHub's answer to GET {path} is no list.", "Is GITHUB_API_URL GitHub's API?")
            yield from found
            if len(found) < PAGE_SIZE:
                return
            page += 1

    def ask(self, method: str, path: str, body: Json | None = None, parameters: Mapping[str, str] | None = None) -> Any:
        """Return an answer, None where there is no such thing or nothing to say; what may pass is tried again.

        Raises `CouldNotRun` for a refusal, and `Unclear` for a POST that may or may not have been carried out.
        """
        reason = ""
        for tried in range(_TRIES):
            answer, reason = self._tried(method, path, body, parameters)
            if answer is not None and not _may_pass(answer):
                return self._content(answer, method, path)
            is_carried_out_perhaps = answer is None or answer.status_code >= _SERVER_FAULT
            if tried < _TRIES - 1:
                self._wait(_seconds(answer, tried))
            if method == "POST" and is_carried_out_perhaps:
                raise Unclear(reason)
        raise CouldNotRun(f"GitHub cannot be reached for {method} {path}: {reason}.", "Run the job again later.")

    def _tried(
        self, method: str, path: str, body: Json | None, parameters: Mapping[str, str] | None
    ) -> tuple[requests.Response | None, str]:
        import requests

        try:
            answer = self._session.request(
                method,
                f"{self._url}{path}",
                json=body,
                params=parameters,
                timeout=_TIMEOUT_SECONDS,
                allow_redirects=method == "GET",
            )
        except (requests.ConnectionError, requests.Timeout) as fault:
            return None, type(fault).__name__
        return answer, f"status {answer.status_code}"

    def _content(self, answer: requests.Response, method: str, path: str) -> Any:
        if answer.status_code == _NOT_FOUND and method in ("PATCH", "DELETE"):
            return None
        if not answer.ok or answer.is_redirect:
            raise _refused(answer, method, path)
        if not answer.content:
            return None
        try:
            return answer.json()
        except ValueError as fault:
            raise CouldNotRun(
                f"GitHub's answer to {method} {path} is not JSON.", "Is GITHUB_API_URL GitHub's API?"
            ) from fault


def _may_pass(answer: requests.Response) -> bool:
    """Say whether the same request may succeed later: overload, a fault of the server, a rate limit.

    https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api: limits answer 403 or 429.
    """
    is_limit = answer.headers.get("x-ratelimit-remaining") == "0" or "retry-after" in answer.headers
    limited = answer.status_code == _TOO_MANY or (answer.status_code == _FORBIDDEN and is_limit)
    return limited or answer.status_code >= _SERVER_FAULT


def _seconds(answer: requests.Response | None, tried: int) -> float:
    asked = answer.headers.get("retry-after", "") if answer is not None else ""
    if asked.isdigit():
        return min(float(asked), _MOST_WAIT_SECONDS)
    reset = answer.headers.get("x-ratelimit-reset", "") if answer is not None else ""
    if answer is not None and answer.headers.get("x-ratelimit-remaining") == "0" and reset.isdigit():
        return min(max(float(reset) - time.time(), 1.0), _MOST_WAIT_SECONDS)
    return float(2**tried)


def _refused(answer: requests.Response, method: str, path: str) -> CouldNotRun:
    try:
        said = str(answer.json().get("message", ""))[:200]
    except (ValueError, AttributeError):
        said = ""
    steps = {
        401: "GITHUB_TOKEN is wrong or has expired.",
        403: "The job's token needs `pull-requests: write`, for an issue `issues: write`.",
        404: "Look at GITHUB_REPOSITORY, and at whether the token may read it.",
        422: "GitHub takes what was sent as wrong; this is a fault of this program.",
    }
    step = steps.get(answer.status_code, "Run the job again later.")
    return CouldNotRun(f"GitHub answered {answer.status_code} to {method} {path}{f': {said}' if said else ''}.", step)
