"""The sandbox's life in its folder: real processes on real ports."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from sandbox import lifecycle
from sandbox.lifecycle import Sandbox, SandboxError
from sandbox.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "sandbox"
    lifecycle.stop(tmp_path / "sandbox")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _put_a_service(folder: Path) -> None:
    with closing(Store.open(folder / "store.sqlite3")) as store:
        store.put("render", "service", "srv-1", "a", {})


def _eventually(holds: Callable[[], bool], seconds: float = 8) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _ended(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_a_started_sandbox_is_found_by_its_folder_and_holds_what_is_put_into_its_store(folder: Path) -> None:
    started = lifecycle.start(folder)
    assert not started.already_running
    found = lifecycle.find(folder)
    assert found is not None
    assert (found.url, found.pid, found.token) == (started.url, started.pid, started.token)
    _put_a_service(folder)
    assert lifecycle.status(folder).counts["render"]["service"] == 1


def test_a_second_start_finds_the_first(folder: Path) -> None:
    first, second = lifecycle.start(folder), lifecycle.start(folder)
    assert (second.pid, second.url, second.already_running) == (first.pid, first.url, True)


def test_starts_at_the_same_moment_end_in_one_server(folder: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(lambda _: lifecycle.start(folder), range(4)))
    assert len({one.pid for one in started}) == 1
    assert [one.already_running for one in started].count(False) == 1


def test_two_folders_have_two_sandboxes_that_never_meet(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    first, second = lifecycle.start(folder), lifecycle.start(other)
    try:
        assert first.port != second.port
        assert first.token != second.token
        lifecycle.stop(folder)
        assert lifecycle.status(other).running
    finally:
        lifecycle.stop(other)


def test_the_port_and_the_token_stay_over_a_restart_so_that_links_stay_good(folder: Path) -> None:
    first = lifecycle.start(folder)
    assert lifecycle.stop(folder)
    again = lifecycle.start(folder)
    assert (again.url, again.token) == (first.url, first.token)
    assert again.pid != first.pid


def test_a_port_that_is_asked_for_is_used_and_kept(folder: Path) -> None:
    port = _free_port()
    assert lifecycle.start(folder, port=port).port == port
    lifecycle.stop(folder)
    assert lifecycle.start(folder).port == port


def test_a_kept_port_that_another_program_has_is_told_with_what_to_do(folder: Path) -> None:
    port = lifecycle.start(folder).port
    lifecycle.stop(folder)
    with socket.create_server(("127.0.0.1", port)), pytest.raises(SandboxError) as told:
        lifecycle.start(folder)
    assert str(told.value) == (
        f"port {port} on 127.0.0.1, which this sandbox keeps so that its links stay the same, is taken by another "
        "program. Free it, or choose another: `lookout sandbox start --port N`."
    )
    assert not lifecycle.status(folder).running


def test_a_port_asked_for_that_is_taken_is_told_and_the_kept_one_stays(folder: Path) -> None:
    kept = lifecycle.start(folder).port
    lifecycle.stop(folder)
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(SandboxError, match=r"is taken by another program.*--port N"),
    ):
        lifecycle.start(folder, port=taken.getsockname()[1])
    assert lifecycle.start(folder).port == kept


def test_a_running_sandbox_is_not_moved_to_another_port_behind_its_users_back(folder: Path) -> None:
    running = lifecycle.start(folder)
    with pytest.raises(SandboxError, match=f"already runs at {running.url}.*`lookout sandbox stop` first"):
        lifecycle.start(folder, port=_free_port())


def test_stopping_ends_the_process_and_keeps_what_it_held(folder: Path) -> None:
    started = lifecycle.start(folder)
    assert lifecycle.stop(folder)
    assert _ended(started.pid)
    left = {path.name for path in folder.iterdir()}
    assert left == {"store.sqlite3", "server.json", "server.lock", "server.log"}, "the store is closed in good order"
    assert lifecycle.find(folder) is None


def test_stopping_what_does_not_run_is_no_fault(folder: Path) -> None:
    assert not lifecycle.stop(folder)


def test_a_process_that_does_not_listen_to_reason_is_killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = lifecycle.start(folder)
    os.kill(started.pid, signal.SIGSTOP)
    monkeypatch.setattr(lifecycle, "_END_SECONDS", 0.5)
    assert lifecycle.stop(folder)
    assert _ended(started.pid)


def test_a_process_that_does_not_answer_is_told_with_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = lifecycle.start(folder)
    monkeypatch.setattr(lifecycle, "_ANSWER_SECONDS", 0.3)
    os.kill(started.pid, signal.SIGSTOP)
    try:
        with pytest.raises(SandboxError, match=f"its process {started.pid} is there. `lookout sandbox stop` ends it"):
            lifecycle.find(folder)
    finally:
        os.kill(started.pid, signal.SIGCONT)


def test_after_a_kill_the_sandbox_counts_as_stopped_and_starts_again_with_its_objects(folder: Path) -> None:
    started = lifecycle.start(folder)
    _put_a_service(folder)
    os.kill(started.pid, signal.SIGKILL)
    assert _eventually(lambda: lifecycle.find(folder) is None)
    assert lifecycle.start(folder).url == started.url
    assert lifecycle.status(folder).counts["render"]["service"] == 1


def test_a_number_left_behind_that_is_another_process_now_is_never_ended(folder: Path) -> None:
    lifecycle.start(folder)
    lifecycle.stop(folder)
    (folder / "server.lock").write_text(json.dumps({"pid": os.getpid(), "instance": "old"}))
    assert not lifecycle.stop(folder)
    assert lifecycle.find(folder) is None


def test_the_server_ends_by_itself_when_nobody_asks_for_anything(folder: Path) -> None:
    started = lifecycle.start(folder, idle_minutes=0.5 / 60)
    assert _eventually(lambda: _ended(started.pid))
    assert "`lookout sandbox start` starts it again" in (folder / "server.log").read_text()


def test_what_holds_secrets_can_be_read_by_this_user_only(folder: Path) -> None:
    lifecycle.start(folder)
    for name in ("server.json", "server.log", "store.sqlite3", "store.sqlite3-wal"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_token_is_in_no_log_no_command_line_and_no_text_about_the_sandbox(folder: Path) -> None:
    started = lifecycle.start(folder)
    lifecycle.status(folder)
    seen = (folder / "server.log").read_text() + " ".join(psutil.Process(started.pid).cmdline()) + repr(started)
    assert started.token not in seen


def test_a_damaged_store_is_told_by_name_with_the_command_that_starts_afresh(folder: Path) -> None:
    folder.mkdir()
    (folder / "store.sqlite3").write_bytes(b"no database at all" * 100)
    for act in (lifecycle.start, lifecycle.status):
        with pytest.raises(SandboxError) as told:
            act(folder)
        assert str(folder / "store.sqlite3") in str(told.value)
        assert "`lookout sandbox reset` deletes it" in str(told.value)
    lifecycle.reset(folder)
    assert lifecycle.start(folder).port


def test_a_setting_that_is_not_possible_stops_the_start_and_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOKOUT_SANDBOX_DEPLOY_SECONDS", "soon")
    with pytest.raises(SandboxError, match=r'did not start: .*LOOKOUT_SANDBOX_DEPLOY_SECONDS is "soon".*run `lookout'):
        lifecycle.start(folder)


def test_a_server_that_breaks_while_it_starts_is_told_with_its_last_lines(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "code" / "sandbox").mkdir(parents=True)
    (tmp_path / "code" / "sandbox" / "__init__.py").touch()
    (tmp_path / "code" / "sandbox" / "__main__.py").write_text("raise SystemExit('the last words')")
    monkeypatch.setattr(lifecycle, "CHECKOUT", tmp_path / "code")
    with pytest.raises(SandboxError) as told:
        lifecycle.start(folder)
    assert "ended with code 1" in str(told.value)
    assert "    the last words" in str(told.value)
    assert str(told.value).endswith("then run `lookout sandbox start` again.")
    assert not lifecycle.stop(folder)


def test_a_damaged_server_file_is_told_by_name(folder: Path) -> None:
    folder.mkdir()
    (folder / "server.json").write_text("{")
    with pytest.raises(SandboxError, match=r"server\.json is damaged\. Delete that file and run"):
        lifecycle.start(folder)


def test_a_folder_that_cannot_be_made_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "sandbox"
    with pytest.raises(SandboxError) as told:
        lifecycle.start(folder)
    assert str(folder) in str(told.value)
    assert "LOOKOUT_SANDBOX_FOLDER" in str(told.value)
    assert not lifecycle.stop(folder)


@pytest.mark.parametrize("act", [lifecycle.start, lifecycle.reset])
def test_a_folder_with_other_files_in_it_is_refused_and_left_as_it_is(
    act: Callable[[Path], Sandbox | None], tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    (tmp_path / "Pulumi.prod.yaml").write_text("config: {}")
    with pytest.raises(SandboxError, match=r'not a sandbox\'s folder: it holds "thesis\.txt"\. Nothing was changed'):
        act(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Pulumi.prod.yaml", "thesis.txt"]


def test_reset_deletes_what_the_sandbox_wrote_and_keeps_its_address_its_token_and_everything_else(
    folder: Path,
) -> None:
    started = lifecycle.start(folder)
    _put_a_service(folder)
    (folder / "state" / "stacks").mkdir(parents=True)
    (folder / "state" / "stacks" / "staging.json").touch()
    for name in ("Pulumi.staging.yaml", "mine.txt"):
        (folder / name).touch()
    lifecycle.reset(folder)
    assert _ended(started.pid)
    assert sorted(path.name for path in folder.iterdir()) == ["mine.txt", "server.json", "server.lock"]
    again = lifecycle.start(folder)
    assert (again.url, again.token) == (started.url, started.token)
    assert lifecycle.status(folder).counts.get("render", {}).get("service") is None


def test_reset_does_not_follow_a_link_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    lifecycle.start(folder)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").touch()
    (folder / "state").symlink_to(tmp_path / "elsewhere")
    lifecycle.reset(folder)
    assert (tmp_path / "elsewhere" / "kept").exists()
    assert not (folder / "state").is_symlink()


def test_resetting_what_never_was_is_no_fault(folder: Path) -> None:
    lifecycle.reset(folder)
    assert not folder.exists()


def test_the_status_of_a_stopped_sandbox_tells_what_it_holds(folder: Path) -> None:
    folder.mkdir()
    store = Store.open(folder / "store.sqlite3")
    store.put("pagerduty", "Team", "PTEAM01", "Platform", {})
    store.close()
    status = lifecycle.status(folder)
    assert (status.running, status.url, status.pid) == (False, None, None)
    assert status.counts == {"pagerduty": {"Team": 1}}


def test_a_store_that_another_program_locks_is_no_damaged_store(folder: Path) -> None:
    lifecycle.start(folder)
    other = sqlite3.connect(folder / "store.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert lifecycle.status(folder).running
    finally:
        other.close()
