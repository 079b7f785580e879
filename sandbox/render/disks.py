"""Persistent disks: one for a service, which then runs a single instance; a disk only grows."""

from __future__ import annotations

from typing import Any

from sandbox.render.call import Account, Answer, Call
from sandbox.render.events import record_event
from sandbox.render.ids import new_id
from sandbox.render.listing import by_age, fits, page
from sandbox.render.refusals import Refused
from sandbox.render.service_rules import check_mount_path, check_scaling

Document = dict[str, Any]

_IN_SERVICE = ("id", "name", "mountPath", "sizeGB")


def _list(call: Call) -> Answer:
    found = []
    for record in call.account.all("disk"):
        disk = record.document
        service = call.account.known("service", disk["serviceId"])
        fields = {"diskId": disk["id"], "name": disk["name"], "serviceId": disk["serviceId"]}
        if fits(call.query, disk, {**fields, "ownerId": service["ownerId"]}):
            found.append(disk)
    return Answer(200, page(call, "disk", found, order=by_age))


def _create(call: Call) -> Answer:
    body = call.body
    service = call.account.find("service", body["serviceId"])
    if service is None:
        raise Refused(404, f'field "serviceId" is "{body["serviceId"]}"; there is no such service')
    details = service["serviceDetails"]
    if "disk" in details:
        raise Refused(400, f"service {service['id']} has disk {details['disk']['id']} already; it can have one")
    _check_size(body["sizeGB"])
    check_mount_path(body["mountPath"], "mountPath")
    check_scaling({**details, "disk": body}, at="")
    now = call.account.now()
    disk = {"id": new_id("dsk"), **body, "createdAt": now, "updatedAt": now}
    _save(call.account, disk)
    record_event(call.account, service["id"], "disk_created", {"diskId": disk["id"], "sizeGB": disk["sizeGB"]})
    return Answer(201, disk)


def _get(call: Call) -> Answer:
    return Answer(200, call.require("disk", "diskId", "disk"))


def _patch(call: Call) -> Answer:
    before, body = call.require("disk", "diskId", "disk"), call.body
    size = body.get("sizeGB", before["sizeGB"])
    _check_size(size)
    if size < before["sizeGB"]:
        raise Refused(400, f'field "sizeGB" is {size}; the disk has {before["sizeGB"]} and only grows')
    check_mount_path(body.get("mountPath", before["mountPath"]), "mountPath")
    disk = {**before, **body, "updatedAt": call.account.now()}
    _save(call.account, disk)
    sizes = {"diskId": disk["id"], "fromSizeGB": before["sizeGB"], "toSizeGB": size}
    record_event(call.account, disk["serviceId"], "disk_updated", sizes)
    return Answer(200, disk)


def _delete(call: Call) -> Answer:
    disk = call.require("disk", "diskId", "disk")
    service = call.account.known("service", disk["serviceId"])
    details = {name: value for name, value in service["serviceDetails"].items() if name != "disk"}
    call.account.save("service", {**service, "serviceDetails": details})
    call.account.delete("disk", disk["id"])
    record_event(call.account, service["id"], "disk_deleted", {"diskId": disk["id"]})
    return Answer(204)


def _check_size(size: int) -> None:
    if size < 1:
        raise Refused(400, f'field "sizeGB" is {size}; the least allowed is 1')


def _save(account: Account, disk: Document) -> None:
    account.save("disk", disk)
    service = account.known("service", disk["serviceId"])
    details = {**service["serviceDetails"], "disk": {name: disk[name] for name in _IN_SERVICE}}
    account.save("service", {**service, "serviceDetails": details})


HANDLERS = {
    "GET /disks": _list,
    "POST /disks": _create,
    "GET /disks/{diskId}": _get,
    "PATCH /disks/{diskId}": _patch,
    "DELETE /disks/{diskId}": _delete,
}
