from __future__ import annotations

import pytest
from render_sandbox import RenderSandbox


def _disk(service_id: str, **changed: object) -> dict[str, object]:
    return {"name": "data", "mountPath": "/data", "sizeGB": 5, "serviceId": service_id, **changed}


def test_a_disk_is_added_grown_and_told_by_its_service(api: RenderSandbox) -> None:
    service = api.web()
    disk = api.ok("POST", "/disks", _disk(service["id"]))
    api.ok("PATCH", f"/disks/{disk['id']}", {"sizeGB": 10})
    told = {"id": disk["id"], "name": "data", "mountPath": "/data", "sizeGB": 10}
    assert api.ok("GET", f"/services/{service['id']}")["serviceDetails"]["disk"] == told
    assert [item["disk"]["sizeGB"] for item in api.ok("GET", "/disks", params={"serviceId": service["id"]})] == [10]


def test_a_disk_made_with_its_service_has_one_gigabyte_unless_told(api: RenderSandbox) -> None:
    disk = api.web(details={"disk": {"name": "data", "mountPath": "/data"}})["serviceDetails"]["disk"]
    assert api.ok("GET", f"/disks/{disk['id']}")["sizeGB"] == 1


def test_a_disk_only_grows(api: RenderSandbox) -> None:
    disk = api.ok("POST", "/disks", _disk(api.web()["id"]))
    told = 'field "sizeGB" is 4; the disk has 5 and only grows'
    assert api.refusal("PATCH", f"/disks/{disk['id']}", {"sizeGB": 4}) == (400, told)


def test_a_disk_is_taken_from_its_service_by_deleting_it(api: RenderSandbox) -> None:
    service = api.web()
    disk = api.ok("POST", "/disks", _disk(service["id"]))
    api.ok("DELETE", f"/disks/{disk['id']}")
    assert "disk" not in api.ok("GET", f"/services/{service['id']}")["serviceDetails"]
    assert api.refusal("GET", f"/disks/{disk['id']}") == (404, f'not found: disk "{disk["id"]}"')
    types = [item["event"]["type"] for item in api.ok("GET", f"/services/{service['id']}/events")]
    assert types[:2] == ["disk_deleted", "disk_created"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sizeGB": 0}, 'field "sizeGB" is 0; the least allowed is 1'),
        ({"mountPath": "data"}, 'field "mountPath" is "data"; an absolute path below "/" is needed'),
        ({"mountPath": "/"}, 'field "mountPath" is "/"; an absolute path below "/" is needed'),
        ({"size": 1}, 'field "size" is not known here; known are mountPath, name, serviceId, sizeGB'),
        ({"serviceId": "srv-1"}, 'field "serviceId" is "srv-1"; there is no such service'),
    ],
)
def test_a_disk_that_cannot_be_is_refused(api: RenderSandbox, changed: dict[str, object], message: str) -> None:
    _, told = api.refusal("POST", "/disks", _disk(api.web()["id"], **changed))
    assert message in told


def test_a_service_has_one_disk_and_one_instance(api: RenderSandbox) -> None:
    service = api.web(details={"numInstances": 2})
    refused = 'field "numInstances" is 2; a service with a disk runs one instance'
    assert api.refusal("POST", "/disks", _disk(service["id"])) == (400, refused)
    api.ok("POST", f"/services/{service['id']}/scale", {"numInstances": 1})
    disk = api.ok("POST", "/disks", _disk(service["id"]))
    refused = f"service {service['id']} has disk {disk['id']} already; it can have one"
    assert api.refusal("POST", "/disks", _disk(service["id"])) == (400, refused)
