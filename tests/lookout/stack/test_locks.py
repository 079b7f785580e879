"""Locks that interrupted updates leave: whose process lives, and whose is gone."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from lookout.errors import CouldNotRun
from lookout.stack.locks import Lock, locks_in, refuse_live_locks


def _gone() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_folder_without_locks_has_none(tmp_path: Path) -> None:
    assert locks_in(tmp_path / "absent") == []


def test_a_lock_says_who_and_since_when(tmp_path: Path) -> None:
    written = {"pid": 7, "username": "u", "hostname": "h", "timestamp": "2026-01-05T09:00:00Z"}
    (tmp_path / "a.json").write_text(json.dumps(written))
    assert locks_in(tmp_path) == [Lock(7, "h", "2026-01-05T09:00:00Z")]


def test_the_lock_of_a_process_that_is_gone_is_stale() -> None:
    assert Lock(_gone(), socket.gethostname(), "").is_stale


def test_a_number_that_another_program_has_by_now_is_stale() -> None:
    assert Lock(os.getpid(), socket.gethostname(), "").is_stale


def test_a_lock_of_another_machine_is_never_taken_away() -> None:
    with pytest.raises(CouldNotRun, match="stack staging is being changed by process 7 on elsewhere, since then"):
        refuse_live_locks("staging", [Lock(7, "elsewhere", "then")])


def test_a_half_written_lock_counts_as_stale(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"pid": ')
    (lock,) = locks_in(tmp_path)
    assert lock.is_stale
