"""What is done to a running service: suspend, resume, restart, scale, autoscale."""

from __future__ import annotations

from typing import Any

from sandbox.render.call import Answer, Call
from sandbox.render.deploys import live_deploy, start_deploy
from sandbox.render.events import record_event
from sandbox.render.owners import USER
from sandbox.render.refusals import Refused
from sandbox.render.service_rules import check_scaling

Document = dict[str, Any]


def _service(call: Call) -> Document:
    found: Document = call.require("service", "serviceId", "service")
    return found


def _save(call: Call, service: Document, **changed: Any) -> Document:
    document = {**service, **changed, "updatedAt": call.account.now()}
    call.account.save("service", document)
    return document


def _suspend(call: Call) -> Answer:
    service = _service(call)
    if service["suspended"] == "not_suspended":
        _save(call, service, suspended="suspended", suspenders=["user"])
        details = {"actor": "user", "suspendedByUser": USER}
        record_event(call.account, service["id"], "suspender_added", details)
    return Answer(202)


def _resume(call: Call) -> Answer:
    service = _service(call)
    if service["suspended"] == "suspended":
        service = _save(call, service, suspended="not_suspended", suspenders=[])
        details = {"actor": "user", "resumedByUser": USER}
        record_event(call.account, service["id"], "suspender_removed", details)
        start_deploy(call.account, service, "service_resumed")
    return Answer(202)


def _restart(call: Call) -> Answer:
    service = _service(call)
    if service["suspended"] == "suspended":
        raise Refused(400, f"service {service['id']} is suspended; resume it instead")
    if live_deploy(call.account, service["id"]) is None:
        raise Refused(400, f"service {service['id']} has no live deploy yet; there is nothing to restart")
    _save(call, service, restartedAt=call.account.now())
    record_event(call.account, service["id"], "server_restarted", {"triggeredByUser": USER["email"]})
    return Answer(200)


def _scale(call: Call) -> Answer:
    service, wanted = _service(call), call.body["numInstances"]
    details = service["serviceDetails"]
    if wanted < 1:
        raise Refused(400, f'field "numInstances" is {wanted}; the least allowed is 1')
    if details.get("autoscaling", {}).get("enabled"):
        # Render takes the request and ignores it (api-docs.render.com/reference/scale-service).
        return Answer(202)
    check_scaling({**details, "numInstances": wanted}, at="")
    if wanted != details["numInstances"]:
        _save(call, service, serviceDetails={**details, "numInstances": wanted})
        counts = {"fromInstances": details["numInstances"], "toInstances": wanted}
        record_event(call.account, service["id"], "instance_count_changed", counts)
    return Answer(202)


def _autoscale(call: Call) -> Answer:
    service = _service(call)
    details = service["serviceDetails"]
    check_scaling({**details, "autoscaling": call.body}, at="")
    _save(call, service, serviceDetails={**details, "autoscaling": call.body})
    before = {"fromConfig": details["autoscaling"]} if "autoscaling" in details else {}
    record_event(call.account, service["id"], "autoscaling_config_changed", {**before, "toConfig": call.body})
    return Answer(200, call.body)


def _stop_autoscaling(call: Call) -> Answer:
    service = _service(call)
    details = dict(service["serviceDetails"])
    before = details.pop("autoscaling", None)
    if before is None:
        raise Refused(404, f"service {service['id']} has no autoscaling config")
    _save(call, service, serviceDetails=details)
    after = {**before, "enabled": False}
    record_event(call.account, service["id"], "autoscaling_config_changed", {"fromConfig": before, "toConfig": after})
    return Answer(204)


HANDLERS = {
    "POST /services/{serviceId}/suspend": _suspend,
    "POST /services/{serviceId}/resume": _resume,
    "POST /services/{serviceId}/restart": _restart,
    "POST /services/{serviceId}/scale": _scale,
    "PUT /services/{serviceId}/autoscaling": _autoscale,
    "DELETE /services/{serviceId}/autoscaling": _stop_autoscaling,
}
