"""Git is asked about commits without writing, without the network, and whatever a hook has set."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from git_checkouts import Checkout

from lookout.errors import CouldNotRun
from lookout.revisions.git import DEEPEN, Commit, Repository


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Return a repository with a commit and a branch `topic` that left it."""
    made = Checkout(tmp_path / "made")
    made.write("specs/a.txt", "a")
    made.commit("First")
    made.git("checkout", "-q", "-b", "topic")
    made.write("specs/b.txt", "b")
    made.commit("On topic")
    return made


def refusal(repository: Repository, name: str) -> str:
    with pytest.raises(CouldNotRun) as fault:
        repository.commit(name)
    return str(fault.value)


def test_a_folder_outside_of_git_is_told_with_the_way_into_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "plain").mkdir()
    with pytest.raises(CouldNotRun) as fault:
        Repository(tmp_path / "plain")
    assert str(fault.value) == (
        f"{tmp_path / 'plain'} is in no git repository, so there is no revision to compare with.\n"
        "Clone the repository instead of downloading its files, or `git init` and commit."
    )


def test_a_bare_repository_has_no_files_to_compare_with(checkout: Checkout, tmp_path: Path) -> None:
    checkout.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    with pytest.raises(CouldNotRun, match="bare git repository"):
        Repository(tmp_path / "bare")


def test_a_machine_without_git_is_told_so(checkout: Checkout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CouldNotRun, match="there is no git on the PATH"):
        Repository(checkout.folder)


def test_a_folder_of_somebody_else_is_told_with_gits_own_remedy(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own switch for testing its refusal
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    with pytest.raises(CouldNotRun) as fault:
        Repository(checkout.folder)
    assert f"git config --global --add safe.directory {checkout.folder}" in str(fault.value)


def test_an_unknown_name_is_answered_with_the_branch_that_was_meant(checkout: Checkout) -> None:
    assert refusal(Repository(checkout.folder), "tpoic") == ("git knows no commit 'tpoic' here.\nDid you mean topic?")
    assert refusal(Repository(checkout.folder), "xyzzy").endswith("`git branch --all` and `git tag` list the names.")


@pytest.mark.parametrize("name", ["-x", "--all", "HEAD:specs", ""])
def test_a_name_that_is_no_commits_is_no_option_of_gits(checkout: Checkout, name: str) -> None:
    assert f"git knows no commit {name!r} here." in refusal(Repository(checkout.folder), name)


@pytest.mark.parametrize(("name", "step"), [("main..topic", "main topic"), ("main...topic", "main topic")])
def test_a_range_is_answered_with_its_ends_written_apart(checkout: Checkout, name: str, step: str) -> None:
    assert refusal(Repository(checkout.folder), name).endswith(f"Write both names apart: lookout diff {step}")


def test_a_repository_without_a_commit_is_told_so(tmp_path: Path) -> None:
    assert "Nothing was ever committed here" in refusal(Repository(Checkout(tmp_path / "new").folder), "HEAD")


def test_in_a_shallow_clone_an_unknown_name_and_a_missing_ancestor_are_told_with_how_to_fetch_more(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.git("checkout", "-q", "main")
    checkout.write("specs/c.txt", "c")
    checkout.commit("On main")
    clone = tmp_path / "clone"
    checkout.git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{checkout.folder}", str(clone))
    repository = Repository(clone)
    assert repository.is_shallow
    assert refusal(repository, "HEAD~1").endswith(f"This clone is shallow. {DEEPEN}")
    with pytest.raises(CouldNotRun) as fault:
        repository.merge_base(repository.commit("origin/main"), repository.commit("origin/topic"))
    assert "have no commit in common in this clone, which is shallow." in str(fault.value)
    assert str(fault.value).endswith(DEEPEN)


def test_the_commit_at_which_a_branch_left_another_is_found_and_called_so(checkout: Checkout) -> None:
    left = checkout.git("rev-parse", "main")
    checkout.git("checkout", "-q", "main")
    checkout.write("specs/c.txt", "c")
    checkout.commit("On main")
    repository = Repository(checkout.folder)
    found = repository.merge_base(repository.commit("main"), repository.commit("topic"))
    assert (found.id, str(found)) == (left, f"the merge base with main ({left[:7]})")


def test_a_branch_that_nobody_left_is_its_own_merge_base(checkout: Checkout) -> None:
    repository = Repository(checkout.folder)
    main = repository.commit("main")
    assert repository.merge_base(main, repository.commit("topic")) == main


def test_histories_without_a_common_commit_are_told_with_direct(checkout: Checkout) -> None:
    checkout.git("checkout", "-q", "--orphan", "other")
    checkout.commit("Another beginning")
    repository = Repository(checkout.folder)
    with pytest.raises(CouldNotRun) as fault:
        repository.merge_base(repository.commit("main"), repository.commit("other"))
    assert str(fault.value).endswith("have no commit in common.\nCompare them as they are, with --direct.")


@pytest.mark.parametrize(
    ("name", "told"),
    [("main", "main (0123456)"), ("0123456789", "0123456"), ("0123", "0123456"), ("01", "01 (0123456)")],
)
def test_a_commit_is_called_by_its_name_and_hash_unless_the_one_is_the_other(name: str, told: str) -> None:
    assert str(Commit("0123456789abcdef", name)) == told


def test_what_a_hook_sets_points_git_nowhere_else(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Checkout(tmp_path / "other")
    other.commit("Another")
    for name, value in (("GIT_DIR", ".git"), ("GIT_WORK_TREE", "."), ("GIT_INDEX_FILE", ".git/index")):
        monkeypatch.setenv(name, str(other.folder / value))
    repository = Repository(checkout.folder)
    assert repository.commit("topic").id == checkout.git("rev-parse", "topic")
    assert [one.path for one in repository.files(repository.commit("HEAD"), ["specs"])] == [
        "specs/a.txt",
        "specs/b.txt",
    ]


def test_a_hook_can_ask_while_git_commits(checkout: Checkout) -> None:
    hook = checkout.write(
        ".git/hooks/pre-commit",
        f"#!/bin/sh\nexec {sys.executable} -c 'import sys; from pathlib import Path; "
        "from lookout.revisions.git import Repository; "
        'print(Repository(Path(".")).commit("main").id, file=sys.stderr)\'\n',
    )
    hook.chmod(0o755)
    checkout.write("specs/c.txt", "c")
    checkout.git("add", "-A")
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@legal-platform.example", "commit", "-m", "With a hook"]
    done = subprocess.run(command, cwd=checkout.folder, capture_output=True, text=True, check=True)
    assert checkout.git("rev-parse", "main") in done.stderr


def test_a_folder_within_a_repository_sees_its_own_files_by_their_own_paths(checkout: Checkout) -> None:
    repository = Repository(checkout.folder / "specs")
    head = repository.commit("HEAD")
    assert repository.prefix == "specs/"
    assert [one.path for one in repository.files(head, ["."])] == ["a.txt", "b.txt"]
    assert repository.trees(head, ["."]) == (checkout.git("rev-parse", "HEAD:specs"),)


def test_a_folder_that_a_commit_does_not_have_holds_no_files_and_has_no_tree(checkout: Checkout) -> None:
    repository = Repository(checkout.folder)
    head = repository.commit("HEAD")
    assert repository.files(head, ["nowhere"]) == []
    assert repository.trees(head, ["specs", "nowhere"]) == (checkout.git("rev-parse", "HEAD:specs"), "")


def test_a_second_worktree_has_the_same_commits_and_files_of_its_own(checkout: Checkout, tmp_path: Path) -> None:
    checkout.git("worktree", "add", "-q", str(tmp_path / "second"), "main")
    repository = Repository(tmp_path / "second")
    assert [one.path for one in repository.files(repository.commit("HEAD"), ["specs"])] == ["specs/a.txt"]
    assert repository.commit("topic").id == checkout.git("rev-parse", "topic")


def test_a_partial_clone_is_told_and_nothing_is_fetched(checkout: Checkout, tmp_path: Path) -> None:
    checkout.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    source = f"file://{checkout.folder}"
    checkout.git("clone", "-q", "--filter=blob:none", "--no-checkout", source, str(clone))
    repository = Repository(clone)
    entries = repository.files(repository.commit("HEAD"), ["specs"])
    with pytest.raises(CouldNotRun, match="it is a partial clone"):
        repository.contents([one.blob for one in entries])


def test_names_in_any_script_and_with_any_sign_come_back(checkout: Checkout) -> None:
    for name in ("ü ß.txt", "new\nline.txt", '"quoted".txt'):
        checkout.write(f"odd/{name}", name)
    checkout.commit("Odd names")
    repository = Repository(checkout.folder)
    found = repository.files(repository.commit("HEAD"), ["odd"])
    assert {one.path for one in found} == {"odd/ü ß.txt", "odd/new\nline.txt", 'odd/"quoted".txt'}
    contents = repository.contents([one.blob for one in found])
    assert {one.path.partition("/")[2] for one in found} == {text.decode() for text in contents.values()}
