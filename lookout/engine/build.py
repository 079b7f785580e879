"""Building the engine from Pulumi's Go modules, pinned and hashed in cli/ and language_host/: the last resort."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from lookout.engine.finder import CLI, EXECUTOR, LANGUAGE_HOST, complete_engine
from lookout.engine.places import GO_MODULES, engines_folder, private_environment, remove_tree
from lookout.engine.progress import Progress
from lookout.engine.tool import ToolFailed, run_tool
from lookout.engine.version import WANTED, NotAnEngine

OLDEST_GO = (1, 24)  # the `go` line of language_host/go.mod; a newer toolchain, where cli/ asks, Go fetches itself
NEEDED_DISK_BYTES = 5_000_000_000  # measured 4.3 GB of modules and compiled packages, and the linker needs scratch
SDK_MODULE = "github.com/pulumi/pulumi/sdk/v3"
# The Automation API refuses an engine that does not say which release it is.
LINK_FLAGS = f"-s -w -X {SDK_MODULE}/go/common/version.Version=v{WANTED}"


@dataclass(frozen=True)
class _Program:
    name: str
    module_folder: Path
    package: str


_PROGRAMS = (
    _Program(CLI, GO_MODULES / "cli", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"),
    _Program(LANGUAGE_HOST, GO_MODULES / "language_host", f"{SDK_MODULE}/python/cmd/pulumi-language-python"),
)


def build(folder: Path, progress: Progress) -> None:
    """Build the engine into `folder`/bin; four minutes on two cores when nothing is cached.

    Raises `NotAnEngine` where there is no Go to build with, `ToolFailed` when Go fails. What was downloaded and
    compiled until then is kept, so that the next try goes on from there; after a success it is removed.
    """
    scratch = engines_folder() / f"build-v{WANTED}"
    variables = _go_environment(scratch)
    go = _usable_go(variables)
    _check_room(scratch)
    progress.say(f"engine: building Pulumi {WANTED} from its Go modules, once; about 4 minutes on 2 cores")
    for program in _PROGRAMS:
        _compile(go, program, folder / "bin", variables, progress)
    _add_executor(go, folder / "bin", variables, progress)
    complete_engine(folder / "bin", "built")
    remove_tree(scratch)


def _usable_go(variables: dict[str, str]) -> str:
    go = shutil.which("go")
    if go is None:
        raise NotAnEngine("Go is not installed")
    try:
        answer = _go_version(go, variables)
    except (OSError, subprocess.SubprocessError) as error:
        raise NotAnEngine(f"`{go} version` failed ({error})") from error
    match = re.search(r"\bgo(\d+)\.(\d+)", answer)
    if match is None:
        raise NotAnEngine(f"`{go} version` answered something else: {answer.strip()[:60]!r}")
    if (int(match[1]), int(match[2])) < OLDEST_GO:
        raise NotAnEngine(f"{go} is version {match[1]}.{match[2]}, older than the {OLDEST_GO[0]}.{OLDEST_GO[1]} needed")
    return go


def _go_version(go: str, variables: dict[str, str]) -> str:
    command = [go, "version"]
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=20, check=True).stdout


def _check_room(scratch: Path) -> None:
    scratch.mkdir(parents=True, exist_ok=True)
    already = sum(entry.stat().st_size for entry in scratch.rglob("*") if entry.is_file() and not entry.is_symlink())
    free = shutil.disk_usage(scratch).free
    if free + already < NEEDED_DISK_BYTES:
        raise NotAnEngine(
            f"the build needs {NEEDED_DISK_BYTES / 1e9:.0f} GB of disk for a while and {scratch} has "
            f"{free / 1e9:.1f} GB free (free some, or set XDG_CACHE_HOME to a folder with room)"
        )


def _go_environment(scratch: Path) -> dict[str, str]:
    """Return Go's environment: a person's own proxy settings stay, every folder Go writes to is below `scratch`."""
    kept = {name: value for name, value in os.environ.items() if name not in ("GOOS", "GOARCH", "GOBIN", "GOROOT")}
    own_config = Path(kept.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "go" / "env"
    variables = {
        "CGO_ENABLED": "0",
        "GO111MODULE": "on",
        "GOCACHE": str(scratch / "compiled"),
        "GOENV": kept.get("GOENV") or (str(own_config) if own_config.is_file() else "off"),
        "GOFLAGS": "-mod=readonly -trimpath -modcacherw -buildvcs=false",
        "GOMODCACHE": str(scratch / "modules"),
        "GOPATH": str(scratch / "gopath"),
        "GOTOOLCHAIN": "auto",
        "GOWORK": "off",
        "XDG_CONFIG_HOME": str(scratch / "config"),  # where Go counts its own use
    }
    temporary = scratch / "temporary"
    temporary.mkdir(parents=True, exist_ok=True)
    return {**private_environment(kept), **variables, "TMPDIR": str(temporary), "GOTMPDIR": str(temporary)}


def _compile(go: str, program: _Program, bin_folder: Path, variables: dict[str, str], progress: Progress) -> None:
    started = time.monotonic()
    packages = _list_packages(go, program, variables, progress)
    count = 0

    def describe(_line: str) -> str:
        nonlocal count
        count += 1
        return f"building {program.name}: {min(count, packages):,} of {packages:,} packages compiled"

    target = bin_folder / program.name
    command = [go, "build", "-v", "-ldflags", LINK_FLAGS, "-o", str(target), program.package]
    run_tool(
        f"go build of {program.name}",
        command,
        folder=program.module_folder,
        environment=variables,
        progress=progress,
        describe=describe,
    )
    progress.say(f"engine: built {program.name} in {time.monotonic() - started:.0f} s")


def _list_packages(go: str, program: _Program, variables: dict[str, str], progress: Progress) -> int:
    """Download the modules the program needs, and no others, and return how many packages it is made of."""
    count = 0

    def describe(line: str) -> str:
        nonlocal count
        count += line.startswith("go: downloading")
        return f"downloading Go modules for {program.name}: {count}"

    total = 0

    def counting(line: str) -> str:
        nonlocal total
        total += not line.startswith("go: ")
        return describe(line)

    run_tool(
        f"go list for {program.name}",
        [go, "list", "-deps", program.package],
        folder=program.module_folder,
        environment=variables,
        progress=progress,
        describe=counting,
    )
    return total


def _add_executor(go: str, bin_folder: Path, variables: dict[str, str], progress: Progress) -> None:
    """Copy the script the language host starts Python programs with out of the SDK's Go module."""
    answer = run_tool(
        "go list of the SDK's folder",
        [go, "list", "-m", "-f", "{{.Dir}}", SDK_MODULE],
        folder=GO_MODULES / "cli",
        environment=variables,
        progress=progress,
        describe=lambda _line: "finding the SDK's module",
    )
    source = Path(answer[-1]) / "python" / "cmd" / EXECUTOR
    try:
        target = shutil.copyfile(source, bin_folder / EXECUTOR)
    except OSError as error:
        raise ToolFailed("copying the language host's executor", f"failed ({error})", []) from error
    target.chmod(0o755)
