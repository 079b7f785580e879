"""What a killed run leaves on this machine: plugins that still work, and a state file that was cut off."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from lookout.errors import CouldNotRun

_PLUGINS = ("pulumi-resource-", "infra.render_provider.host")
_END_SECONDS = 10


def end_orphaned_plugins(url: str) -> None:
    """End plugins that work on the sandbox at `url` for a Pulumi that is gone.

    Until they notice by themselves they can still send what they were asked to make, after we have looked for it.
    """
    orphans = list(_orphans(url))
    for process in orphans:
        process.kill()
    psutil.wait_procs(orphans, timeout=_END_SECONDS)


def mend_state(backend: Path, checkpoint: Path) -> None:
    """Bring Pulumi's file backend back to what it can read, after a run that was killed while it wrote.

    Raises `CouldNotRun` when neither the stack's state nor the one before it can be read.
    """
    for attributes in backend.rglob("*.attrs"):
        # They stand beside each file and hold its content type; without them it reads as well, with half of them not.
        if not _is_whole(attributes):
            attributes.unlink(missing_ok=True)
    _mend_checkpoint(checkpoint)


def _mend_checkpoint(path: Path) -> None:
    """Go back to the state before the last where the last was cut off while it was written.

    Nothing is lost by it: a step that the last state was to record had either not begun, or stands in the one before as
    begun.
    """
    before = path.with_name(f"{path.name}.bak")
    if _is_whole(path) or not (path.exists() or before.exists()):
        return
    if not _is_whole(before):
        raise CouldNotRun(
            f"the state {path} and the one before it, {before.name}, are both damaged.",
            "Copy one back from the folder .pulumi/backups beside them, or give up what the sandbox holds: "
            "`lookout sandbox reset`.",
        )
    shutil.copyfile(before, path)


def _orphans(url: str) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if _is_plugin(process) and _is_orphan(process) and process.environ().get("LOOKOUT_SANDBOX_URL") == url:
                yield process


def _is_plugin(process: psutil.Process) -> bool:
    return any(name in word for word in process.cmdline() for name in _PLUGINS)


def _is_orphan(process: psutil.Process) -> bool:
    # A plugin may stand behind a shell or `env`; somewhere above it is the Pulumi that it works for.
    return all(parent.name() != "pulumi" for parent in process.parents())


def _is_whole(path: Path) -> bool:
    try:
        return isinstance(json.loads(path.read_text(encoding="utf-8")), dict)
    except (OSError, ValueError):
        return False
