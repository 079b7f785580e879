"""How much longer `lookout preview` takes than plain `pulumi preview` on the same stack in the same sandbox.

    .venv/bin/python benchmarks/previews.py [--rounds N]

Starts a sandbox of its own in a temporary folder, provisions staging, then times both in turn, and stops the sandbox.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
_LOOKOUT = [sys.executable, "-m", "lookout.main"]


def main() -> None:
    """Measure, and print both medians with their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "LOOKOUT_SANDBOX_FOLDER": folder, "CI": "true"}
        _run([*_LOOKOUT, "sandbox", "start"], environment)
        try:
            _measure(environment, rounds)
        finally:
            _run([*_LOOKOUT, "sandbox", "stop"], environment)


def _measure(environment: Mapping[str, str], rounds: int) -> None:
    whole = [*_LOOKOUT, "up", "--stack", "staging", "--sandbox", "--yes", "--skip-preview"]
    made = _seconds(lambda: _run(whole, environment))
    unchanged = _seconds(lambda: _run(whole, environment))
    plain_environment = _plain(environment)
    ours, plain = [], []
    for _ in range(rounds):
        ours.append(_seconds(lambda: _run([*_LOOKOUT, "preview", "--stack", "staging", "--sandbox"], environment)))
        plain.append(_seconds(lambda: _run(["pulumi", "preview", "--stack", "staging"], plain_environment)))
    slow, fast = statistics.median(ours), statistics.median(plain)
    print(f"up, everything new: {made:.1f} s; up, nothing to change: {unchanged:.1f} s ({unchanged / made:.2f} of it)")
    print(f"preview, median of {rounds}: lookout {slow:.2f} s, plain pulumi {fast:.2f} s, ratio {slow / fast:.2f}")


def _plain(environment: Mapping[str, str]) -> dict[str, str]:
    line = f'eval "$({" ".join(_LOOKOUT)} sandbox environment)" && env -0'
    done = subprocess.run(
        ["bash", "-c", line], cwd=CHECKOUT, env=environment, check=True, capture_output=True, text=True
    )
    return dict(pair.split("=", 1) for pair in done.stdout.split("\0") if "=" in pair)


def _run(command: list[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
