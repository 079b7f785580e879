"""Deploys: started, queued, cancelled, rolled back; brought up to date whenever somebody looks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sandbox.render.call import Account, Answer, Call, stamp
from sandbox.render.events import list_events, record_event
from sandbox.render.ids import commit_sha, new_id, short_hash
from sandbox.render.listing import by_age, fits, page
from sandbox.render.refusals import Refused, missing
from sandbox.render.service_view import port_of
from sandbox.render.timeline import IN_PROGRESS, Step, deploy_ended, steps, usual_reason

Document = dict[str, Any]

# What Render's description knows of a deploy; the rest of the document is the sandbox's own.
_TOLD = ("id", "commit", "image", "status", "trigger", "startedAt", "finishedAt", "createdAt", "updatedAt")
_SOURCE = ("image", "commit", "repo", "branch")
_TRIGGERS = ("firstBuild", "envUpdated", "manual", "deployedByRender", "clearCache", "rollback")


def start_deploy(
    account: Account, service: Document, trigger: str, *, source: Document | None = None, flag: str = "manual"
) -> Document:
    """Start a deploy, or queue it behind the one in progress; a deploy that was queued already gives way to it.

    `trigger` is Render's name for the cause, `source` what to deploy when not the service's own image or newest commit.
    """
    advance(account, service["id"])
    unsettled = [deploy for deploy in deploys_of(account, service["id"]) if deploy["status"] in IN_PROGRESS]
    for waiting in unsettled:
        if waiting["status"] == "queued":
            _cancel(account, waiting)
    now = account.now()
    queued = any(deploy["status"] != "queued" for deploy in unsettled)
    deploy = {
        "id": new_id("dep"),
        "serviceId": service["id"],
        **(source or _source(service)),
        "status": "queued" if queued else "created",
        "trigger": trigger,
        "createdAt": now,
        "updatedAt": now,
        "stepsDone": 0,
        "triggerDetails": {name: name == flag for name in _TRIGGERS},
        **_circumstances(account, service),
    }
    deploy |= {} if queued else {"startedAt": now}
    deploy["instanceId"] = f"{service['id']}-{short_hash(deploy['id'], '0')}"
    _save(account, deploy)
    advance(account, service["id"])
    return _reload(account, deploy)


def advance(account: Account, service_id: str) -> None:
    """Bring a service's deploys to where they are now: statuses, events, and the next in the queue."""
    now = account.clock()
    for deploy in deploys_of(account, service_id):
        if deploy["status"] not in IN_PROGRESS:
            continue
        if "startedAt" not in deploy:
            ended = [other["finishedAt"] for other in deploys_of(account, service_id) if "finishedAt" in other]
            # Fixed-width times in UTC: the greatest text is the latest.
            deploy["startedAt"] = max([deploy["createdAt"], *ended])
        due = [step for step in steps(deploy)[deploy["stepsDone"] :] if step.at <= now]
        for step in due:
            _take(account, deploy, step)
        if due:
            _save(account, deploy)
        if deploy["status"] in IN_PROGRESS:
            return


def deploys_of(account: Account, service_id: str) -> list[Document]:
    """A service's deploys, oldest first, as they were last brought up to date."""
    return [record.document for record in account.all("deploy", name=service_id)]


def live_deploy(account: Account, service_id: str) -> Document | None:
    """The deploy that serves, None before the first."""
    return next((deploy for deploy in deploys_of(account, service_id) if deploy["status"] == "live"), None)


def _take(account: Account, deploy: Document, step: Step) -> None:
    deploy |= {"status": step.status, "updatedAt": stamp(step.at), "stepsDone": deploy["stepsDone"] + 1}
    for kind, details in step.events:
        record_event(account, deploy["serviceId"], kind, details, at=stamp(step.at))
    if step.status in IN_PROGRESS:
        return
    deploy["finishedAt"] = stamp(step.at)
    former = live_deploy(account, deploy["serviceId"])
    if step.status == "live" and former is not None:
        _save(account, {**former, "status": "deactivated", "updatedAt": stamp(step.at)})


def _cancel(account: Account, deploy: Document) -> None:
    now = account.now()
    deploy |= {"status": "canceled", "updatedAt": now, "finishedAt": now}
    kind, details = deploy_ended(deploy, "canceled")
    record_event(account, deploy["serviceId"], kind, details, at=now)
    _save(account, deploy)


def _circumstances(account: Account, service: Document) -> Document:
    """How the deploy will go: fixed when it is asked for, so that looking later changes nothing."""
    details = service["serviceDetails"]
    specific = details.get("envSpecificDetails", {})
    command = specific.get("preDeployCommand", "")
    possible = {"build_failed", "update_failed"} | ({"pre_deploy_failed"} if command else set())
    fault = account.controls.take_deploy_fault({service["id"], service["name"]}, possible)
    host = f"{service['slug']}:{port_of(service)}"
    return {
        "durationSeconds": account.controls.settings.deploy_seconds,
        "outcome": fault.status if fault else "live",
        "reason": (fault.reason or usual_reason(fault.status)) if fault else "",
        "log": list(fault.log) if fault and fault.log is not None else None,
        "preDeployCommand": command,
        "buildCommand": details.get("buildCommand") or specific.get("buildCommand", ""),
        "startCommand": specific.get("startCommand") or specific.get("dockerCommand", ""),
        "healthCheckAddress": host + details.get("healthCheckPath", ""),
    }


def _source(service: Document) -> Document:
    if "imagePath" in service:
        return {"image": _image(service["imagePath"])}
    return _commit(service, commit_sha(service["repo"], service["branch"]))


def _image(reference: str) -> Document:
    return {"ref": reference, "sha": "sha256:" + commit_sha(reference) + commit_sha(reference, "")[:24]}


def _commit(service: Document, sha: str) -> Document:
    commit = {"id": sha, "message": f"Newest commit on {service['branch']}", "createdAt": service["createdAt"]}
    return {"commit": commit, "repo": service["repo"], "branch": service["branch"]}


def _told(deploy: Mapping[str, Any]) -> Document:
    return {name: deploy[name] for name in _TOLD if name in deploy}


def _save(account: Account, deploy: Document) -> None:
    account.save("deploy", deploy, name=deploy["serviceId"])


def _reload(account: Account, deploy: Document) -> Document:
    found: Document = account.known("deploy", deploy["id"])
    return found


def _service(call: Call) -> Document:
    service: Document = call.require("service", "serviceId", "service")
    advance(call.account, service["id"])
    return service


def _deploy(call: Call, service: Document, deploy_id: str) -> Document:
    deploy = call.account.find("deploy", deploy_id)
    if deploy is None or deploy["serviceId"] != service["id"]:
        raise missing("deploy", deploy_id)
    found: Document = deploy
    return found


def _list(call: Call) -> Answer:
    service = _service(call)
    found = [
        _told(deploy)
        for deploy in deploys_of(call.account, service["id"])
        if fits(call.query, deploy, {"status": deploy["status"]})
    ]
    return Answer(200, page(call, "deploy", found, order=by_age, newest_first=True))


def _get(call: Call) -> Answer:
    return Answer(200, _told(_deploy(call, _service(call), call.path["deployId"])))


def _post(call: Call) -> Answer:
    service = _service(call)
    _refuse_suspended(service)
    source = _asked_source(service, call.body)
    flag = "clearCache" if call.body.get("clearCache") == "clear" else "manual"
    deploy = start_deploy(call.account, service, "api", source=source, flag=flag)
    return Answer(202) if deploy["status"] == "queued" else Answer(201, _told(deploy))


def _refuse_suspended(service: Document) -> None:
    if service["suspended"] == "suspended":
        raise Refused(400, f"service {service['id']} is suspended; resume it before it can be deployed")


def _asked_source(service: Document, body: Mapping[str, Any]) -> Document | None:
    image, commit = body.get("imageUrl"), body.get("commitId")
    if image is not None and commit is not None:
        raise Refused(400, 'give "imageUrl" or "commitId", not both')
    if image is not None:
        return {"image": _image(_same_image(service, image))}
    if commit is None:
        return None
    if "imagePath" in service:
        raise Refused(400, f'field "commitId" is "{commit}"; service {service["id"]} runs an image, not a repository')
    return _commit(service, commit)


def _same_image(service: Document, asked: str) -> str:
    if "imagePath" not in service:
        raise Refused(400, f'field "imageUrl" is "{asked}"; service {service["id"]} runs a repository, not an image')
    if _repository(asked) != _repository(service["imagePath"]):
        raise Refused(
            400,
            f'field "imageUrl" is "{asked}"; host, repository and name have to be those of {service["imagePath"]}',
        )
    return asked


def _repository(image: str) -> str:
    return re.sub(r"(:[^/:@]+)?(@[^/@]+)?$", "", image)


def _cancel_post(call: Call) -> Answer:
    service = _service(call)
    deploy = _deploy(call, service, call.path["deployId"])
    if service["type"] == "cron_job":
        raise Refused(400, "a cron job's deploy cannot be cancelled")
    if deploy["status"] not in IN_PROGRESS:
        raise Refused(400, f"deploy {deploy['id']} is {deploy['status']}; only one in progress can be cancelled")
    _cancel(call.account, deploy)
    advance(call.account, service["id"])
    return Answer(200, _told(_reload(call.account, deploy)))


def _rollback(call: Call) -> Answer:
    service = _service(call)
    _refuse_suspended(service)
    target = _deploy(call, service, call.body["deployId"])
    if target["status"] not in {"live", "deactivated"}:
        raise Refused(400, f"deploy {target['id']} is {target['status']}; only one that was live can be returned to")
    source: Document = {name: target[name] for name in _SOURCE if name in target}
    deploy = start_deploy(call.account, service, "rollback", source=source, flag="rollback")
    return Answer(201, _told(deploy))


def _events(call: Call) -> Answer:
    _service(call)
    return list_events(call)


def instances_of(account: Account, service: Document) -> list[Document]:
    """The running instances of a service: their ids stay the same until the next deploy or restart."""
    advance(account, service["id"])
    live = live_deploy(account, service["id"])
    if live is None or service["suspended"] == "suspended" or "numInstances" not in service["serviceDetails"]:
        return []
    scaling = service["serviceDetails"].get("autoscaling", {})
    number = scaling["min"] if scaling.get("enabled") else service["serviceDetails"]["numInstances"]
    started = max(live["finishedAt"], service.get("restartedAt", ""))
    ids = (short_hash(live["id"], started, str(index)) for index in range(number))
    return [{"id": f"{service['id']}-{one}", "createdAt": started} for one in ids]


HANDLERS = {
    "GET /services/{serviceId}/deploys": _list,
    "POST /services/{serviceId}/deploys": _post,
    "GET /services/{serviceId}/deploys/{deployId}": _get,
    "POST /services/{serviceId}/deploys/{deployId}/cancel": _cancel_post,
    "POST /services/{serviceId}/rollback": _rollback,
    "GET /services/{serviceId}/events": _events,
    "GET /services/{serviceId}/instances": lambda call: Answer(200, instances_of(call.account, _service(call))),
}
