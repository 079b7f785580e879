"""The set-up behind `make sandbox` and `make test`: a virtual environment in the checkout, then the engine.

Run as `python3 -m lookout.bootstrap` with whatever Python the machine has, so standard library only; everything above
the version check must be readable by an old Python too. It says what it does, and does nothing when all is done.
"""

import os
import shutil
import signal
import sys

OLDEST_PYTHON = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")


def _use_a_newer_python() -> None:
    """Start again with a newer Python from PATH, or say what is needed and end with code 2."""
    found = next((path for path in map(shutil.which, NEWER_NAMES) if path), None)
    if found is None:
        sys.stderr.write(
            f"lookout: Python 3.11 or newer is needed, and {sys.executable} is {sys.version.split()[0]}.\n"
            "Install one (https://www.python.org/downloads/, or `apt install python3 python3-venv`), or name it: "
            "make sandbox PYTHON=/path/to/python3.11\n"
        )
        sys.exit(2)
    os.execv(found, [found, "-m", "lookout.bootstrap"])  # noqa: S606  # a Python found on PATH, no shell


if sys.version_info[:2] < OLDEST_PYTHON:
    _use_a_newer_python()

import hashlib  # noqa: E402  # below the version check, like everything that needs a new Python
import json  # noqa: E402
import re  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

from lookout.engine.lock import held  # noqa: E402
from lookout.engine.places import CHECKOUT, private_environment, remove_tree  # noqa: E402
from lookout.engine.progress import Progress  # noqa: E402
from lookout.engine.tool import ToolFailed, run_tool  # noqa: E402
from lookout.errors import EXIT_COULD_NOT_RUN, EXIT_INTERRUPTED, CouldNotRun  # noqa: E402

VENV = CHECKOUT / ".venv"
LOCK_FILE = CHECKOUT / "requirements.lock"
_STAMP = VENV / "lookout-set-up.json"
_TELLING_LINES = ("Collecting", "Downloading", "Using cached", "WARNING: Retrying")  # of what pip prints
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(;?)", re.MULTILINE)


def main() -> int:
    """Set up what is missing in this checkout and then the engine; return the exit code."""
    progress = progress_for_this_run()
    if not _is_set_up():
        with held(CHECKOUT / ".lookout" / "set-up.lock", progress, "setting up this checkout"):
            if not _is_set_up():
                _set_up(progress)
    python = str(VENV / "bin" / "python")
    os.execv(python, [python, "-m", "lookout.engine"])  # noqa: S606  # our own interpreter, no shell


def progress_for_this_run() -> Progress:
    """Return progress on standard error: redrawn for a person at a terminal, plain lines in CI and in pipes."""
    watched = sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"
    return Progress.on(sys.stderr, redraw=watched)


def run_reporting_faults(work: Callable[[], int]) -> int:
    """Run `work`, turning what stops it into a message a newcomer can act on and the exit code that belongs to it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that tools started here end too
    try:
        return work()
    except CouldNotRun as fault:
        print(f"lookout: {fault}", file=sys.stderr)
        return EXIT_COULD_NOT_RUN
    except OSError as error:
        print(f"lookout: the set-up could not go on: {error}", file=sys.stderr)
        print("Mend that (owner, mode, free space of the path named) and run it again.", file=sys.stderr)
        return EXIT_COULD_NOT_RUN
    except KeyboardInterrupt:
        print("\nlookout: stopped; run it again to go on", file=sys.stderr)
        return EXIT_INTERRUPTED


def _is_set_up() -> bool:
    """Say whether the virtual environment is whole and belongs to this lock file; a few milliseconds."""
    programs = (VENV / "bin" / "python", VENV / "bin" / "lookout")
    return _stamped() == _fingerprint() and all(os.access(program, os.X_OK) for program in programs) and not _missing()


def _stamped() -> dict[str, str]:
    """Return what the last set-up that came to its end was made for; empty when there was none."""
    try:
        content = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _fingerprint() -> dict[str, str]:
    """Return what the set-up depends on: the locked packages, the project's own entry points, and where it stands."""
    digest = hashlib.sha256(LOCK_FILE.read_bytes() + (CHECKOUT / "pyproject.toml").read_bytes())
    return {"checkout": str(CHECKOUT), "sha256": digest.hexdigest()}


def _missing() -> set[str]:
    """Return the locked packages that are not wholly installed, as `name-version`.

    Packages locked for some platforms only (those with a marker) are pip's to judge, and not looked at.
    """
    locked = {f"{_normal(name)}-{version}" for name, version, marker in _pins() if not marker}
    return locked - {_normal_folder(folder.name) for folder in _metadata_folders() if _is_whole(folder)}


def _pins() -> list[tuple[str, str, str]]:
    return _PIN.findall(LOCK_FILE.read_text(encoding="utf-8"))


def _metadata_folders() -> list[Path]:
    return list((VENV / "lib").glob("python*/site-packages/*.dist-info"))


def _is_whole(metadata: Path) -> bool:
    return (metadata / "RECORD").is_file()  # installers write it last


def _normal_folder(folder: str) -> str:
    name, _, version = folder.removesuffix(".dist-info").partition("-")
    return f"{_normal(name)}-{version}"


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def _set_up(progress: Progress) -> None:
    started = time.monotonic()
    progress.say(f"set-up: Python {sys.version.split()[0]}, into {VENV} (only this folder and your cache are written)")
    _clear_what_is_broken(progress)
    if not _has_pip():
        base = getattr(sys, "_base_executable", sys.executable)  # this may be the environment's own Python
        _run(progress, "making the virtual environment", [base, "-m", "venv", str(VENV)])
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--no-input", "--disable-pip-version-check", "install"]
    _run(
        progress,
        f"installing {len(_pins())} locked packages",
        [*pip, "--progress-bar=off", "--require-hashes", "-r", str(LOCK_FILE)],
    )
    _run(
        progress,
        "installing the command .venv/bin/lookout",
        [*pip, "--no-deps", "--no-build-isolation", "-e", str(CHECKOUT)],
    )
    _STAMP.write_text(json.dumps(_fingerprint()), encoding="utf-8")
    progress.say(f"set-up: Python packages ready in {time.monotonic() - started:.0f} s")


def _clear_what_is_broken(progress: Progress) -> None:
    """Remove an environment without a working Python and pip, or made elsewhere, and half-installed packages."""
    if VENV.is_symlink() or (VENV.exists() and not _is_environment()):
        raise CouldNotRun(
            f"{VENV} exists and is not a virtual environment of this checkout's own.",
            "Move it away, and run it again.",
        )
    moved = _stamped().get("checkout", str(CHECKOUT)) != str(CHECKOUT)
    if VENV.exists() and (moved or not _has_pip()):
        progress.say("set-up: the virtual environment is half-made, was moved or lost its Python; making it again")
        remove_tree(VENV)
    for metadata in _metadata_folders():
        if not _is_whole(metadata):
            progress.say(f"set-up: {metadata.name.removesuffix('.dist-info')} is half-installed; installing it again")
            remove_tree(metadata)  # pip would believe it to be there


def _is_environment() -> bool:
    holds_a_file = any(path.is_file() for path in VENV.rglob("*"))
    return (VENV / "pyvenv.cfg").is_file() or (VENV.is_dir() and not holds_a_file)


def _has_pip() -> bool:
    return os.access(VENV / "bin" / "python", os.X_OK) and any(
        _is_whole(folder) for folder in _metadata_folders() if folder.name.startswith("pip-")
    )


def _run(progress: Progress, step: str, command: list[str]) -> None:
    """Run one step, saying what it does and how long it took. Raises `CouldNotRun` with the tool's last lines."""
    progress.say(f"set-up: {step}")
    started = time.monotonic()
    try:
        run_tool(
            step,
            command,
            folder=CHECKOUT,
            environment=_pip_environment(),
            progress=progress,
            describe=lambda line: line.strip()[:70] if line.strip().startswith(_TELLING_LINES) else step,
        )
    except ToolFailed as failed:
        raise CouldNotRun(
            f"the set-up stopped: {failed}",
            failed.next_step("Read the tool's last lines above, mend what they say, and run it again."),
        ) from failed
    finally:
        progress.close_line()
    progress.say(f"set-up: done in {time.monotonic() - started:.0f} s")


def _pip_environment() -> dict[str, str]:
    """Return an environment in which pip writes to the environment and the cache only, whatever shell this is."""
    outer = (
        "PYTHONHOME",
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "PIP_USER",
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_REQUIRE_VIRTUALENV",
    )
    return private_environment({name: value for name, value in os.environ.items() if name not in outer})


if __name__ == "__main__":
    sys.exit(run_reporting_faults(main))
