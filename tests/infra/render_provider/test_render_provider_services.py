from __future__ import annotations

from typing import Any

import pytest
from provider_harness import MANAGED_BY, Harness, environment_group, private_service, web_service
from render_account import Fault, RenderAccount

from infra.render_provider.errors import ApiError, InitializationFailed, RenderProviderError
from infra.render_provider.values import plain_map

WEB = "render:index:WebService"
PRIVATE = "render:index:PrivateService"
GROUP = "render:index:EnvironmentGroup"


def _writes(account: RenderAccount, since: int) -> list[str]:
    return [f"{call.method} {call.path}" for call in account.calls[since:] if call.method != "GET"]


def _mark_variables(account: RenderAccount, **variables: str) -> str:
    service = account.only("services")
    service["_env"] = dict(variables)
    return str(service["id"])


def test_a_service_is_created_once_marked_as_ours_and_waited_for(harness: Harness, account: RenderAccount) -> None:
    account.deploy_script = [["build_in_progress", "update_in_progress", "live"]]
    made = harness.create(WEB, web_service())
    assert _writes(account, 0) == ["POST /services"]
    assert account.only("services")["_env"] == {
        "API_TOKEN": "seededToken0001",
        "LOG_LEVEL": "info",
        "MANAGED_BY": MANAGED_BY,
    }
    assert made.plain["deployStatus"] == "live"
    assert made.plain["url"] == "https://legal-web.onrender.com"


def test_a_private_service_tells_its_internal_host_and_port(harness: Harness) -> None:
    made = harness.create(PRIVATE, private_service())
    assert made.plain["url"] == "legal-ai:10000"
    assert (made.plain["internalHost"], made.plain["internalPort"]) == ("legal-ai", 10000)


def test_with_environment_groups_only_the_deploy_that_has_their_variables_runs(
    harness: Harness, account: RenderAccount
) -> None:
    group = harness.create(GROUP, environment_group(), resource="group")
    made = harness.create(WEB, web_service(environmentGroups={group.object_id: group.plain["contentHash"]}))
    first, second = account.deploys_of(made.object_id)
    assert (first["status"], second["status"]) == ("canceled", "live")
    assert made.plain["deployId"] == second["id"]


def test_a_changed_variable_is_one_put_and_one_deploy(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(WEB, web_service())
    since = len(account.calls)
    harness.update(made, web_service(envVars={"API_TOKEN": "seededToken0002"}))
    path = f"/services/{made.object_id}"
    assert _writes(account, since) == [f"PUT {path}/env-vars", f"POST {path}/deploys"]
    assert account.only("services")["_env"] == {"API_TOKEN": "seededToken0002", "MANAGED_BY": MANAGED_BY}


def test_many_edits_at_once_are_still_one_deploy(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(WEB, web_service())
    harness.update(
        made,
        web_service(
            name="renamed",
            plan="pro",
            image={"imagePath": "nginx:1.28"},
            envVars={},
            secretFiles={"key.pem": "seededKeyFile"},
            autoscaling={"min": 2, "max": 10, "cpuPercent": 70, "memoryPercent": 80},
        ),
    )
    service = account.only("services")
    assert len(account.deploys_of(made.object_id)) == 2
    assert (service["name"], service["serviceDetails"]["plan"]) == ("renamed", "pro")
    assert service["_files"] == {"key.pem": "seededKeyFile"}
    assert service["serviceDetails"]["autoscaling"]["criteria"] == {
        "cpu": {"enabled": True, "percentage": 70},
        "memory": {"enabled": True, "percentage": 80},
    }


@pytest.mark.parametrize(
    ("changed", "write"),
    [
        ({"numInstances": 3}, "POST /services/{id}/scale"),
        ({"autoscaling": {"min": 1, "max": 2, "cpuPercent": 50}}, "PUT /services/{id}/autoscaling"),
        ({"name": "renamed"}, "PATCH /services/{id}"),
        ({"preDeployCommand": "migrate"}, "PATCH /services/{id}"),
        ({"autoDeploy": True}, "PATCH /services/{id}"),
        ({"environmentId": "evm-9"}, "POST /environments/evm-9/resources"),
        ({"managedBy": "other/stack"}, "PUT /services/{id}/env-vars"),
    ],
)
def test_an_edit_that_running_instances_take_up_by_themselves_starts_no_deploy(
    harness: Harness, account: RenderAccount, changed: dict[str, Any], write: str
) -> None:
    made = harness.create(WEB, web_service())
    since = len(account.calls)
    harness.update(made, web_service(**changed))
    assert _writes(account, since) == [write.format(id=made.object_id)]


def test_turning_autoscaling_off_restores_the_declared_number_of_instances(
    harness: Harness, account: RenderAccount
) -> None:
    scaled = web_service(numInstances=2, autoscaling={"min": 2, "max": 10, "cpuPercent": 70})
    made = harness.create(WEB, scaled)
    account.only("services")["serviceDetails"]["numInstances"] = 7
    harness.update(made, web_service(numInstances=2))
    details = account.only("services")["serviceDetails"]
    assert "autoscaling" not in details
    assert details["numInstances"] == 2


def test_a_disk_is_added_and_grown_in_place(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(WEB, web_service())
    small = harness.update(made, web_service(disk={"name": "data", "mountPath": "/data"}))
    harness.update(small, web_service(disk={"name": "data", "mountPath": "/data", "sizeGB": 10}))
    (disk,) = account.objects["disks"].values()
    assert (disk["serviceId"], disk["sizeGB"]) == (made.object_id, 10)
    assert len(account.deploys_of(made.object_id)) == 3


def test_a_disk_attached_by_hand_is_not_removed(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(WEB, web_service())
    account.only("services")["serviceDetails"]["disk"] = {"id": "dsk-1", "name": "d", "mountPath": "/d", "sizeGB": 1}
    harness.update(made, web_service(plan="pro"))
    assert "disk" in account.only("services")["serviceDetails"]


@pytest.mark.parametrize(
    "source",
    [
        {"runtime": "docker", "repo": "https://github.com/acme/legal", "dockerfilePath": "./Dockerfile.web"},
        {
            "runtime": "python",
            "repo": "https://github.com/acme/legal",
            "branch": "main",
            "buildCommand": "pip install .",
            "startCommand": "serve",
        },
    ],
)
def test_a_service_built_from_a_repository_is_created_read_and_edited(
    harness: Harness, account: RenderAccount, source: dict[str, Any]
) -> None:
    made = harness.create(WEB, web_service(image=None, **source))
    assert harness.diff(made, plain_map(harness.import_(WEB, made.object_id).inputs)).changes is False
    since = len(account.calls)
    harness.update(made, web_service(image=None, **source | {"rootDir": "web"}))
    assert account.only("services")["rootDir"] == "web"
    path = f"/services/{made.object_id}"
    assert _writes(account, since) == [f"PATCH {path}", f"POST {path}/deploys"]


def test_delete_removes_our_service(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(WEB, web_service())
    harness.delete(made)
    assert account.objects["services"] == {}


def test_a_changed_group_content_deploys_the_service_once(harness: Harness, account: RenderAccount) -> None:
    group = harness.create(GROUP, environment_group(), resource="group")
    links = {group.object_id: group.plain["contentHash"]}
    made = harness.create(WEB, web_service(environmentGroups=links))
    changed = harness.update(group, environment_group(envVars={"SENTRY_DSN": "https://seededOther@sentry.example/1"}))
    since = len(account.calls)
    harness.update(made, web_service(environmentGroups={group.object_id: changed.plain["contentHash"]}))
    assert _writes(account, since) == [f"POST /services/{made.object_id}/deploys"]


def test_a_deploy_that_render_starts_by_itself_for_the_edit_is_not_repeated(
    harness: Harness, account: RenderAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = harness.create(WEB, web_service())
    handle = account.handle

    def deploys_after_patch(request: Any) -> None:
        if request.command == "PATCH":
            account.start_deploy(made.object_id, "service_updated")
        handle(request)

    monkeypatch.setattr(account, "handle", deploys_after_patch)
    harness.update(made, web_service(plan="pro"))
    assert [deploy["trigger"] for deploy in account.deploys_of(made.object_id)] == ["other", "service_updated"]


def test_a_create_whose_answer_is_lost_makes_one_service(harness: Harness, account: RenderAccount) -> None:
    account.faults.append(Fault("POST", "/services", 0, after_work=True))
    made = harness.create(WEB, web_service())
    assert account.only("services")["id"] == made.object_id
    assert len(account.made("POST", "/services")) == 1


def test_a_deploy_whose_answer_is_lost_is_started_once(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(WEB, web_service())
    account.faults.append(Fault("POST", ".*/deploys", 500, after_work=True))
    harness.update(made, web_service(envVars={}))
    assert len(account.deploys_of(made.object_id)) == 2


def test_what_an_interrupted_run_created_is_adopted_with_a_message_and_not_created_again(
    harness: Harness, account: RenderAccount
) -> None:
    first = harness.create(WEB, web_service())
    harness.restart()
    second = harness.create(WEB, web_service(plan="pro"))
    assert second.object_id == first.object_id
    assert len(account.objects["services"]) == 1
    assert account.only("services")["serviceDetails"]["plan"] == "pro"
    assert harness.messages == [
        f'adopted: web service "legal-web" ({first.object_id}) was created by an interrupted run'
    ]


def test_adopting_an_unchanged_service_that_is_live_starts_no_deploy(harness: Harness, account: RenderAccount) -> None:
    first = harness.create(WEB, web_service())
    harness.restart()
    harness.create(WEB, web_service())
    assert len(account.deploys_of(first.object_id)) == 1


def test_a_service_of_the_name_without_our_mark_is_left_alone_and_the_way_to_import_it_told(
    harness: Harness, account: RenderAccount
) -> None:
    harness.create(WEB, web_service())
    service_id = _mark_variables(account, OTHER="x")
    harness.restart()
    since = len(account.calls)
    with pytest.raises(RenderProviderError) as caught:
        harness.create(WEB, web_service())
    assert str(caught.value) == (
        f'web service "legal-web" already exists at Render as {service_id} and carries no MANAGED_BY mark '
        "(web_service); it was left untouched. To take it over: `pulumi import render:index:WebService legal-web "
        f"{service_id}`, or declare another name"
    )
    assert _writes(account, since) == []


def test_a_service_of_the_name_in_another_environment_is_no_obstacle(harness: Harness, account: RenderAccount) -> None:
    harness.create(WEB, web_service(environmentId="evm-1", managedBy="other"))
    harness.create(WEB, web_service(environmentId="evm-2"), resource="second")
    assert len(account.objects["services"]) == 2


def test_a_service_that_differs_in_what_cannot_change_is_not_adopted(harness: Harness, account: RenderAccount) -> None:
    harness.create(WEB, web_service(region="ohio"))
    harness.restart()
    with pytest.raises(RenderProviderError, match='with region "ohio", and region "oregon" is declared'):
        harness.create(WEB, web_service())
    assert len(account.objects["services"]) == 1


def test_two_resources_of_one_stack_cannot_share_a_service(harness: Harness) -> None:
    harness.create(WEB, web_service(), resource="one")
    with pytest.raises(RenderProviderError, match="is already managed as one in this stack"):
        harness.create(WEB, web_service(), resource="two")


def test_deleting_the_former_name_of_a_resource_keeps_what_the_new_one_adopted(
    harness: Harness, account: RenderAccount
) -> None:
    former = harness.create(WEB, web_service(), resource="former")
    harness.restart()
    harness.create(WEB, web_service(), resource="renamed")
    harness.delete(former)
    assert len(account.objects["services"]) == 1
    assert harness.messages[-1] == f"kept: {former.object_id} now belongs to renamed"


@pytest.mark.parametrize("variables", [{}, {"MANAGED_BY": "someone/else"}])
def test_delete_refuses_what_is_not_marked_as_ours(
    harness: Harness, account: RenderAccount, variables: dict[str, str]
) -> None:
    made = harness.create(WEB, web_service())
    _mark_variables(account, **variables)
    with pytest.raises(RenderProviderError, match="it was left untouched"):
        harness.delete(made)
    assert len(account.objects["services"]) == 1


def test_update_refuses_what_someone_else_has_marked_since(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(WEB, web_service())
    _mark_variables(account, MANAGED_BY="someone/else")
    since = len(account.calls)
    with pytest.raises(RenderProviderError, match=r"is marked MANAGED_BY=someone/else, and this stack's mark is "):
        harness.update(made, web_service(plan="pro"))
    assert _writes(account, since) == []


def test_delete_of_a_service_that_is_gone_succeeds(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(WEB, web_service())
    account.objects["services"].clear()
    harness.delete(made)
    assert account.made("DELETE", ".*") == []


def test_a_failed_deploy_tells_status_reason_and_log_tail_and_keeps_the_service_known(
    harness: Harness, account: RenderAccount
) -> None:
    account.deploy_script = [["build_in_progress", "update_failed"]]
    account.logs = [
        {"id": str(n), "timestamp": f"2026-11-24T08:00:{n:02d}Z", "message": f"line {n} seededToken0001", "labels": []}
        for n in reversed(range(3))
    ]
    unhealthy = {"failure": {"evicted": False, "unhealthy": "GET /health answered 503"}}
    account.events = [
        {"type": "deploy_ended", "details": {"deployId": "dep-other", "reason": {"failure": {"earlyExit": True}}}},
        {"type": "deploy_ended", "details": {"deployId": f"dep-{2:020d}", "reason": unhealthy}},
    ]
    with pytest.raises(InitializationFailed) as caught:
        harness.create(WEB, web_service())
    text = harness.provider.clean(str(caught.value))
    assert text.splitlines() == [
        f'service "legal-web" ({caught.value.object_id}): deploy dep-{2:020d} ended update_failed: '
        "health check failed: GET /health answered 503",
        "last 3 log lines:",
        "  line 0 [secret]",
        "  line 1 [secret]",
        "  line 2 [secret]",
        "the deploy before it, if any, still serves; mend the cause and run `pulumi up` again",
    ]
    state = plain_map(caught.value.outputs)
    assert (state["name"], state["deployStatus"]) == ("legal-web", "update_failed")


def test_after_a_failed_deploy_the_next_run_deploys_again_without_any_change(
    harness: Harness, account: RenderAccount
) -> None:
    made = harness.create(WEB, web_service())
    account.deploy_script = [["update_failed"]]
    with pytest.raises(InitializationFailed) as caught:
        harness.update(made, web_service(image={"imagePath": "nginx:broken"}))
    made.properties = dict(caught.value.outputs)
    wanted = web_service(image={"imagePath": "nginx:broken"})
    assert harness.diff(made, wanted).diffs == ["deployStatus"]
    assert harness.update(made, wanted).plain["deployStatus"] == "live"


def test_a_deploy_that_outlasts_the_time_limit_is_waited_for_again_by_the_next_run(
    harness: Harness, account: RenderAccount
) -> None:
    made = harness.create(WEB, web_service())
    account.deploy_script = [["build_in_progress"] * 1000]
    harness.provider._config = {"deployTimeoutSeconds": 1}
    with pytest.raises(
        InitializationFailed, match="is still build_in_progress after 1 s; `pulumi up` waits for it again"
    ):
        harness.update(made, web_service(plan="pro"))
    for deploy in account.deploys_of(made.object_id):
        deploy["_script"] = ["live"]
    harness.update(made, web_service(plan="pro"))


def test_refresh_shows_what_was_changed_by_hand_and_hides_the_mark(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(WEB, web_service())
    account.only("services")["_env"]["BY_HAND"] = "yes"
    account.only("services")["serviceDetails"]["plan"] = "pro"
    inputs = plain_map(harness.read(made).inputs)
    assert inputs["envVars"] == {"API_TOKEN": "seededToken0001", "LOG_LEVEL": "info", "BY_HAND": "yes"}
    assert (inputs["plan"], inputs["managedBy"]) == ("pro", MANAGED_BY)


def test_refresh_after_create_shows_no_difference(harness: Harness) -> None:
    made = harness.create(WEB, web_service(numInstances=2, autoscaling={"min": 2, "max": 9, "memoryPercent": 80}))
    answer = harness.read(made)
    assert plain_map(answer.properties) == made.plain


def test_refresh_keeps_the_image_as_it_was_spelled(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(WEB, web_service(image={"imagePath": "nginx"}))
    account.only("services")["imagePath"] = "docker.io/library/nginx:latest"
    assert plain_map(harness.read(made).inputs)["image"]["imagePath"] == "nginx"


def test_refresh_of_a_deleted_service_says_it_is_gone(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(WEB, web_service())
    account.objects["services"].clear()
    assert harness.read(made).resource_id is None


def test_import_gives_inputs_that_declare_the_service_as_it_is(harness: Harness) -> None:
    made = harness.create(WEB, web_service(numInstances=2, secretFiles={"a.pem": "seededPem"}))
    inputs = plain_map(harness.import_(WEB, made.object_id).inputs)
    assert harness.diff(made, inputs).changes is False


def test_import_of_an_unmarked_service_takes_it_over_with_the_next_update(
    harness: Harness, account: RenderAccount
) -> None:
    made = harness.create(WEB, web_service())
    _mark_variables(account, API_TOKEN="seededToken0001", LOG_LEVEL="info")
    made.properties = harness.import_(WEB, made.object_id).properties
    assert made.plain["managedBy"] == "unmanaged"
    with pytest.raises(RenderProviderError, match="this stack never marked it"):
        harness.delete(made)
    harness.update(made, web_service())
    assert account.only("services")["_env"]["MANAGED_BY"] == MANAGED_BY


def test_import_of_the_wrong_kind_names_the_right_one(harness: Harness) -> None:
    made = harness.create(PRIVATE, private_service())
    with pytest.raises(RenderProviderError, match="is a private_service, not a web_service; it is a render:index:Priv"):
        harness.import_(WEB, made.object_id)


def test_import_of_an_unknown_id_is_an_error(harness: Harness) -> None:
    with pytest.raises(RenderProviderError, match="srv-nowhere does not exist at Render"):
        harness.import_(WEB, "srv-nowhere")


def test_an_error_of_the_api_carries_no_secret(harness: Harness, account: RenderAccount) -> None:
    account.faults.append(Fault("POST", "/services", 400))
    with pytest.raises(ApiError) as caught:
        harness.create(WEB, web_service())
    assert "seeded" not in str(caught.value)
