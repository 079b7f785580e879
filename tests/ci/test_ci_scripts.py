"""The scripts that the workflows call, each run with commands and servers that stand in for the real ones."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / ".ci"
KEY = "R0UT1NGKEYTHATNOBODYMAYSEE"
# Writes down how it was called and what it was given, and answers as a file beside it says.
FAKE = """#!/usr/bin/env bash
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) name=$(basename "$0")
printf '%s %s\\n' "$name" "$*" >> "$CALLS"
[[ $name != docker ]] || [[ $1 != login ]] || cat >> "$CALLS.typed"
for one in "$@"; do
    [[ ${before:-} != --out && ${before:-} != --config-file ]] || echo "{}" >> "$one"
    before=$one
done
source "$here/$name.answer" 2>/dev/null || true
"""


@dataclass
class Stand:
    """A checkout with the scripts and fake commands."""

    folder: Path
    environment: dict[str, str]

    def fake(self, name: str, answer: str = "") -> None:
        place = self.folder / (".venv/bin" if name in ("lookout", "python") else "bin") / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(FAKE, encoding="utf-8")
        place.chmod(0o755)
        place.with_name(f"{name}.answer").write_text(answer, encoding="utf-8")

    def run(self, script: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", str(self.folder / ".ci" / script), *arguments],
            env={**self.environment, **more},
            cwd="/",
            capture_output=True,
            text=True,
            timeout=60,
        )

    @property
    def calls(self) -> list[str]:
        path = self.folder / "calls"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    shutil.copytree(SCRIPTS, tmp_path / ".ci")
    made = Stand(
        tmp_path,
        {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "CALLS": str(tmp_path / "calls"), "HOME": str(tmp_path)},
    )
    made.fake("make")
    made.fake("lookout")
    made.fake("python", f"[[ $1 != -c ]] || echo {tmp_path / 'bin'}")
    made.fake("pulumi")
    return made


def pulumi(calls: list[str]) -> list[str]:
    return [line for line in calls if line.startswith("pulumi ")]


def test_every_script_stops_at_the_first_fault_and_can_be_run() -> None:
    for script in SCRIPTS.iterdir():
        lines = script.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "#!/usr/bin/env bash", script.name
        assert lines[1].startswith("# "), f"{script.name} does not say what it is for"
        assert "set -euo pipefail" in lines, script.name
        assert os.access(script, os.X_OK), script.name
        assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def test_shellcheck_finds_nothing_where_it_is_installed() -> None:
    found = shutil.which("shellcheck") or "true"
    done = subprocess.run([found, *map(str, SCRIPTS.iterdir())], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_diff_writes_the_data_and_the_page_and_shows_the_comment_at_the_run(stand: Stand) -> None:
    summary = stand.folder / "summary"
    done = stand.run("diff", "abc123", "out", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    assert stand.calls == [
        "make --no-print-directory setup",
        "lookout diff abc123 --format json --out out/diff.json",
        "lookout diff abc123 --format html --out out/diff.html",
        "lookout diff abc123 --format md --out out/diff.md",
    ]
    assert summary.read_text(encoding="utf-8") == "{}\n"


def test_diff_fails_where_the_specs_cannot_be_compared(stand: Stand) -> None:
    stand.fake("lookout", "exit 2")
    assert stand.run("diff", "abc123", "out").returncode == 2


def test_comment_takes_who_and_what_from_the_run_and_not_from_the_branch(stand: Stand) -> None:
    done = stand.run(
        *("comment", "diff.json"),
        HEAD_OWNER="octocat",
        HEAD_BRANCH="a b; rm -rf /",
        HEAD_SHA="1f3a",
        RUN_URL="https://r",
    )
    assert done.returncode == 0, done.stderr
    assert stand.calls[-1] == (
        "python -m lookout.commenting pull-request --head octocat:a b; rm -rf / --sha 1f3a --diff diff.json "
        "--run https://r"
    )


def test_preview_shows_what_pulumi_would_do(stand: Stand) -> None:
    assert stand.run("preview", "prod").returncode == 0
    assert stand.calls[-1] == "lookout preview --stack prod --diff"


def test_deploy_keeps_what_ran_before_and_provisions_the_image(stand: Stand) -> None:
    assert stand.run("deploy", "prod", "ghcr.io/a/b@sha256:1").returncode == 0
    assert pulumi(stand.calls) == ["pulumi config refresh --stack prod --config-file .lookout/deploy/prod.yaml --force"]
    assert stand.calls[-1] == (
        "lookout up --stack prod --yes -- --config legal-platform:aiServiceImage=ghcr.io/a/b@sha256:1"
    )
    assert (stand.folder / ".lookout/deploy/prod.yaml").exists()


def test_deploy_without_an_image_leaves_the_one_of_the_stack_file(stand: Stand) -> None:
    assert stand.run("deploy", "staging", "").returncode == 0
    assert stand.calls[-1] == "lookout up --stack staging --yes"


def test_a_first_deployment_says_that_there_is_nothing_to_go_back_to(stand: Stand) -> None:
    stand.fake("pulumi", "exit 1")
    done = stand.run("deploy", "prod", "")
    assert done.returncode == 0
    assert "::warning::prod has no deployment before this one" in done.stdout
    assert not (stand.folder / ".lookout/deploy/prod.yaml").exists()


def test_a_deployment_that_fails_fails_the_job(stand: Stand) -> None:
    stand.fake("lookout", "exit 1")
    assert stand.run("deploy", "prod", "").returncode == 1


def test_rollback_provisions_the_image_that_ran_before(stand: Stand) -> None:
    stand.fake("pulumi", "[[ $2 != get ]] || echo ghcr.io/a/b@sha256:0")
    assert stand.run("deploy", "prod", "ghcr.io/a/b@sha256:1").returncode == 0
    done = stand.run("rollback", "prod")
    assert done.returncode == 0, done.stderr
    assert stand.calls[-1] == (
        "lookout up --stack prod --yes --skip-preview -- --config legal-platform:aiServiceImage=ghcr.io/a/b@sha256:0"
    )
    assert done.stdout.endswith("rolling prod back to ghcr.io/a/b@sha256:0\n")


def test_rollback_without_a_deployment_before_says_so_and_fails(stand: Stand) -> None:
    done = stand.run("rollback", "prod")
    assert done.returncode == 1
    assert "::error::prod has no deployment to go back to." in done.stdout


def test_without_a_dockerfile_no_image_is_built_and_that_is_said(stand: Stand) -> None:
    stand.fake("docker", "exit 1")
    output = stand.folder / "output"
    done = stand.run("image", "ghcr.io/Octo/Lookout/ai-service", "abc", GITHUB_OUTPUT=str(output))
    assert (done.returncode, stand.calls, output.exists()) == (0, [], False)
    assert done.stdout.startswith("::notice::There is no Dockerfile: no image is built")


def test_an_image_is_named_by_its_digest_and_the_password_is_no_argument(stand: Stand) -> None:
    stand.fake("docker", "[[ $1 != inspect ]] || echo ghcr.io/octo/lookout/ai-service@sha256:1")
    (stand.folder / "Dockerfile").touch()
    output = stand.folder / "output"
    done = stand.run(
        *("image", "ghcr.io/Octo/Lookout/ai-service", "abc"),
        GITHUB_OUTPUT=str(output),
        REGISTRY_USER="octocat",
        REGISTRY_TOKEN=KEY,
    )
    assert done.returncode == 0, done.stderr
    assert output.read_text(encoding="utf-8") == "image=ghcr.io/octo/lookout/ai-service@sha256:1\n"
    assert stand.calls[:3] == [
        "docker login ghcr.io --username octocat --password-stdin",
        "docker build --pull --tag ghcr.io/octo/lookout/ai-service:abc .",
        "docker push ghcr.io/octo/lookout/ai-service:abc",
    ]
    assert (stand.folder / "calls.typed").read_text(encoding="utf-8") == f"{KEY}\n"
    assert KEY not in "".join((*stand.calls, done.stdout, done.stderr))


@pytest.mark.parametrize(("answer", "code", "is_told"), [(0, 0, False), (1, 0, True), (2, 2, False)])
def test_drift_fails_only_where_it_could_not_look_and_keeps_one_issue(
    stand: Stand, answer: int, code: int, is_told: bool
) -> None:
    stand.fake("lookout", f"exit {answer}")
    done = stand.run("drift", "prod", "out", RUN_URL="https://r")
    assert done.returncode == code
    assert ("::warning::The accounts of prod differ" in done.stdout) is is_told
    issue = "python -m lookout.commenting issue --title Drift in prod --diff out/drift.json --run https://r"
    assert (issue in stand.calls) is (code == 0)


@dataclass
class Answers:
    """A server that answers with the given status codes, the last again and again."""

    codes: list[int]
    url: str = ""
    asked: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def answering(*codes: int) -> Iterator[Answers]:
    known = Answers(list(codes))

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            known.asked.append((self.path, json.loads(self.rfile.read(length)) if length else None))
            self.send_response(known.codes.pop(0) if len(known.codes) > 1 else known.codes[0])
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST = _answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        known.url = f"http://127.0.0.1:{server.server_port}"
        yield known
        server.shutdown()


def test_smoke_waits_until_the_service_is_healthy_three_times_in_a_row(stand: Stand) -> None:
    with answering(503, 200, 500, 200) as service:
        stand.fake("pulumi", f"echo {service.url}/")
        done = stand.run("smoke", "staging", SMOKE_PAUSE="0")
    assert done.returncode == 0, done.stdout
    assert [path for path, _ in service.asked] == ["/health"] * 6
    assert pulumi(stand.calls) == ["pulumi config get legal-platform:publicUrl --stack staging"]


def test_smoke_gives_up_and_says_what_was_answered_last(stand: Stand) -> None:
    with answering(503) as service:
        done = stand.run("smoke", "prod", URL=service.url, SMOKE_PAUSE="0.2", SMOKE_SECONDS="1")
    assert done.returncode == 1
    assert done.stdout == f"::error::prod is not healthy: {service.url}/health last answered 503.\n"


def test_smoke_gives_up_where_nothing_answers(stand: Stand) -> None:
    done = stand.run("smoke", "prod", URL="http://127.0.0.1:9", SMOKE_PAUSE="0.2", SMOKE_SECONDS="1")
    assert done.returncode == 1
    assert done.stdout.endswith("last answered nothing.\n")


def test_a_change_event_says_what_was_deployed_and_never_the_key(stand: Stand) -> None:
    with answering(429, 202) as events:
        done = stand.run(
            *("change-event", 'Deployed "abc" to prod', "https://run"),
            PAGERDUTY_CHANGE_EVENTS_KEY=KEY,
            PAGERDUTY_EVENTS_URL=events.url,
            GITHUB_REPOSITORY="octo/lookout",
            RETRY_DELAY="0",
        )
    assert done.returncode == 0, done.stderr
    path, event = events.asked[-1]
    assert path == "/v2/change/enqueue"
    assert len(events.asked) == 2
    assert event["routing_key"] == KEY
    assert event["payload"]["summary"] == 'Deployed "abc" to prod'
    assert event["payload"]["source"] == "octo/lookout"
    assert event["links"] == [{"href": "https://run", "text": "the run that deployed it"}]
    assert KEY not in done.stdout + done.stderr


def test_a_change_event_that_is_refused_fails(stand: Stand) -> None:
    with answering(400) as events:
        done = stand.run(
            "change-event", "x", PAGERDUTY_CHANGE_EVENTS_KEY=KEY, PAGERDUTY_EVENTS_URL=events.url, RETRY_DELAY="0"
        )
    assert done.returncode != 0
    assert KEY not in done.stdout + done.stderr


def test_without_a_key_no_change_event_is_sent_and_that_is_said(stand: Stand) -> None:
    done = stand.run("change-event", "Deployed")
    assert done.returncode == 0
    assert done.stdout.startswith("::warning::PAGERDUTY_CHANGE_EVENTS_KEY is not set")


def test_pulumi_is_the_one_that_the_set_up_provided(stand: Stand) -> None:
    assert stand.run("pulumi", "version").returncode == 0
    assert pulumi(stand.calls) == ["pulumi version"]
