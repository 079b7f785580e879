"""How long `lookout diff` takes: between two commits of this catalogue, and of generated ones of growing size.

    .venv/bin/python benchmarks/diff.py [--sizes 100 1000 10000] [--changed 100] [--rounds N]

Each run is a child process; time is its wall clock, processor time is its own and that of the processes it starts, and
memory is the greatest resident size of one of them. Nothing is kept from one run to the next, unless it says so.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
_DIFF = [sys.executable, "-m", "lookout.main", "diff", "--json", "--direct", "HEAD~1", "HEAD"]
_KEPT = Path(".lookout") / "revisions"
_MODULE = """
from generated_catalogue import edited, stack as _stack


def stack():
    return {stack}
"""
# An edit of the catalogue's own: a page for skill errors above 7 % instead of 5 %.
_EDITED = Path("monitors") / "catalog" / "skill_alerts.py"
_EDIT = ("critical=above(5, 5 * MINUTE)", "critical=above(7, 5 * MINUTE)")


@dataclass(frozen=True)
class Run:
    """What one child process took, and how many changes it told."""

    seconds: float
    processor_seconds: float
    megabytes: float
    changes: int


def main() -> None:
    """Measure, and print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1_000, 10_000])
    parser.add_argument("--changed", type=int, default=100, help="how many alerts differ in generated catalogues")
    parser.add_argument("--rounds", type=int, default=10, help="cold starts, of which the median is told")
    given = parser.parse_args()
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        _ours(Path(folder) / "ours", given.rounds)
        for alerts in given.sizes:
            place = Path(folder) / str(alerts)
            _commit_generated(place, alerts, min(given.changed, alerts))
            one = _run([*_DIFF, "--catalog", "generated:stack"], place)
            print(
                f"{alerts:6,} alerts: {one.seconds:.2f} s (processor {one.processor_seconds:.2f} s), "
                f"{one.megabytes:.0f} MB: {one.changes} changes"
            )


def _ours(place: Path, rounds: int) -> None:
    """Measure two commits of this catalogue, first with nothing kept, then with what the first run kept."""
    _copy(place)
    _commit(place, "before")
    text = (place / _EDITED).read_text(encoding="utf-8")
    if text.count(_EDIT[0]) != 1:
        sys.exit(f"{_EDITED} does not hold {_EDIT[0]!r} once; give this benchmark another edit")
    (place / _EDITED).write_text(text.replace(*_EDIT), encoding="utf-8")
    _commit(place, "after")
    for kept in (False, True):
        runs = [_run(_DIFF, place, kept=kept) for _ in range(rounds)]
        seconds = [one.seconds for one in runs]
        print(
            f"this catalogue, {'both commits kept' if kept else 'nothing kept'}, median of {rounds}: "
            f"{statistics.median(seconds):.2f} s (least {min(seconds):.2f} s, "
            f"processor {statistics.median(one.processor_seconds for one in runs):.2f} s), "
            f"{max(one.megabytes for one in runs):.0f} MB: {runs[0].changes} change"
        )


def _commit_generated(place: Path, alerts: int, changed: int) -> None:
    _copy(place)
    shutil.copy(CHECKOUT / "benchmarks" / "generated_catalogue.py", place)
    for stack in (f"_stack({alerts})", f"edited(_stack({alerts}), {changed})"):
        (place / "generated.py").write_text(_MODULE.format(stack=stack), encoding="utf-8")
        _commit(place, stack)


def _copy(place: Path) -> None:
    for part in ("service", "monitors", "lookout"):
        shutil.copytree(CHECKOUT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    (place / ".gitignore").write_text("__pycache__/\n.lookout/\n", encoding="utf-8")


def _commit(place: Path, message: str) -> None:
    identity = ["-c", "user.name=benchmark", "-c", "user.email=benchmark@legal-platform.example"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", message]):
        subprocess.run(["git", "-C", str(place), *command], check=True)


def _run(command: list[str], place: Path, *, kept: bool = False) -> Run:
    if not kept:
        shutil.rmtree(place / _KEPT, ignore_errors=True)
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        child = subprocess.Popen(command, cwd=place, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if child.returncode != 0:
        sys.exit("\n".join(["the comparison could not run:", *text.splitlines()[-20:]]))
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text.count('"subject":'))


if __name__ == "__main__":
    main()
