"""A commit's files are written as they are in git, below a folder that is gone afterwards."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest
from git_checkouts import Checkout

from lookout.errors import CouldNotRun
from lookout.revisions.git import Entry, Repository
from lookout.revisions.trees import extract, private_folder


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which temporary ones are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def extracted(checkout: Checkout, into: Path) -> Path:
    repository = Repository(checkout.folder)
    head = repository.commit("HEAD")
    extract(repository, head, repository.files(head, ["."]), into)
    return into


def test_files_are_those_of_the_commit_whatever_attributes_and_the_working_tree_say(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "made")
    checkout.write(".gitattributes", "*.txt export-ignore eol=crlf\n*.id export-subst\n")
    checkout.write("specs/a.txt", "one\ntwo\n")
    checkout.write("specs/b.id", "$Format:%H$")
    checkout.write("specs/same.txt", "one\ntwo\n")
    checkout.write("specs/empty.txt", "")
    checkout.commit()
    checkout.write("specs/a.txt", "not committed")
    found = extracted(checkout, tmp_path / "into")
    assert (found / "specs/a.txt").read_bytes() == b"one\ntwo\n"
    assert (found / "specs/same.txt").read_bytes() == b"one\ntwo\n"
    assert (found / "specs/b.id").read_bytes() == b"$Format:%H$"
    assert (found / "specs/empty.txt").read_bytes() == b""


def test_a_link_within_the_tree_is_one_and_a_link_out_of_it_is_left_out(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "made")
    checkout.write("specs/a.txt", "a")
    for name, target in (("inside", "a.txt"), ("up", "../../secrets"), ("whole", "/etc/passwd")):
        (checkout.folder / "specs" / name).symlink_to(target)
    checkout.commit()
    found = extracted(checkout, tmp_path / "into")
    assert sorted(one.name for one in (found / "specs").iterdir()) == ["a.txt", "inside"]
    assert (found / "specs/inside").read_text(encoding="utf-8") == "a"


def test_a_path_that_leads_out_of_the_tree_is_refused(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "made")
    checkout.write("a.txt", "a")
    checkout.commit()
    repository = Repository(checkout.folder)
    blob = checkout.git("rev-parse", "HEAD:a.txt")
    with pytest.raises(CouldNotRun, match=r"holds the path '\.\./out\.txt', which leads out of its tree"):
        extract(repository, repository.commit("HEAD"), [Entry("100644", blob, "../out.txt")], tmp_path / "into")
    assert not (tmp_path / "out.txt").exists()


def test_a_private_folder_is_this_users_alone_and_gone_at_the_end(temporary: Path) -> None:
    with private_folder() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "file").write_text("text", encoding="utf-8")
    assert list(temporary.iterdir()) == []


def test_what_killed_runs_have_left_is_removed_and_what_runs_now_is_not(temporary: Path) -> None:
    for name in ("lookout-revision-old", "lookout-revision-new", "another-old"):
        (temporary / name / "specs").mkdir(parents=True)
    for name in ("lookout-revision-old", "another-old"):
        os.utime(temporary / name, (0, 0))
    with private_folder():
        pass
    assert sorted(one.name for one in temporary.iterdir()) == ["another-old", "lookout-revision-new"]
