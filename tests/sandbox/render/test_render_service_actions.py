from __future__ import annotations

from typing import Any

import pytest
from render_sandbox import RenderSandbox


def _autoscaling(**changed: Any) -> dict[str, Any]:
    criteria = {"cpu": {"enabled": True, "percentage": 70}, "memory": {"enabled": True, "percentage": 80}}
    return {"enabled": True, "min": 2, "max": 10, "criteria": criteria, **changed}


def _event_types(api: RenderSandbox, service_id: str) -> list[str]:
    return [item["event"]["type"] for item in api.ok("GET", f"/services/{service_id}/events")]


def test_a_suspended_service_has_no_instances_until_a_resume_deploys_it(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}"
    api.settle()
    assert len(api.ok("GET", f"{path}/instances")) == 1
    api.ok("POST", f"{path}/suspend")
    suspended = api.ok("GET", path)
    assert (suspended["suspended"], suspended["suspenders"]) == ("suspended", ["user"])
    assert api.ok("GET", f"{path}/instances") == []
    api.ok("POST", f"{path}/resume")
    newest = api.ok("GET", f"{path}/deploys")[0]["deploy"]
    assert newest["trigger"] == "service_resumed"
    assert api.ok("GET", path)["suspended"] == "not_suspended"


def test_a_suspended_service_is_neither_deployed_nor_restarted(api: RenderSandbox) -> None:
    service = api.web()
    path = f"/services/{service['id']}"
    api.ok("POST", f"{path}/suspend")
    told = f"service {service['id']} is suspended; resume it before it can be deployed"
    assert api.refusal("POST", f"{path}/deploys", {}) == (400, told)
    assert api.refusal("POST", f"{path}/restart") == (400, f"service {service['id']} is suspended; resume it instead")


def test_a_restart_replaces_the_instances_and_starts_no_deploy(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}"
    assert "has no live deploy yet" in api.refusal("POST", f"{path}/restart")[1]
    api.settle()
    before = api.ok("GET", f"{path}/instances")
    api.ok("POST", f"{path}/restart")
    after = api.ok("GET", f"{path}/instances")
    assert len(after) == len(before)
    assert {one["id"] for one in before}.isdisjoint(one["id"] for one in after)
    assert len(api.ok("GET", f"{path}/deploys")) == 1


def test_scaling_changes_the_number_of_instances_at_once(api: RenderSandbox) -> None:
    service = api.web()
    path = f"/services/{service['id']}"
    api.settle()
    api.ok("POST", f"{path}/scale", {"numInstances": 3})
    assert len(api.ok("GET", f"{path}/instances")) == 3
    assert "instance_count_changed" in _event_types(api, service["id"])
    assert api.refusal("POST", f"{path}/scale", {"numInstances": 0}) == (
        400,
        'field "numInstances" is 0; the least allowed is 1',
    )


def test_render_ignores_a_number_of_instances_while_autoscaling_is_on(api: RenderSandbox) -> None:
    path = f"/services/{api.web()['id']}"
    api.settle()
    assert api.ok("PUT", f"{path}/autoscaling", _autoscaling()) == _autoscaling()
    api.ok("POST", f"{path}/scale", {"numInstances": 7})
    assert api.ok("GET", path)["serviceDetails"]["numInstances"] == 1
    assert len(api.ok("GET", f"{path}/instances")) == 2


def test_autoscaling_is_removed_once(api: RenderSandbox) -> None:
    service = api.web(details={"autoscaling": _autoscaling()})
    path = f"/services/{service['id']}"
    api.ok("DELETE", f"{path}/autoscaling")
    assert "autoscaling" not in api.ok("GET", path)["serviceDetails"]
    gone = f"service {service['id']} has no autoscaling config"
    assert api.refusal("DELETE", f"{path}/autoscaling") == (404, gone)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"min": 0}, 'field "autoscaling.min" is 0; the least allowed is 1'),
        ({"max": 1}, 'field "autoscaling.max" is 1; it has to be at least "autoscaling.min", 2'),
        (
            {"criteria": {"cpu": {"enabled": True, "percentage": 101}, "memory": {"enabled": False, "percentage": 0}}},
            'field "autoscaling.criteria.cpu.percentage" is 101; allowed is 1 to 100',
        ),
        ({"criteria": {}}, 'field "criteria.cpu" is required; field "criteria.memory" is required'),
    ],
)
def test_autoscaling_that_cannot_be_is_refused_by_field_and_value(
    api: RenderSandbox, changed: dict[str, Any], message: str
) -> None:
    path = f"/services/{api.web()['id']}/autoscaling"
    assert api.refusal("PUT", path, _autoscaling(**changed)) == (400, message)


def test_a_service_with_a_disk_runs_one_instance_and_does_not_autoscale(api: RenderSandbox) -> None:
    path = f"/services/{api.web(details={'disk': {'name': 'data', 'mountPath': '/data'}})['id']}"
    refused = 'field "autoscaling" does not go with a disk: a service that has one cannot autoscale'
    assert api.refusal("PUT", f"{path}/autoscaling", _autoscaling()) == (400, refused)
    refused = 'field "numInstances" is 2; a service with a disk runs one instance'
    assert api.refusal("POST", f"{path}/scale", {"numInstances": 2}) == (400, refused)
