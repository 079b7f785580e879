"""A deploy's course over time: a pure function of its document, so that no background work is needed.

Render's statuses in order: created, build_in_progress (none for an image), pre_deploy_in_progress (with a pre-deploy
command only), update_in_progress, live. A failing deploy ends at the end of the phase that fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.render.call import stamp

IN_PROGRESS = frozenset({"created", "queued", "build_in_progress", "pre_deploy_in_progress", "update_in_progress"})
# The share of a deploy's time at which a phase begins.
_BUILD, _PRE_DEPLOY, _UPDATE, _END = 0.1, 0.5, 0.7, 1.0
_USUAL_REASON = {
    "build_failed": "Exited with status 1 while building your code.",
    "pre_deploy_failed": "Exited with status 1 while running your pre-deploy command.",
    "update_failed": "HTTP health check failed (timed out after 5 seconds)",
}

Event = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Step:
    """A change of status at one moment, with the events and log lines that go with it."""

    at: datetime
    status: str
    events: tuple[Event, ...] = ()
    log: tuple[str, ...] = ()


def steps(deploy: Mapping[str, Any]) -> list[Step]:
    """Every step of a deploy that has started, in order; the last one ends it."""
    started = datetime.fromisoformat(deploy["startedAt"])
    duration = timedelta(seconds=deploy["durationSeconds"])
    return [Step(started + share * duration, *rest) for share, *rest in _course(deploy)]


def usual_reason(outcome: str) -> str:
    """Render's words for a way to fail."""
    return _USUAL_REASON[outcome]


def _course(deploy: Mapping[str, Any]) -> Iterator[Any]:
    outcome, trigger = deploy["outcome"], deploy["triggerDetails"]
    start: Event = ("deploy_started", {"deployId": deploy["id"], "trigger": trigger})
    yield 0.0, "created", (start,), ()
    if "image" in deploy:
        if outcome == "build_failed":
            yield _PRE_DEPLOY, outcome, _pull_failed(deploy), _failure_log(deploy)
            return
    else:
        yield _BUILD, "build_in_progress", _build_started(deploy), _build_log(deploy)
        built = _build_ended(deploy, failed=outcome == "build_failed")
        if outcome == "build_failed":
            yield _PRE_DEPLOY, outcome, (built, deploy_ended(deploy, "failed")), _failure_log(deploy)
            return
        yield _PRE_DEPLOY, "build_in_progress", (built,), ("==> Build successful 🎉",)
    if deploy["preDeployCommand"]:
        yield from _pre_deploy(deploy)
        if outcome == "pre_deploy_failed":
            return
    yield from _update(deploy)


def _pre_deploy(deploy: Mapping[str, Any]) -> Iterator[Any]:
    ids = {"deployCommandExecutionId": f"exc-{deploy['id'][4:]}", "deployId": deploy["id"]}
    log = ("==> Starting pre-deploy: " + deploy["preDeployCommand"],)
    yield _PRE_DEPLOY, "pre_deploy_in_progress", (("pre_deploy_started", ids),), log
    failed = deploy["outcome"] == "pre_deploy_failed"
    ended: Event = ("pre_deploy_ended", {**ids, **_ended("preDeployStatus", deploy if failed else None)})
    if failed:
        yield _UPDATE, "pre_deploy_failed", (ended, deploy_ended(deploy, "failed")), _failure_log(deploy)
    else:
        yield _UPDATE, "pre_deploy_in_progress", (ended,), ("==> Pre-deploy complete!",)


def _update(deploy: Mapping[str, Any]) -> Iterator[Any]:
    yield _UPDATE, "update_in_progress", (), _start_log(deploy)
    if deploy["outcome"] == "live":
        available: Event = ("server_available", {})
        yield _END, "live", (deploy_ended(deploy, "succeeded"), available), ("==> Your service is live 🎉",)
        return
    crash: Event = ("server_failed", {"instanceID": deploy["instanceId"], "reason": _unhealthy(deploy)})
    yield _END, "update_failed", (crash, deploy_ended(deploy, "failed")), _failure_log(deploy)


def deploy_ended(deploy: Mapping[str, Any], result: str) -> Event:
    """The event at a deploy's end; `result` is succeeded, failed or canceled."""
    failing = deploy if result == "failed" else None
    details = {"deployId": deploy["id"], **_ended("deployStatus", failing)}
    return "deploy_ended", details if result != "canceled" else {**details, "deployStatus": "canceled", "status": 4}


def _build_started(deploy: Mapping[str, Any]) -> tuple[Event, ...]:
    return (("build_started", {"buildId": _build_id(deploy), "trigger": deploy["triggerDetails"]}),)


def _build_ended(deploy: Mapping[str, Any], *, failed: bool) -> Event:
    return "build_ended", {"buildId": _build_id(deploy), **_ended("buildStatus", deploy if failed else None)}


def _pull_failed(deploy: Mapping[str, Any]) -> tuple[Event, ...]:
    details = {"message": deploy["reason"], "imageURL": deploy["image"]["ref"]}
    return ("image_pull_failed", details), deploy_ended(deploy, "failed")


def _ended(field: str, failing: Mapping[str, Any] | None) -> dict[str, Any]:
    if failing is None:
        return {field: "succeeded", "reason": {}, "status": 2}
    return {field: "failed", "reason": _reason(failing), "status": 3}


def _reason(deploy: Mapping[str, Any]) -> dict[str, Any]:
    if deploy["outcome"] == "build_failed":
        # An image that cannot be pulled has an event of its own, which says why.
        return {} if "image" in deploy else {"buildFailed": {"id": _build_id(deploy)}}
    if deploy["outcome"] == "update_failed":
        return {"failure": _unhealthy(deploy)}
    return {"failure": {"evicted": False, "nonZeroExit": 1}}


def _unhealthy(deploy: Mapping[str, Any]) -> dict[str, Any]:
    return {"evicted": False, "unhealthy": deploy["reason"]}


def _build_id(deploy: Mapping[str, Any]) -> str:
    return f"bld-{deploy['id'][4:]}"


def _build_log(deploy: Mapping[str, Any]) -> tuple[str, ...]:
    commit = deploy["commit"]["id"][:7]
    command = deploy["buildCommand"]
    clone = (f"==> Cloning from {deploy['repo']}", f"==> Checking out commit {commit} in branch {deploy['branch']}")
    return (*clone, f"==> Running build command '{command}'...") if command else clone


def _start_log(deploy: Mapping[str, Any]) -> tuple[str, ...]:
    head = [f"==> Pulling {deploy['image']['ref']}"] if "image" in deploy else []
    return (*head, "==> Deploying...", *([f"==> Running '{deploy['startCommand']}'"] if deploy["startCommand"] else []))


def _failure_log(deploy: Mapping[str, Any]) -> tuple[str, ...]:
    if deploy["log"] is not None:
        return tuple(deploy["log"])
    if deploy["outcome"] == "update_failed":
        waited = "==> Timed out after waiting for internal health check to return a successful response code at: "
        return (waited + deploy["healthCheckAddress"], "==> Exited early", f"==> {deploy['reason']}")
    if deploy["outcome"] == "build_failed":
        return (deploy["reason"], "==> Build failed 😞" if "image" not in deploy else "==> Image pull failed")
    return (deploy["reason"], "==> Pre-deploy has failed")


def line_times(step: Step) -> list[tuple[str, str]]:
    """The step's log lines, each with its time: a microsecond apart, so that their order survives sorting."""
    return [(stamp(step.at + timedelta(microseconds=index)), line) for index, line in enumerate(step.log)]
