"""Deploys: starting one, waiting until it is live, and telling why it failed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.render_provider.behaviour import Context
from infra.render_provider.errors import ApiError, RenderProviderError
from infra.render_provider.waiting import interruptible_sleep

LIVE = "live"
FAILED = frozenset({"build_failed", "update_failed", "pre_deploy_failed", "canceled"})
# A deploy that a newer one replaced; it was live before.
REPLACED = "deactivated"
_SETTLED = FAILED | {LIVE, REPLACED}
_LOG_LINES = 20
_FIRST_POLL_SECONDS = 0.3
_LONGEST_POLL_SECONDS = 10.0

Deploy = dict[str, Any]


class DeployFailed(RenderProviderError):
    """A deploy ended badly or not in time; `deploy` is its last known form."""

    def __init__(self, deploy: Deploy, text: str) -> None:
        super().__init__(text)
        self.deploy = deploy


@dataclass
class Deploys:
    """The deploys of one service. `name` and `owner_id` are for messages and logs."""

    context: Context
    service_id: str
    name: str
    owner_id: str
    sleep: Callable[[float], None] = interruptible_sleep
    clock: Callable[[], float] = time.monotonic

    @property
    def _path(self) -> str:
        return f"/services/{self.service_id}/deploys"

    def latest(self) -> Deploy | None:
        """The newest deploy, None before the first."""
        page = self.context.client.get(self._path, {"limit": 1}) or []
        return dict(page[0]["deploy"]) if page else None

    def start(self) -> Deploy:
        """Start a deploy and return it; a start whose answer was lost is found again, not repeated."""
        before = self.latest()
        known = before["id"] if before else None

        def started() -> Deploy | None:
            newest = self.latest()
            return newest if newest and newest["id"] != known else None

        answer = self.context.client.create(self._path, {}, started)
        return dict(answer) if answer else self._queued(started)

    def cancel(self, deploy_id: str) -> None:
        """Cancel a deploy; one that has ended by itself is fine."""
        try:
            self.context.client.post_repeatable(f"{self._path}/{deploy_id}/cancel")
        except ApiError as error:
            if error.status not in {400, 404, 409}:
                raise

    def restart(self, former: Mapping[str, Any] | None) -> Deploy:
        """Start a deploy in place of a former one, which is cancelled when it still runs: its result is out of date."""
        if former is not None and former.get("status") not in _SETTLED:
            self.cancel(str(former["id"]))
        return self.start()

    def wait_until_live(self, deploy: Deploy) -> Deploy:
        """Poll until the deploy is live.

        Raises:
            DeployFailed: It failed, was cancelled, or took longer than the context's time-out.
        """
        deadline = self.clock() + self.context.timeout_seconds
        pause = _FIRST_POLL_SECONDS
        while deploy.get("status") not in _SETTLED:
            if self.clock() >= deadline:
                raise DeployFailed(deploy, self._late(deploy))
            self.sleep(pause)
            pause = min(_LONGEST_POLL_SECONDS, pause * 1.5)
            deploy = dict(self.context.client.get(f"{self._path}/{deploy['id']}"))
        if deploy["status"] in FAILED:
            raise DeployFailed(deploy, self._failure(deploy))
        return deploy

    def _queued(self, started: Callable[[], Deploy | None]) -> Deploy:
        deadline = self.clock() + self.context.timeout_seconds
        while self.clock() < deadline:
            deploy = started()
            if deploy is not None:
                return deploy
            self.sleep(1.0)
        raise RenderProviderError(
            f'service "{self.name}" ({self.service_id}): Render queued a deploy and did not start it within '
            f"{self.context.timeout_seconds:.0f} s; look at its deploys in the dashboard and run `pulumi up` again"
        )

    def _late(self, deploy: Deploy) -> str:
        return (
            f'service "{self.name}" ({self.service_id}): deploy {deploy["id"]} is still {deploy.get("status")} after '
            f"{self.context.timeout_seconds:.0f} s; `pulumi up` waits for it again, and render:deployTimeoutSeconds "
            "sets the time"
        )

    def _failure(self, deploy: Deploy) -> str:
        reason = self._reason(deploy) or "Render gives no reason"
        lines = self._log_tail(deploy)
        tail = [f"last {len(lines)} log lines:", *(f"  {line}" for line in lines)] if lines else ["no log lines"]
        head = f'service "{self.name}" ({self.service_id}): deploy {deploy["id"]} ended {deploy["status"]}: {reason}'
        ending = "the deploy before it, if any, still serves; mend the cause and run `pulumi up` again"
        return self.context.redactor.clean("\n".join([head, *tail, ending]))

    def _reason(self, deploy: Deploy) -> str:
        try:
            events = self.context.client.get(f"/services/{self.service_id}/events", {"limit": 50}) or []
        except ApiError as error:
            return f"unknown, since the service's events cannot be read ({error})"
        reasons = (reason for item in events for reason in _event_reasons(item.get("event", {}), deploy))
        return next(reasons, "")

    def _log_tail(self, deploy: Deploy) -> list[str]:
        query = {
            "ownerId": self.owner_id,
            "resource": self.service_id,
            "limit": _LOG_LINES,
            "direction": "backward",
        } | ({"startTime": deploy["createdAt"]} if deploy.get("createdAt") else {})
        try:
            answer = self.context.client.get("/logs", query) or {}
        except ApiError as error:
            return [f"(the log cannot be read: {error})"]
        entries = sorted(answer.get("logs") or [], key=lambda entry: str(entry.get("timestamp", "")))
        return [str(entry.get("message", "")) for entry in entries][-_LOG_LINES:]


def _event_reasons(event: Mapping[str, Any], deploy: Mapping[str, Any]) -> Iterator[str]:
    details = event.get("details") or {}
    if event.get("type") == "image_pull_failed":
        # This event names no deploy, so its time has to tell.
        if str(event.get("timestamp", "")) >= str(deploy.get("createdAt", "")):
            yield f"the image {details.get('imageURL')} cannot be pulled: {details.get('message')}"
    elif details.get("deployId") == deploy["id"] and isinstance(details.get("reason"), Mapping):
        text = describe_reason(details["reason"])
        if text:
            yield text


def describe_reason(reason: Mapping[str, Any]) -> str:
    """Render's reason object as a phrase, "" when it says nothing."""
    failure = reason.get("failure")
    facts = {**reason, **(failure if isinstance(failure, Mapping) else {})}
    return "; ".join(phrase for key, describe in _PHRASES.items() if key in facts and (phrase := describe(facts[key])))


_PHRASES: dict[str, Callable[[Any], str]] = {
    "unhealthy": lambda text: f"health check failed: {text}" if text else "health check failed",
    "nonZeroExit": lambda code: f"the process exited with status {code}",
    "earlyExit": lambda yes: "the process exited early" if yes else "",
    "oomKilled": lambda limit: f"out of memory (limit {limit.get('memoryLimit')})",
    "timedOutSeconds": lambda seconds: f"timed out after {seconds} s",
    "timedOutReason": lambda text: str(text or ""),
    "evicted": lambda yes: "the instance was evicted" if yes else "",
    "buildFailed": lambda build: f"the build failed ({build.get('id')})",
    "newDeploy": lambda deploy: f"a newer deploy replaced it ({deploy.get('id')})",
    "newBuild": lambda build: f"a newer build replaced it ({build.get('id')})",
}
