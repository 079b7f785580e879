"""The provider under the real Pulumi engine, against the account of these tests."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pulumi
import pytest
from provider_harness import MANAGED_BY
from pulumi import automation as auto
from pulumi.automation._stack import ImportResource
from render_account import KEY, OWNER, RenderAccount

from infra.render_provider import host, sdk
from lookout import engine

pytestmark = pytest.mark.engine

_PROJECT = f"""\
name: provider-test
runtime: python
plugins:
  providers:
    - name: render
      path: {Path(host.__file__).parent}
"""


def _program(
    *, env_vars: dict[str, str] | None = None, token: str = "seededGroupToken", **changed: Any
) -> Callable[[], None]:
    def run() -> None:
        project = sdk.Project("project", name="legal", owner_id=OWNER, environments=[sdk.EnvironmentSpec("staging")])
        place = project.environment_id("staging")
        database = sdk.Postgres(
            "db", name="legal-db", owner_id=OWNER, environment_id=place, plan="basic_1gb", version="16"
        )
        shared = sdk.EnvironmentGroup(
            "shared",
            name="shared",
            owner_id=OWNER,
            environment_id=place,
            managed_by=MANAGED_BY,
            env_vars={"DATABASE_URL": database.internal_connection_string, "TOKEN": token},
        )
        arguments: dict[str, Any] = {
            "name": "legal-web",
            "owner_id": OWNER,
            "environment_id": place,
            "managed_by": MANAGED_BY,
            "plan": "standard",
            "source": sdk.ImageSource("nginx:1.27"),
            "autoscaling": sdk.Autoscaling(2, 10, cpu_percent=70, memory_percent=80),
            "health_check_path": "/health",
            "env_vars": env_vars or {"API_TOKEN": "seededEnvValue"},
            "environment_groups": [shared],
        }
        web = sdk.WebService("web", **{**arguments, **changed})
        sdk.LogStream("logs", owner_id=OWNER, endpoint="logs.example:6514", token="seededLogToken")
        pulumi.export("url", web.url)
        pulumi.export("database", database.internal_connection_string)

    return run


@pytest.fixture
def home(tmp_path: Path, account: RenderAccount, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a project and a state of its own."""
    try:
        found = engine.find()
    except engine.EngineError:
        pytest.skip("no Pulumi engine on this machine; `make setup` provides one")
    monkeypatch.setenv("PATH", engine.environment(found, os.environ)["PATH"])
    (tmp_path / "state").mkdir()
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "Pulumi.yaml").write_text(_PROJECT)
    for name, value in {
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_BACKEND_URL": f"file://{tmp_path / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": "x",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "RENDER_API_URL": account.url,
        "RENDER_API_KEY": KEY,
    }.items():
        monkeypatch.setenv(name, value)
    return tmp_path


@pytest.fixture
def stack(home: Path) -> auto.Stack:
    made = auto.create_stack(
        "dev",
        project_name="provider-test",
        program=_program(),
        opts=auto.LocalWorkspaceOptions(work_dir=str(home / "project")),
    )
    return made


def _changes(summary: Any) -> dict[str, int]:
    return {str(getattr(kind, "value", kind)): count for kind, count in summary.items() if str(kind) != "same"}


def _up(stack: auto.Stack, program: Callable[[], None] | None = None) -> dict[str, int]:
    if program is not None:
        stack.workspace.program = program
    return _changes(stack.up(color="never").summary.resource_changes or {})


def _urn(kind: str, name: str) -> str:
    return f"urn:pulumi:dev::provider-test::render:index:{kind}::{name}"


def test_a_preview_before_anything_exists_makes_no_call(stack: auto.Stack, account: RenderAccount) -> None:
    assert _changes(stack.preview().change_summary) == {"create": 6}
    assert account.calls == []


def test_an_environment_is_created_changed_in_place_and_destroyed(stack: auto.Stack, account: RenderAccount) -> None:
    assert _up(stack) == {"create": 6}
    assert _up(stack) == {}
    service_id = account.only("services")["id"]
    assert _changes(stack.refresh().summary.resource_changes or {}) == {}

    deploys = len(account.deploys_of(service_id))
    assert _up(stack, _program(env_vars={"API_TOKEN": "seededOther", "LOG_LEVEL": "info"})) == {"update": 1}
    assert account.only("services")["id"] == service_id
    assert len(account.deploys_of(service_id)) == deploys + 1

    changed = _program(env_vars={"API_TOKEN": "seededOther", "LOG_LEVEL": "info"}, token="seededRotatedToken")
    assert _up(stack, changed) == {"update": 2}
    assert len(account.deploys_of(service_id)) == deploys + 2

    stack.destroy()
    assert {kind for kind, found in account.objects.items() if found} == {"deploys"}


def test_no_secret_stands_in_clear_in_the_state_the_output_or_the_preview(stack: auto.Stack, home: Path) -> None:
    shown = [stack.preview(diff=True).stdout, stack.up(color="never").stdout]
    stack.workspace.program = _program(env_vars={"API_TOKEN": "seededOther"})
    shown += [stack.preview(diff=True).stdout, stack.up(color="never").stdout, stack.refresh().stdout]
    stored = [path for path in (home / "state").rglob("*") if path.is_file()]
    assert any(b"legal-web" in path.read_bytes() for path in stored)
    assert [path for path in stored if b"seeded" in path.read_bytes()] == []
    assert [text for text in shown if "seeded" in text] == []


def test_a_mistake_is_a_preview_error_that_names_the_resource(stack: auto.Stack) -> None:
    stack.workspace.program = _program(plan="standart")
    with pytest.raises(auto.CommandError) as caught:
        stack.preview()
    assert 'resource \'web\' has a problem: property "plan" value "standart" is not one of starter' in str(caught.value)
    assert 'did you mean "standard"?' in str(caught.value)


def test_what_was_deleted_by_hand_is_created_again_after_a_refresh(stack: auto.Stack, account: RenderAccount) -> None:
    _up(stack)
    account.objects["services"].clear()
    assert _changes(stack.refresh().summary.resource_changes or {}) == {"delete": 1}
    assert _up(stack) == {"create": 1}
    assert len(account.objects["services"]) == 1


def test_a_failed_deploy_shows_its_log_and_the_next_run_repairs_the_same_service(
    stack: auto.Stack, account: RenderAccount
) -> None:
    account.deploy_script = [["live"], ["build_in_progress", "update_failed"]]
    account.logs = [{"id": "1", "timestamp": "2026-11-24T08:00:00Z", "message": "no such table", "labels": []}]
    with pytest.raises(auto.CommandError) as caught:
        stack.up(color="never")
    assert "ended update_failed" in str(caught.value)
    assert "no such table" in str(caught.value)
    _up(stack)
    assert len(account.objects["services"]) == 1
    assert account.deploys_of(account.only("services")["id"])[-1]["status"] == "live"


def test_an_imported_service_matches_its_declaration(stack: auto.Stack, account: RenderAccount) -> None:
    _up(stack)
    service_id = account.only("services")["id"]
    stack.workspace.pulumi_command.run(
        ["state", "delete", _urn("WebService", "web"), "--yes", "--stack", "dev"],
        str(stack.workspace.work_dir),
        {},
    )
    wanted = ImportResource(type="render:index:WebService", name="web", id=service_id)
    stack.import_resources(resources=[wanted], protect=False, generate_code=False)
    # What the group held when the service was last deployed cannot be read from Render.
    assert list(_differences(stack)) == [_urn("WebService", "web")]
    assert _differences(stack)[_urn("WebService", "web")] == ["environmentGroups"]


def _differences(stack: auto.Stack) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}

    def note(event: Any) -> None:
        metadata = getattr(event.resource_pre_event, "metadata", None)
        if metadata is not None and metadata.diffs:
            found[metadata.urn] = list(metadata.diffs)

    stack.preview(on_event=note)
    return found


def test_a_run_killed_in_the_middle_of_a_create_is_carried_on_by_the_next_one(
    stack: auto.Stack, account: RenderAccount
) -> None:
    account.deploy_script = [["build_in_progress"] * 100_000 for _ in range(2)]
    failed: list[BaseException] = []

    def run() -> None:
        try:
            stack.up()
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    _until(lambda: len(account.objects["deploys"]) >= 2)
    engine = next(child for child in psutil.Process().children() if child.name() == "pulumi")
    plugins = [child for child in engine.children(recursive=True) if "infra.render_provider.host" in child.cmdline()]
    engine.kill()
    thread.join(60)
    assert failed
    _until(lambda: not any(plugin.is_running() and plugin.status() != psutil.STATUS_ZOMBIE for plugin in plugins))
    assert plugins
    service_id = account.only("services")["id"]
    for deploy in account.objects["deploys"].values():
        deploy["_script"] = ["live"]

    stack.cancel()
    done = stack.up(color="never")
    assert f'adopted: web service "legal-web" ({service_id}) was created by an interrupted run' in done.stdout
    assert [account.only(kind)["id"] for kind in ("services", "postgres", "env-groups", "projects")]
    assert len(account.made("POST", "/services")) == 1


def _until(condition: Callable[[], bool], *, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_replacing_a_protected_database_is_refused_by_the_engine(stack: auto.Stack, account: RenderAccount) -> None:
    def program(version: str) -> Callable[[], None]:
        def run() -> None:
            sdk.Postgres(
                "db",
                name="legal-db",
                owner_id=OWNER,
                environment_id="evm-1",
                plan="basic_1gb",
                version=version,
                opts=pulumi.ResourceOptions(protect=True),
            )

        return run

    _up(stack, program("16"))
    stack.workspace.program = program("17")
    with pytest.raises(auto.CommandError, match="marked for protection"):
        stack.up(color="never")
    assert account.only("postgres")["version"] == "16"


def test_the_engine_reads_the_provider_s_schema(stack: auto.Stack, home: Path) -> None:
    plugin = Path(host.__file__).parent / "pulumi-resource-render"
    run = stack.workspace.pulumi_command.run
    answer = run(["package", "get-schema", str(plugin)], str(home / "project"), dict(os.environ))
    assert "render:index:WebService" in json.loads(answer.stdout)["resources"]
