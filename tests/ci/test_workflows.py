"""The workflows: pinned, of least permission, thin, and safe with what strangers send."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / ".github"
FILES = sorted((*FOLDER.glob("workflows/*.yml"), *FOLDER.glob("actions/*/action.yml")))
WORKFLOWS = [path for path in FILES if path.parent.name == "workflows"]
_PINNED = re.compile(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
_RUN = re.compile(r"^bash \.ci/(?P<script>[\w-]+)(?: (?:\"[^\"]*\"|[\w./-]+))*$")
_SECRET = re.compile(r"\$\{\{")


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def read(path: Path) -> dict[Any, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = read(path).get("jobs", {})
    return found


def steps(path: Path) -> Iterator[dict[str, Any]]:
    content = read(path)
    yield from content.get("runs", {}).get("steps", [])
    for job in content.get("jobs", {}).values():
        yield from job.get("steps", [])


def triggers(path: Path) -> Any:
    return read(path)[True]  # YAML reads `on` as a truth value


def test_there_are_workflows() -> None:
    assert {path.stem for path in WORKFLOWS} == {"checks", "comment", "deploy", "deploy-stack", "drift", "preview"}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_action_is_pinned_by_its_full_commit_with_its_version_beside_it(path: Path) -> None:
    used = re.findall(r"^\s*(?:- )?uses: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    ours = [one for one in used if one.startswith("./")]
    assert [one for one in used if one not in ours and not _PINNED.match(one)] == []
    for one in ours:
        assert (CHECKOUT / one).exists(), f"{one} is not in this repository"


def test_each_action_has_one_version_everywhere() -> None:
    used = {line for path in FILES for line in re.findall(r"uses: ([^.\s].*)$", path.read_text(), re.MULTILINE)}
    names = [one.partition("@")[0] for one in used]
    assert len(names) == len(set(names)), sorted(used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_a_workflow_may_read_the_code_and_nothing_else_and_a_job_asks_for_more(path: Path) -> None:
    assert read(path)["permissions"] == {"contents": "read"}
    allowed = {"actions": "read", "contents": "read", "issues": "write", "packages": "write", "pull-requests": "write"}
    for name, job in jobs(path).items():
        assert job.get("permissions", {}).items() <= allowed.items(), name


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_every_job_ends(path: Path) -> None:
    assert [name for name, job in jobs(path).items() if "uses" not in job and "timeout-minutes" not in job] == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_step_runs_one_script_that_anyone_can_run(path: Path) -> None:
    for step in steps(path):
        if "run" in step:
            found = _RUN.match(step["run"].strip())
            assert found is not None, step["run"]
            script = CHECKOUT / ".ci" / found["script"]
            assert os.access(script, os.X_OK), script


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_that_github_fills_in_stands_in_a_command(path: Path) -> None:
    """Neither a secret, which logs and process lists would show, nor a branch's name, which could be a command."""
    assert [step["run"] for step in steps(path) if _SECRET.search(step.get("run", ""))] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_code_of_strangers_never_runs_with_a_secret_or_a_token_that_writes(path: Path) -> None:
    started_by = triggers(path)
    assert "pull_request_target" not in started_by
    if "pull_request" in started_by:
        for name, job in jobs(path).items():
            writes = [scope for scope, kind in job.get("permissions", {}).items() if kind == "write"]
            uses_secrets = "secrets." in yaml.safe_dump(job)
            is_ours = job.get("if") == "github.event.pull_request.head.repo.full_name == github.repository"
            assert writes == [], name
            assert not uses_secrets or is_ours, name
            assert not uses_secrets or "environment" in job, name
    if "workflow_run" in started_by:
        for step in steps(path):
            if str(step.get("uses", "")).startswith("actions/checkout@"):
                assert step["with"]["ref"] == "${{ github.event.repository.default_branch }}"


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_no_checkout_leaves_its_token_for_later_steps(path: Path) -> None:
    checkouts = [step for step in steps(path) if str(step.get("uses", "")).startswith("actions/checkout@")]
    assert [step for step in checkouts if step.get("with", {}).get("persist-credentials") is not False] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_secrets_are_given_to_the_one_step_that_needs_them(path: Path) -> None:
    content = read(path)
    for shared in (content.get("env", {}), *(job.get("env", {}) for job in jobs(path).values())):
        assert "secrets." not in yaml.safe_dump(shared)


def test_the_comment_follows_the_preview_by_its_name() -> None:
    assert triggers(FOLDER / "workflows/comment.yml")["workflow_run"]["workflows"] == [
        read(FOLDER / "workflows/preview.yml")["name"]
    ]


def test_prod_follows_staging_and_staging_the_checks() -> None:
    found = jobs(FOLDER / "workflows/deploy.yml")
    assert found["image"]["needs"] == "checks"
    assert found["staging"]["needs"] == "image"
    assert found["production"]["needs"] == ["image", "staging"]
    assert [found[name]["with"]["stack"] for name in ("staging", "production")] == ["staging", "prod"]


def test_a_stack_is_deployed_by_one_job_at_a_time_which_is_never_stopped_half_way() -> None:
    job = jobs(FOLDER / "workflows/deploy-stack.yml")["deploy"]
    assert job["concurrency"] == {"group": "deploy-${{ inputs.stack }}", "cancel-in-progress": False}
    assert job["environment"] == "${{ inputs.stack }}"


def test_an_unhealthy_deployment_is_rolled_back() -> None:
    found = jobs(FOLDER / "workflows/deploy-stack.yml")["deploy"]["steps"]
    order = [match["script"] for step in found if (match := _RUN.match(step.get("run", "")))]
    assert order == ["deploy", "smoke", "change-event", "rollback", "change-event"]
    rollback = next(step for step in found if step.get("id") == "rollback")
    assert rollback["if"].startswith("failure() && (steps.deploy.conclusion == 'failure' || steps.smoke")


def test_the_environments_that_are_named_are_documented() -> None:
    page = (CHECKOUT / "docs/delivery.md").read_text(encoding="utf-8")
    text = "".join(path.read_text(encoding="utf-8") for path in FILES)
    for name in sorted({*re.findall(r"(?:secrets|vars)\.([A-Z_]+)", text), "preview", "drift", "staging", "prod"}):
        assert f"`{name}`" in page, name
    for path in WORKFLOWS:
        assert f"`{path.name}`" in page, path.name
