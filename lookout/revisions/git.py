"""Asks git about commits and their trees: offline, writing nothing, and deaf to the variables that hooks set."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from lookout.errors import CouldNotRun

DEEPEN: Final = "Fetch the rest: `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout in a workflow."
# What points git at another repository than the folder it is asked in, as hooks and `git rebase --exec` do.
_ELSEWHERE: Final = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)
_QUIET: Final = {
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would fetch what it lacks
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_TOO_SHORT: Final = 4  # a hash is told from a name from this many digits on


@dataclass(frozen=True)
class Commit:
    """A commit; `name` is what people call it."""

    id: str
    name: str

    @property
    def short(self) -> str:
        """The hash as people write it."""
        return self.id[:7]

    def __str__(self) -> str:
        """Return the name with the hash, unless the one is the other."""
        is_hash = len(self.name) >= _TOO_SHORT and self.id.startswith(self.name.lower())
        return self.short if is_hash else f"{self.name} ({self.short})"


@dataclass(frozen=True)
class Entry:
    """One file of a tree: its git mode, the id of its content, and its path from the folder that was listed."""

    mode: str
    blob: str
    path: str


class Repository:
    """The git repository that a folder is in; paths are relative to the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        answer = self._run("rev-parse", "--is-inside-work-tree")
        if answer.returncode:
            raise _no_repository(self.folder, _said(answer))
        if answer.stdout.strip() != b"true":
            raise CouldNotRun(f"{self.folder} is in a bare git repository, which has no files to compare with.")

    @cached_property
    def prefix(self) -> str:
        """The folder's path from the top of the repository, with a slash at its end; empty at the top."""
        return self._asked("rev-parse", "--show-prefix").strip()

    @cached_property
    def is_shallow(self) -> bool:
        """Whether older commits were left out when it was cloned."""
        return self._asked("rev-parse", "--is-shallow-repository").strip() == "true"

    def commit(self, name: str) -> Commit:
        """Return the commit of a branch, tag, hash or other name. Raises `CouldNotRun` when there is none."""
        found = self._find(name)
        if found is None:
            raise CouldNotRun(f"git knows no commit {name!r} here.", self._instead_of(name))
        return found

    def first_known(self, names: Sequence[str]) -> Commit | None:
        """Return the commit of the first name that there is, None when there is none of them."""
        return next((found for name in names if (found := self._find(name)) is not None), None)

    def merge_base(self, one: Commit, other: Commit) -> Commit:
        """Return the newest commit that both come from. Raises `CouldNotRun` when there is none, or none is here."""
        answer = self._run("merge-base", one.id, other.id)
        if answer.returncode == 0:
            found = answer.stdout.decode().split()[0]
            return one if found == one.id else Commit(found, f"the merge base with {one.name}")
        what = f"{one} and {other} have no commit in common"
        if self.is_shallow:
            raise CouldNotRun(f"{what} in this clone, which is shallow.", DEEPEN)
        raise CouldNotRun(f"{what}.", "Compare them as they are, with --direct.")

    def files(self, commit: Commit, folders: Sequence[str]) -> list[Entry]:
        """Return every file of a commit below folders, which need not be there."""
        listing = self._asked("ls-tree", "-r", "-z", "--end-of-options", commit.id, "--", *folders)
        return list(_entries(listing))

    def trees(self, commit: Commit, folders: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of a commit's folders, "" for one that is not there."""
        paths = [f"{self.prefix}{folder}".removesuffix(".").removesuffix("/") for folder in folders]
        names = "".join(f"{commit.id}:{path}\n" for path in paths)
        answer = self._asked("cat-file", "--batch-check=%(objectname)", typed=names.encode())
        return tuple("" if line.endswith(" missing") else line for line in answer.splitlines())

    def contents(self, blobs: Sequence[str]) -> Mapping[str, bytes]:
        """Return the contents of blobs by their ids. Raises `CouldNotRun` for one that is not in this clone."""
        answer = self._run("cat-file", "--batch", typed="\n".join(blobs).encode() + b"\n")
        found: dict[str, bytes] = {}
        at, output = 0, answer.stdout
        while at < len(output):
            head_end = output.index(b"\n", at)
            head = output[at:head_end].decode().split()
            if len(head) != len(("id", "type", "size")):
                break  # "<id> missing"
            size = int(head[2])
            found[head[0]] = output[head_end + 1 : head_end + 1 + size]
            at = head_end + 1 + size + 1
        missing = next((blob for blob in blobs if blob not in found), None)
        if missing is not None:
            raise CouldNotRun(
                f"this clone lacks parts of the commit, such as the content {missing[:7]}: it is a partial clone.",
                "Fetch them: `git fetch --refetch --filter=blob:limit=1g`, or clone again without --filter.",
            )
        return found

    def unmerged(self, folders: Sequence[str]) -> tuple[str, ...]:
        """Return the files of folders that a merge has left for somebody to settle."""
        listing = self._asked("ls-files", "-u", "-z", "--", *folders)
        return tuple(dict.fromkeys(line.partition("\t")[2] for line in listing.split("\0") if line))

    def first_with(self, path: str) -> str | None:
        """Return the first commit that has a file, with its subject, None when none of HEAD's has it."""
        answer = self._run("log", "--diff-filter=A", "--reverse", "--format=%h %s", "HEAD", "--", path)
        lines = answer.stdout.decode(errors="replace").splitlines()
        return lines[0] if answer.returncode == 0 and lines else None

    def _find(self, name: str) -> Commit | None:
        answer = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        return None if answer.returncode else Commit(answer.stdout.decode().strip(), name)

    def _instead_of(self, name: str) -> str:
        if name == "HEAD":
            return "Nothing was ever committed here; make a first commit."
        if ".." in name:
            both = name.replace("...", "..").split("..", 1)
            return f"Write both names apart: lookout diff {both[0] or 'HEAD'} {both[1]}".rstrip()
        known = self._asked("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
        near = difflib.get_close_matches(name, known.split(), n=1, cutoff=0.6)
        meant = f"Did you mean {near[0]}?" if near else "`git branch --all` and `git tag` list the names."
        return f"{meant}\nThis clone is shallow. {DEEPEN}" if self.is_shallow else meant

    def _asked(self, *arguments: str, typed: bytes = b"") -> str:
        answer = self._run(*arguments, typed=typed)
        if answer.returncode:
            raise CouldNotRun(f"`git {' '.join(arguments[:2])}` failed in {self.folder}: {_said(answer)}")
        return answer.stdout.decode(errors="surrogateescape")

    def _run(self, *arguments: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        git = shutil.which("git")
        if git is None:
            raise CouldNotRun("there is no git on the PATH, and only it knows the commits.", "Install git.")
        command = [git, "-C", str(self.folder), *arguments]
        return subprocess.run(command, input=typed, capture_output=True, check=False, env=dict(_environment()))


def _environment() -> Iterator[tuple[str, str]]:
    yield from ((name, value) for name, value in os.environ.items() if name not in _ELSEWHERE)
    yield from _QUIET.items()


def _entries(listing: str) -> Iterator[Entry]:
    for line in listing.split("\0"):
        if line:
            kind, _, path = line.partition("\t")
            mode, _, blob = kind.split()
            yield Entry(mode, blob, path)


def _said(answer: subprocess.CompletedProcess[bytes]) -> str:
    lines = answer.stderr.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ")[:300] if lines else f"exit code {answer.returncode}"


def _no_repository(folder: Path, said: str) -> CouldNotRun:
    if "dubious ownership" in said:
        return CouldNotRun(
            f"git does not trust {folder}, which belongs to somebody else.",
            f"If you do: `git config --global --add safe.directory {folder}`.",
        )
    if "not a git repository" not in said:
        return CouldNotRun(f"git cannot read {folder}: {said}")
    return CouldNotRun(
        f"{folder} is in no git repository, so there is no revision to compare with.",
        "Clone the repository instead of downloading its files, or `git init` and commit.",
    )
