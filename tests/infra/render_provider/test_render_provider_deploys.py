from __future__ import annotations

from typing import Any

import pytest
from render_account import KEY, Fault, RenderAccount

from infra.render_provider.behaviour import Context
from infra.render_provider.client import Client
from infra.render_provider.deploys import DeployFailed, Deploys, describe_reason
from infra.render_provider.waiting import RetryPolicy


def _deploys(account: RenderAccount, *, timeout_seconds: float = 60.0) -> Deploys:
    client = Client(account.url, KEY, RetryPolicy(max_tries=1))
    context = Context(client, lambda text: None, lambda object_id: None, timeout_seconds=timeout_seconds)
    account.objects["services"]["srv-1"] = {"id": "srv-1", "name": "web"}
    return Deploys(context, "srv-1", "web", "tea-1", sleep=lambda seconds: None)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ({"failure": {"evicted": False, "nonZeroExit": 3}}, "the process exited with status 3"),
        ({"nonZeroExit": 3}, "the process exited with status 3"),
        ({"failure": {"evicted": False, "oomKilled": {"memoryLimit": "512Mi"}}}, "out of memory (limit 512Mi)"),
        (
            {"failure": {"evicted": False, "timedOutSeconds": 900, "timedOutReason": "no open port"}},
            "timed out after 900 s; no open port",
        ),
        ({"failure": {"evicted": True}}, "the instance was evicted"),
        ({"buildFailed": {"id": "bld-1"}}, "the build failed (bld-1)"),
        ({"newDeploy": {"id": "dep-2"}}, "a newer deploy replaced it (dep-2)"),
        ({}, ""),
    ],
)
def test_each_of_render_s_reasons_has_words(reason: dict[str, Any], text: str) -> None:
    assert describe_reason(reason) == text


@pytest.mark.parametrize("status", ["build_failed", "update_failed", "pre_deploy_failed", "canceled"])
def test_every_bad_ending_is_an_error_with_its_status(account: RenderAccount, status: str) -> None:
    deploys = _deploys(account)
    account.deploy_script = [["build_in_progress", status]]
    with pytest.raises(DeployFailed, match=f"ended {status}: Render gives no reason"):
        deploys.wait_until_live(deploys.start())


def test_an_image_that_cannot_be_pulled_is_the_reason(account: RenderAccount) -> None:
    deploys = _deploys(account)
    account.deploy_script = [["update_failed"]]
    details = {"imageURL": "nginx:nope", "message": "not found"}
    account.events = [
        {"type": "image_pull_failed", "timestamp": "2025-01-01T00:00:00Z", "details": {"imageURL": "old"}},
        {"type": "image_pull_failed", "timestamp": "2026-12-01T00:00:00Z", "details": details},
    ]
    with pytest.raises(DeployFailed, match="the image nginx:nope cannot be pulled: not found"):
        deploys.wait_until_live(deploys.start())


def test_a_log_that_cannot_be_read_does_not_hide_the_failure(account: RenderAccount) -> None:
    deploys = _deploys(account)
    account.deploy_script = [["build_failed"]]
    account.faults.append(Fault("GET", "/logs", 403))
    with pytest.raises(DeployFailed, match=r"ended build_failed(.|\n)*the log cannot be read: .* answered 403"):
        deploys.wait_until_live(deploys.start())


def test_the_log_tail_is_asked_for_the_deploy_s_own_time(account: RenderAccount) -> None:
    deploys = _deploys(account)
    account.deploy_script = [["build_failed"]]
    with pytest.raises(DeployFailed):
        deploys.wait_until_live(deploys.start())
    (call,) = account.made("GET", "/logs")
    assert call.query == {
        "ownerId": ["tea-1"],
        "resource": ["srv-1"],
        "limit": ["20"],
        "direction": ["backward"],
        "startTime": ["2026-11-24T08:00:00Z"],
    }


def test_a_queued_deploy_without_an_answer_body_is_found_and_waited_for(
    account: RenderAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploys = _deploys(account)
    create = deploys.context.client.create

    def queued(path: str, body: Any, find: Any) -> Any:
        create(path, body, find)

    monkeypatch.setattr(deploys.context.client, "create", queued)
    assert deploys.wait_until_live(deploys.start())["status"] == "live"
    assert len(account.deploys_of("srv-1")) == 1


def test_a_deploy_that_a_newer_one_replaced_was_live(account: RenderAccount) -> None:
    deploys = _deploys(account)
    account.deploy_script = [["deactivated"]]
    assert deploys.wait_until_live(deploys.start())["status"] == "deactivated"
