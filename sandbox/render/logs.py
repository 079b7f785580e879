"""A service's log: the lines that its deploys wrote so far."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sandbox.render.call import Account, Answer, Call, stamp
from sandbox.render.checks import moment
from sandbox.render.deploys import advance, deploys_of
from sandbox.render.ids import short_hash
from sandbox.render.listing import DEFAULT_LIMIT
from sandbox.render.refusals import Refused
from sandbox.render.removal import MEMBER_KINDS
from sandbox.render.timeline import line_times, steps

# The query's filters on labels; the sandbox has no requests, so those on requests' labels leave nothing.
_LABELS = ("resource", "instance", "type", "level", "host", "method", "path", "statusCode")
_NO_LABELS = ("task", "taskRun", "workflowService", "workflowVersion")
_BUILD = frozenset({"created", "build_in_progress", "build_failed"})
# Render looks back one hour unless told where to begin (api-docs.render.com/reference/list-logs).
_LOOK_BACK = timedelta(hours=1)


@dataclass(frozen=True)
class _Line:
    timestamp: str
    message: str
    labels: Mapping[str, str]

    def told(self) -> dict[str, Any]:
        labels = [{"name": name, "value": value} for name, value in self.labels.items()]
        return {"id": self._id, "timestamp": self.timestamp, "message": self.message, "labels": labels}

    @property
    def _id(self) -> str:
        return f"{self.labels['resource']}-{self.timestamp}-{short_hash(self.message)}"


def _list(call: Call) -> Answer:
    query = call.query
    for resource in query["resource"]:
        _check_resource(call.account, resource, query["ownerId"])
    end = query.get("endTime", call.account.clock())
    start = query.get("startTime", end - _LOOK_BACK)
    if start > end:
        raise Refused(400, f'query parameter "startTime" is {stamp(start)}, after "endTime", {stamp(end)}')
    lines = [line for resource in query["resource"] for line in _lines_of(call.account, resource)]
    kept = [line for line in lines if stamp(start) <= line.timestamp <= stamp(end) and _fits(query, line)]
    backward = query.get("direction", "backward") == "backward"
    kept.sort(key=lambda line: line.timestamp, reverse=backward)
    shown = kept[: query.get("limit", DEFAULT_LIMIT)]
    first, last = stamp(start), stamp(end)
    if len(kept) > len(shown):
        # The next page begins one microsecond, the resolution of these times, beyond the last line shown.
        turn, step = moment(shown[-1].timestamp) or end, timedelta(microseconds=1)
        first, last = (first, stamp(turn - step)) if backward else (stamp(turn + step), last)
    answer = {"hasMore": len(kept) > len(shown), "nextStartTime": first, "nextEndTime": last}
    return Answer(200, {**answer, "logs": [line.told() for line in shown]})


def _check_resource(account: Account, resource: str, owner_id: str) -> None:
    kind = MEMBER_KINDS.get(resource.partition("-")[0])
    document = account.find(kind, resource) if kind else None
    if document is None:
        raise Refused(404, f'query parameter "resource" has "{resource}"; there is no such service or store')
    if owner_id != document.get("ownerId", document.get("owner", {}).get("id")):
        raise Refused(400, f'query parameter "ownerId" is "{owner_id}"; {resource} is another workspace\'s')


def _lines_of(account: Account, resource: str) -> Iterator[_Line]:
    if account.find("service", resource) is None:
        return  # a store's log is empty here
    advance(account, resource)
    for deploy in deploys_of(account, resource):
        if "startedAt" not in deploy:
            continue
        for step in steps(deploy)[: deploy["stepsDone"]]:
            labels = {
                "resource": resource,
                "instance": deploy["instanceId"],
                "type": "build" if step.status in _BUILD else "app",
                "level": "error" if step.status.endswith("_failed") else "info",
            }
            yield from (_Line(at, line, labels) for at, line in line_times(step))


def _fits(query: Mapping[str, Any], line: _Line) -> bool:
    if any(name in query for name in _NO_LABELS):
        return False
    if any(name in query and not _any_fits(query[name], line.labels.get(name, "")) for name in _LABELS):
        return False
    return "text" not in query or any(_has_text(line.message, text) for text in query["text"])


def _any_fits(patterns: list[str], value: str) -> bool:
    return any(fnmatch.fnmatchcase(value, pattern) for pattern in patterns)


def _has_text(message: str, text: str) -> bool:
    return text.lower() in message.lower() or fnmatch.fnmatchcase(message.lower(), f"*{text.lower()}*")


HANDLERS = {"GET /logs": _list}
