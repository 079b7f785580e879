"""The real Pulumi engine with the Render provider against the sandbox: up, an edit, no change, destroy."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi import automation as auto
from render_sandbox import OWNER_ID, RenderSandbox

from infra.render_provider import host, sdk
from lookout import engine

pytestmark = pytest.mark.engine

_PROJECT = f"""\
name: sandbox-test
runtime: python
plugins:
  providers:
    - name: render
      path: {Path(host.__file__).parent}
"""


def _program(level: str) -> Callable[[], None]:
    def run() -> None:
        project = sdk.Project("project", name="legal", owner_id=OWNER_ID, environments=[sdk.EnvironmentSpec("staging")])
        inside: dict[str, Any] = {"owner_id": OWNER_ID, "environment_id": project.environment_id("staging")}
        database = sdk.Postgres("db", name="legal-db", plan="basic_1gb", version="16", **inside)
        shared = sdk.EnvironmentGroup(
            "shared",
            name="shared",
            managed_by="lookout/test",
            env_vars={"DATABASE_URL": database.internal_connection_string},
            **inside,
        )
        web = sdk.WebService(
            "web",
            name="legal-web",
            managed_by="lookout/test",
            plan="standard",
            source=sdk.ImageSource("nginx:1.27"),
            autoscaling=sdk.Autoscaling(2, 10, cpu_percent=70, memory_percent=80),
            health_check_path="/health",
            env_vars={"LOG_LEVEL": level},
            environment_groups=[shared],
            **inside,
        )
        pulumi.export("url", web.url)

    return run


@pytest.fixture
def stack(api: RenderSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> auto.Stack:
    """A stack whose state and plugins are the test's own."""
    try:
        found = engine.find()
    except engine.EngineError as error:
        pytest.skip(str(error))
    api.clock.running = True
    api.controls.change_settings({"deploy_seconds": 0.2})
    for folder in ("state", "project"):
        (tmp_path / folder).mkdir()
    (tmp_path / "project" / "Pulumi.yaml").write_text(_PROJECT)
    variables = {
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_BACKEND_URL": f"file://{tmp_path / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": "x",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "RENDER_API_URL": api.url,
        "RENDER_API_KEY": "rnd_any",
    }
    for name, value in {**engine.environment(found, os.environ), **variables}.items():
        monkeypatch.setenv(name, value)
    options = auto.LocalWorkspaceOptions(work_dir=str(tmp_path / "project"))
    return auto.create_stack("dev", project_name="sandbox-test", program=_program("info"), opts=options)


def test_a_stack_is_created_edited_with_one_deploy_left_alone_and_destroyed(
    api: RenderSandbox, stack: auto.Stack
) -> None:
    assert stack.up().outputs["url"].value == "https://legal-web.onrender.com"
    (item,) = api.ok("GET", "/services")
    path = f"/services/{item['service']['id']}"
    before = len(api.ok("GET", f"{path}/deploys"))
    assert stack.preview().change_summary == {auto.OpType.SAME: 5}
    stack.workspace.program = _program("debug")
    stack.up()
    assert len(api.ok("GET", f"{path}/deploys")) == before + 1
    assert api.ok("GET", f"{path}/env-vars/LOG_LEVEL")["value"] == "debug"
    stack.refresh()
    assert stack.preview().change_summary == {auto.OpType.SAME: 5}
    stack.destroy()
    assert api.store.counts() == {"render": {"owner": 1}}
