"""A machine of a test's own: its PATH, its cache and its home, with small shell scripts for real programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]
UNREACHABLE = "http://127.0.0.1:9"  # the discard port: refuses at once, so that no test depends on the internet

# Stands in for Go: answers `version`, lists packages, and "compiles" a Pulumi that says the wanted version.
GO = """#!/bin/sh
echo "$@" >> "$FAKE_LOG"
case "$1 $2" in
  "version ") echo "go version go1.26.1 linux/amd64" ;;
  "list -deps") echo "go: downloading example.org/module v1.0.0"; echo fmt; echo example.org/module ;;
  "list -m") /bin/mkdir -p "$GOMODCACHE/sdk/python/cmd"
             echo '#!/usr/bin/env python' > "$GOMODCACHE/sdk/python/cmd/pulumi-language-python-exec"
             echo "$GOMODCACHE/sdk" ;;
  "build -v") {build}
              while [ "$1" != -o ]; do shift; done
              printf '#!/bin/sh\\necho v3.259.0\\n' > "$2"; /bin/chmod 755 "$2" ;;
esac
"""
BUILDS_AT_ONCE = "echo fmt"


@dataclass(frozen=True)
class FakeMachine:
    """`root` holds everything: bin (the whole PATH), cache (XDG_CACHE_HOME) and home."""

    root: Path

    @property
    def bin(self) -> Path:
        """The only folder on PATH."""
        return self.root / "bin"

    @property
    def engines(self) -> Path:
        """Where the product keeps engines."""
        return self.root / "cache" / "lookout" / "engine"

    @property
    def cached_bin(self) -> Path:
        """Where the wanted engine is in the cache."""
        return self.engines / "v3.259.0" / "bin"

    @property
    def environment(self) -> dict[str, str]:
        """What every program of this machine sees."""
        return {
            "PATH": str(self.bin),
            "HOME": str(self.root / "home"),
            "XDG_CACHE_HOME": str(self.root / "cache"),
            "HTTPS_PROXY": UNREACHABLE,
            "FAKE_LOG": str(self.root / "log"),
        }

    def install(self, name: str, script: str, folder: Path | None = None) -> Path:
        """Put an executable script on PATH, or into `folder`."""
        program = (folder or self.bin) / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(script)
        program.chmod(0o755)
        return program

    def install_pulumi(self, version: str, folder: Path | None = None, *, with_host: bool = True) -> Path:
        """Put a Pulumi that answers `version`, counting how often it was asked, on PATH or into `folder`."""
        if with_host:
            self.install("pulumi-language-python", "#!/bin/sh\nexit 255\n", folder)
        return self.install("pulumi", f'#!/bin/sh\necho "pulumi $*" >> "$FAKE_LOG"\necho {version}\n', folder)

    def install_go(self, build: str = BUILDS_AT_ONCE) -> Path:
        """Put a Go on PATH that runs the shell line `build` before it writes a program."""
        return self.install("go", GO.replace("{build}", build))

    def log(self) -> list[str]:
        """Return what the fake programs were called with, in order."""
        path = self.root / "log"
        return path.read_text().splitlines() if path.exists() else []

    def files_in_home(self) -> list[Path]:
        """Return what was written to the home folder, where nothing may be."""
        return list((self.root / "home").rglob("*"))

    def start_set_up(self, **variables: str) -> subprocess.Popen[str]:
        """Start the engine's set-up as a process."""
        return subprocess.Popen(
            [sys.executable, "-m", "lookout.engine"],
            cwd=CHECKOUT,
            env={**self.environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def set_up(self, **variables: str) -> tuple[int, str]:
        """Run the engine's set-up to its end and return its exit code and everything it said."""
        process = self.start_set_up(**variables)
        said, _ = process.communicate(timeout=60)
        return process.returncode, said

    def find(self, **variables: str) -> dict[str, str]:
        """Return the engine that is found in a process of its own, or under "error" why none was."""
        done = subprocess.run(
            [sys.executable, "-c", _FIND],
            cwd=CHECKOUT,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        found: dict[str, str] = json.loads(done.stdout)
        return found


_FIND = """
import json
from lookout.engine import EngineError, find
try:
    engine = find()
    found = {"bin": engine.bin_folder, "version": engine.version, "source": engine.source,
             "host": engine.language_host_folder}
except EngineError as error:
    found = {"error": error}
print(json.dumps({name: str(value) for name, value in found.items()}))
"""


def make_machine(root: Path) -> FakeMachine:
    """Return a machine with nothing installed."""
    machine = FakeMachine(root)
    for name in ("bin", "home", "cache"):
        os.makedirs(root / name)
    return machine
