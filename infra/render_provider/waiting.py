"""How long to wait before a request to Render is tried again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from infra.render_provider.errors import Cancelled

_stop = threading.Event()


def cancel_waits() -> None:
    """Wake every wait of this process with `Cancelled`; the engine asks for it when a person presses Ctrl-C."""
    _stop.set()


def interruptible_sleep(seconds: float) -> None:
    """Wait, unless the run is cancelled first.

    Raises:
        Cancelled: The run was stopped.
    """
    if _stop.wait(seconds):
        raise Cancelled


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how long one request is tried.

    The total must cover one full window of Render's per-minute limits (10 or 30 writes a minute, 400 reads a minute:
    api-docs.render.com/reference/rate-limiting), which five minutes does several times over.
    """

    max_tries: int = 8
    max_total_seconds: float = 300.0
    first_wait_seconds: float = 0.5
    longest_wait_seconds: float = 30.0

    def backoff_seconds(self, tries: int) -> float:
        """Seconds to wait after `tries` attempts when the server names no time: exponential, with jitter."""
        ceiling = min(self.longest_wait_seconds, self.first_wait_seconds * 2.0 ** (tries - 1))
        return ceiling * random.uniform(0.5, 1.0)  # noqa: S311 - spreads retries, guards nothing


@dataclass
class Attempts:
    """Counts the tries of one request and says when to give up."""

    policy: RetryPolicy
    sleep: Callable[[float], None] = interruptible_sleep
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self.tries = 0
        self._started = self.clock()

    def wait_for_next(self, headers: Mapping[str, str] | None = None) -> str | None:
        """Wait before the next try; the reason as text instead when there shall be none.

        `headers` are those of the answer that failed: Render's wish comes before our own back-off.
        """
        self.tries += 1
        if self.tries >= self.policy.max_tries:
            return f"gave up after {self.tries} tries"
        asked = server_wait_seconds(headers or {})
        wait = self.policy.backoff_seconds(self.tries) if asked is None else asked
        left = self.policy.max_total_seconds - (self.clock() - self._started)
        if wait > left:
            wish = "Render asks to wait" if asked is not None else "the next try would come in"
            return (
                f"{wish} {wait:.0f} s, more than the {self.policy.max_total_seconds:.0f} s allowed; run it again later"
            )
        self.sleep(wait)
        return None


def server_wait_seconds(headers: Mapping[str, str]) -> float | None:
    """Seconds the server asks to wait: `Retry-After` (seconds or a date), else `Ratelimit-Reset` (seconds), else None.

    Render documents Ratelimit-Reset as seconds left until the limit resets; it counts only when nothing remains,
    because the header stands on every answer.
    """
    after = headers.get("Retry-After")
    if after is not None:
        return _retry_after_seconds(after)
    reset = headers.get("Ratelimit-Reset")
    if reset is None or headers.get("Ratelimit-Remaining", "0").strip() not in {"0", ""}:
        return None
    return _non_negative(reset)


def _retry_after_seconds(text: str) -> float | None:
    seconds = _non_negative(text)
    if seconds is not None:
        return seconds
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _non_negative(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None
