"""Pulumi's own installer, through the Automation API, where the internet can be reached."""

from __future__ import annotations

import http.client
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from lookout.engine.finder import complete_engine
from lookout.engine.places import CHECKOUT, private_environment
from lookout.engine.progress import Progress
from lookout.engine.tool import ToolFailed, run_tool
from lookout.engine.version import NotAnEngine

INSTALLER_ADDRESS = "https://get.pulumi.com/install.sh"
REACH_LIMIT_SECONDS = 4.0  # name look-up, TLS and one answer take under 1 s where there is internet at all
INSTALL_LIMIT_SECONDS = 600.0  # 150 MB at 2 Mbit/s; slower than that, a build is quicker


def download(folder: Path, progress: Progress) -> None:
    """Install the wanted version into `folder`/bin. Raises `NotAnEngine` saying why it could not."""
    _check_reachable()
    progress.say("engine: downloading it with Pulumi's own installer (about 150 MB)")
    try:
        run_tool(
            "Pulumi's installer",
            [sys.executable, "-m", "lookout.engine.installer", str(folder)],
            folder=CHECKOUT,
            environment=private_environment(dict(os.environ)),
            progress=progress,
            describe=lambda line: f"downloading: {line}",
            limit_seconds=INSTALL_LIMIT_SECONDS,
        )
    except ToolFailed as failed:
        last = failed.last_lines[-1] if failed.last_lines else "it said nothing"
        raise NotAnEngine(f"Pulumi's installer {failed.reason}: {last}") from failed
    complete_engine(folder / "bin", "downloaded")


def _check_reachable() -> None:
    """Raise `NotAnEngine` unless the installer's address answers within a few seconds, name look-up included.

    A thread, because a name look-up has no time limit of its own and may take half a minute where DNS is dead.
    """
    answers: list[str] = []
    probe = threading.Thread(target=lambda: answers.append(_probe()), daemon=True)
    started = time.monotonic()
    probe.start()
    probe.join(REACH_LIMIT_SECONDS)
    trouble = answers[0] if answers else f"no answer in {time.monotonic() - started:.0f} s"
    if trouble:
        raise NotAnEngine(f"get.pulumi.com cannot be reached from here ({trouble})")


def _probe() -> str:
    """Return what is wrong with reaching the installer, empty when nothing is."""
    request = urllib.request.Request(INSTALLER_ADDRESS, method="HEAD")  # a constant https address
    try:
        with urllib.request.urlopen(request, timeout=REACH_LIMIT_SECONDS):  # noqa: S310  # as above
            return ""
    except urllib.error.HTTPError as error:
        return f"it answered {error.code}"
    except urllib.error.URLError as error:
        return str(error.reason)
    except (OSError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__
