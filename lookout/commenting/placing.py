"""One comment for a pull request, one issue for a title: found by its first line, edited in place, never twice."""

from __future__ import annotations

from typing import Final, Literal

from lookout.commenting.github import GitHub, Json, Unclear
from lookout.errors import CouldNotRun
from monitors.review.formats.markdown import MARKER

Done = Literal["created", "edited", "unchanged", "closed", "nothing to close"]

ACTIONS_BOT: Final = "github-actions[bot]"
"""Who comments with the token that GitHub gives to a job."""

_ROUNDS: Final = 5


def pull_request_of(github: GitHub, head: str, sha: str) -> int | None:
    """Return the number of the open pull request whose newest commit is `sha`; None where it has moved on.

    `head` is owner and branch, as `octocat:topic`.
    """
    for one in github.pages("/pulls", state="open", head=head):
        if one["head"]["sha"] == sha:
            return int(one["number"])
    return None


def place_comment(github: GitHub, number: int, text: str, author: str = ACTIONS_BOT) -> Done:
    """Make the pull request's one comment say `text`. Raises `CouldNotRun`.

    Jobs that run at the same time may each find none and make one; each then keeps the oldest, so that one is left.
    """
    _check(text)
    done: Done = "edited"
    for _ in range(_ROUNDS):
        own = _comments(github, number, author)
        if not own:
            try:
                github.ask("POST", f"/issues/{number}/comments", {"body": text})
            except Unclear:
                continue  # it may be there all the same
            done = "created"
            own = _comments(github, number, author)
        if own and _kept(github, own, text):
            return done if done == "created" or own[0]["body"] != text else "unchanged"
    raise CouldNotRun(f"the comment on pull request {number} does not stay.", "Does another job delete it?")


def place_issue(github: GitHub, title: str, text: str | None, author: str = ACTIONS_BOT) -> Done:
    """Make the one open issue of a title say `text`, or close it where `text` is None. Raises `CouldNotRun`."""
    if text is not None:
        _check(text)
    for _ in range(_ROUNDS):
        own = [
            one
            for one in github.pages("/issues", state="open", creator=author)
            if one["title"] == title and _is_ours(one, author) and "pull_request" not in one
        ]
        if text is None:
            for one in own:
                github.ask("PATCH", f"/issues/{one['number']}", {"state": "closed"})
            return "closed" if own else "nothing to close"
        if own:
            first = min(own, key=lambda one: int(one["number"]))
            if first["body"] == text:
                return "unchanged"
            github.ask("PATCH", f"/issues/{first['number']}", {"body": text})
            return "edited"
        try:
            github.ask("POST", "/issues", {"title": title, "body": text})
        except Unclear:
            continue
        return "created"
    raise CouldNotRun(f'the issue "{title}" could not be opened.', "Run the job again later.")


def _comments(github: GitHub, number: int, author: str) -> list[Json]:
    """Return our comments, the oldest first."""
    found = [one for one in github.pages(f"/issues/{number}/comments") if _is_ours(one, author)]
    return sorted(found, key=lambda one: int(one["id"]))


def _kept(github: GitHub, own: list[Json], text: str) -> bool:
    """Make the oldest say `text` and delete the others; say whether it was still there."""
    first, *others = own
    for one in others:
        github.ask("DELETE", f"/issues/comments/{one['id']}")
    return first["body"] == text or github.ask("PATCH", f"/issues/comments/{first['id']}", {"body": text}) is not None


def _is_ours(one: Json, author: str) -> bool:
    """Say whether we wrote it: anybody can begin a comment with the same line."""
    return (one.get("user") or {}).get("login") == author and str(one.get("body") or "").startswith(MARKER)


def _check(text: str) -> None:
    if not text.startswith(f"{MARKER}\n"):
        raise CouldNotRun(f"the text does not begin with {MARKER}, by which it is found again.", "Use `lookout diff`.")
