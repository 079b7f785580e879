"""The comment on GitHub: one, edited in place, whatever fails or happens at the same time; the token is never told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from github_api import BOT, TOKEN, Api, api

from lookout.commenting.__main__ import main
from lookout.commenting.github import PAGE_SIZE, GitHub
from lookout.commenting.placing import place_comment, place_issue, pull_request_of
from lookout.commenting.reading import read_diff
from lookout.errors import CouldNotRun
from monitors.review.changes import Area, Change, Danger, Diff, Effect, Fact, Operation, ResourceChange
from monitors.review.formats.document import document
from monitors.review.formats.markdown import MARKER, comment
from monitors.spec.places import Place

TEXT, NEWER = f"{MARKER}\nfirst\n", f"{MARKER}\nsecond\n"
DIFF = Diff(
    "main",
    "topic",
    (
        Change(
            "condition/a",
            'NRQL condition "A"',
            Area.ALERTS,
            Operation.RENAMED,
            Danger.HIGH,
            "It <b>opens</b> for @everybody.",
            (Fact("threshold", "It is 7 %.", "5 %", "7 %", "critical.value"),),
            ("critical.value",),
            "condition/b",
            Place("monitors/catalog/skill_alerts.py", 80),
            ("prod",),
        ),
    ),
    (ResourceChange("newrelic:index/workflow:Workflow", "w", Effect.DELETE, ("a",), "It is lost.", ("prod",)),),
    ("A note.",),
    ("staging", "prod"),
)


@pytest.fixture
def github_api() -> Iterator[Api]:
    with api() as known:
        yield known


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def github(github_api: Api, waits: list[float]) -> GitHub:
    return GitHub(github_api.url, "octo/lookout", TOKEN, waits.append)


def test_a_pull_request_without_a_comment_gets_one(github: GitHub, github_api: Api) -> None:
    assert place_comment(github, 7, TEXT) == "created"
    assert github_api.bodies() == [TEXT]


def test_it_is_edited_in_place_the_next_time(github: GitHub, github_api: Api) -> None:
    place_comment(github, 7, TEXT)
    assert place_comment(github, 7, NEWER) == "edited"
    assert github_api.bodies() == [NEWER]


def test_the_same_text_is_not_sent_again(github: GitHub, github_api: Api) -> None:
    place_comment(github, 7, TEXT)
    github_api.asked.clear()
    assert place_comment(github, 7, TEXT) == "unchanged"
    assert github_api.asked == ["GET /repos/octo/lookout/issues/7/comments"]


def test_it_is_found_on_whatever_page_it_is(github: GitHub, github_api: Api) -> None:
    for one in range(2 * PAGE_SIZE + 5):
        github_api.comment(f"talk {one}", "somebody")
    mine = github_api.comment(TEXT)
    for one in range(PAGE_SIZE):
        github_api.comment(f"more talk {one}", "somebody")
    assert place_comment(github, 7, NEWER) == "edited"
    assert github_api.comments[mine]["body"] == NEWER
    assert sum(body.startswith(MARKER) for body in github_api.bodies()) == 1


def test_a_comment_of_somebody_else_with_the_same_first_line_is_left_alone(github: GitHub, github_api: Api) -> None:
    theirs = github_api.comment(TEXT, "mallory")
    quoted = github_api.comment(f"> {TEXT}")
    assert place_comment(github, 7, NEWER) == "created"
    assert github_api.comments[theirs]["body"] == TEXT
    assert github_api.comments[quoted]["body"] == f"> {TEXT}"


def test_several_of_ours_become_the_oldest_one(github: GitHub, github_api: Api) -> None:
    first = github_api.comment(TEXT)
    github_api.comment(TEXT)
    github_api.comment("talk", "somebody")
    assert place_comment(github, 7, NEWER) == "edited"
    assert github_api.comments[first]["body"] == NEWER
    assert github_api.bodies() == [NEWER, "talk"]


@pytest.mark.parametrize("_time", range(5))
def test_two_jobs_that_both_find_none_leave_one(github_api: Api, _time: int) -> None:
    github_api.first_lists_wait_for = threading.Barrier(2)
    texts = [f"{MARKER}\njob {one}\n" for one in range(2)]
    jobs = [
        threading.Thread(target=place_comment, args=(GitHub(github_api.url, "octo/lookout", TOKEN), 7, text))
        for text in texts
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join(timeout=20)
    assert sum(line.startswith("POST") for line in github_api.asked) == 2, "they did not race"
    assert len(github_api.bodies()) == 1
    assert github_api.bodies()[0] in texts


@pytest.mark.parametrize("method", ["GET", "PATCH"])
@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_what_may_pass_is_tried_again(
    github: GitHub, github_api: Api, waits: list[float], method: str, status: int
) -> None:
    github_api.comment(TEXT)
    github_api.faults += [(method, status, {}, False), (method, status, {}, False)]
    assert place_comment(github, 7, NEWER) == "edited"
    assert waits == [1, 2]


@pytest.mark.parametrize("is_carried_out", [True, False])
def test_a_comment_is_not_made_twice_when_its_answer_is_lost(
    github: GitHub, github_api: Api, is_carried_out: bool
) -> None:
    github_api.faults.append(("POST", 502, {}, is_carried_out))
    place_comment(github, 7, TEXT)
    assert github_api.bodies() == [TEXT]


def test_a_rate_limit_is_waited_for_as_long_as_it_asks_and_no_longer_than_a_minute(
    github: GitHub, github_api: Api, waits: list[float]
) -> None:
    github_api.faults += [
        ("GET", 403, {"retry-after": "7"}, False),
        ("GET", 403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "99999999999"}, False),
    ]
    place_comment(github, 7, TEXT)
    assert waits == [7, 60]


def test_a_refusal_is_told_with_what_github_says_and_what_to_do(github: GitHub, github_api: Api) -> None:
    github_api.faults.append(("POST", 403, {}, False))
    with pytest.raises(CouldNotRun) as told:
        place_comment(github, 7, TEXT)
    assert str(told.value) == (
        "GitHub answered 403 to POST /issues/7/comments: no.\n"
        "The job's token needs `pull-requests: write`, for an issue `issues: write`."
    )


def test_a_server_that_stays_down_is_told_without_the_token(github: GitHub, github_api: Api) -> None:
    github_api.faults += [("GET", 503, {}, False)] * 5
    with pytest.raises(CouldNotRun) as told:
        place_comment(github, 7, TEXT)
    assert str(told.value) == (
        "GitHub cannot be reached for GET /issues/7/comments: status 503.\nRun the job again later."
    )


def test_the_token_goes_nowhere_unencrypted_but_to_loopback() -> None:
    with pytest.raises(CouldNotRun, match="is not https") as told:
        GitHub("http://github.example", "octo/lookout", TOKEN)
    assert TOKEN not in str(told.value)


def test_a_text_that_could_not_be_found_again_is_refused(github: GitHub, github_api: Api) -> None:
    with pytest.raises(CouldNotRun, match="does not begin with <!-- lookout-diff -->"):
        place_comment(github, 7, "anything")
    assert github_api.asked == []


def test_a_branch_is_the_pull_request_whose_newest_commit_it_is(github: GitHub, github_api: Api) -> None:
    github_api.pulls = [
        {"number": 6, "label": "octocat:topic", "head": {"sha": "old"}},
        {"number": 7, "label": "octocat:topic", "head": {"sha": "new"}},
    ]
    assert pull_request_of(github, "octocat:topic", "new") == 7
    assert pull_request_of(github, "octocat:topic", "older") is None
    assert pull_request_of(github, "mallory:topic", "new") is None


def test_an_issue_is_opened_edited_and_closed(github: GitHub, github_api: Api) -> None:
    github_api.issue("Drift in prod", "somebody's own", "somebody")
    assert place_issue(github, "Drift in prod", TEXT) == "created"
    assert place_issue(github, "Drift in prod", TEXT) == "unchanged"
    assert place_issue(github, "Drift in prod", NEWER) == "edited"
    assert place_issue(github, "Drift in staging", None) == "nothing to close"
    assert place_issue(github, "Drift in prod", None) == "closed"
    assert [one.get("state", "open") for one in github_api.issues.values()] == ["open", "closed"]
    assert place_issue(github, "Drift in prod", TEXT) == "created"


def _written(folder: Path, diff: Diff = DIFF) -> str:
    path = folder / "diff.json"
    path.write_text(json.dumps(document(diff)), encoding="utf-8")
    return str(path)


def _environment(monkeypatch: pytest.MonkeyPatch, known: Api) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    monkeypatch.setenv("GITHUB_REPOSITORY", "octo/lookout")
    monkeypatch.setenv("GITHUB_API_URL", known.url)


def test_the_program_writes_the_comment_from_the_document_and_never_the_token(
    github_api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _environment(monkeypatch, github_api)
    run = "https://github.example/octo/lookout/actions/runs/1"
    assert main(["pull-request", "--number", "7", "--diff", _written(tmp_path), "--run", run]) == 0
    assert github_api.bodies() == [comment(DIFF, run=run)]
    assert "@everybody" not in github_api.bodies()[0]
    assert "<b>" not in github_api.bodies()[0]
    assert f"[this run]({run})" in github_api.bodies()[0]
    assert github_api.tokens == {f"Bearer {TOKEN}"}
    printed = "".join(capfd.readouterr())
    assert printed == "the comment on pull request 7: created.\n"


def test_the_program_does_nothing_for_a_commit_that_is_no_longer_the_newest(
    github_api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _environment(monkeypatch, github_api)
    github_api.pulls = [{"number": 7, "label": "octocat:topic", "head": {"sha": "newer"}}]
    arguments = ["pull-request", "--head", "octocat:topic", "--sha", "older", "--diff", _written(tmp_path)]
    assert main(arguments) == 0
    assert github_api.bodies() == []
    assert "no open pull request has older as its newest commit" in capfd.readouterr().out


def test_the_program_closes_the_issue_when_nothing_differs_any_more(
    github_api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _environment(monkeypatch, github_api)
    arguments = ["issue", "--title", "Drift in prod", "--diff"]
    assert main([*arguments, _written(tmp_path)]) == 0
    assert main([*arguments, _written(tmp_path, Diff("a", "b", ()))]) == 0
    assert [one["state"] for one in github_api.issues.values()] == ["closed"]
    assert github_api.issues[1]["user"]["login"] == BOT


@pytest.mark.parametrize("missing", ["GITHUB_TOKEN", "GITHUB_REPOSITORY"])
def test_what_the_environment_lacks_is_named(
    github_api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], missing: str
) -> None:
    _environment(monkeypatch, github_api)
    monkeypatch.delenv(missing)
    assert main(["pull-request", "--number", "7", "--diff", _written(tmp_path)]) == 2
    assert capfd.readouterr().err.startswith(f"lookout: {missing} is not set.\n")


def test_a_document_is_read_back_as_the_diff_it_was(tmp_path: Path) -> None:
    assert read_diff(Path(_written(tmp_path))) == DIFF


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("{", "is not what `lookout diff --format json` writes: Expecting property name"),
        ("[]", "is not what `lookout diff --format json` writes: list indices"),
        ('{"version": 99}', "version 99 is not 1"),
        (json.dumps({**document(DIFF), "notes": [1]}), "'1' is no text"),
        (json.dumps({**document(DIFF), "changes": {}}), "'{}' is no list"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "diff.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CouldNotRun) as told:
        read_diff(path)
    assert fault in str(told.value)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(CouldNotRun, match=r"none\.json cannot be read: No such file"):
        read_diff(tmp_path / "none.json")
