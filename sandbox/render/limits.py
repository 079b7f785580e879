"""Render's rate limits: how many requests of a kind are taken in a window, and the headers that tell it.

The figures are those of https://api-docs.render.com/reference/rate-limiting; the sandbox multiplies them by its setting
`rate_limit_multiplier`. Windows are fixed and last as long as the server's process.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.render.contract import Operation

_HOUR_SECONDS = 3600
_MINUTE_SECONDS = 60


@dataclass(frozen=True)
class Limit:
    """`requests` of one kind, named by `bucket`, in `window_seconds`."""

    bucket: str
    requests: int
    window_seconds: int


@dataclass(frozen=True)
class Verdict:
    """Whether a request is taken, the headers for its answer, and the message when it is not."""

    taken: bool
    headers: Mapping[str, str]
    message: str = ""


def limit_of(operation: Operation, path: Mapping[str, str]) -> Limit:
    """The limit that a request falls under."""
    if operation.method == "GET":
        return Limit("reads", 400, _MINUTE_SECONDS)
    if operation.key == "POST /services":
        return Limit("new services", 20, _HOUR_SECONDS)
    if operation.key in {"PATCH /services/{serviceId}", "POST /services/{serviceId}/deploys"}:
        return Limit(f"changes and deploys of {path['serviceId']}", 10, _MINUTE_SECONDS)
    return Limit("writes", 30, _MINUTE_SECONDS)


class RateLimits:
    """Counts the requests of one account."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._windows: dict[str, tuple[datetime, int]] = {}

    def take(self, limit: Limit, multiplier: float) -> Verdict:
        """Count a request, or refuse it when its window is full."""
        now, allowed = self._clock(), max(1, int(limit.requests * multiplier))
        ends, used = self._windows.get(limit.bucket, (now, 0))
        if now >= ends:
            ends, used = now + timedelta(seconds=limit.window_seconds), 0
            self._forget_ended(now)
        taken = used < allowed
        used += taken
        self._windows[limit.bucket] = (ends, used)
        reset = math.ceil((ends - now).total_seconds())
        headers = {
            "Ratelimit-Limit": str(allowed),
            "Ratelimit-Remaining": str(max(0, allowed - used)),
            "Ratelimit-Reset": str(reset),
        }
        if taken:
            return Verdict(True, headers)
        span = "an hour" if limit.window_seconds == _HOUR_SECONDS else "a minute"
        message = f"rate limit exceeded: {allowed} {limit.bucket} {span} are taken; the next one in {reset} s"
        return Verdict(False, headers, message)

    def _forget_ended(self, now: datetime) -> None:
        self._windows = {bucket: window for bucket, window in self._windows.items() if window[0] > now}
