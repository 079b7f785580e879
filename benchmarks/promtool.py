"""Prometheus' promtool, for comparison: found or built, and fed with the same series and the same alert."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

VERSION: Final = "v0.316.0"
_MODULE: Final = "github.com/prometheus/prometheus"
_METRIC: Final = "skill_error_ratio"
_ALERT: Final = "HighErrorRatio"


@dataclass(frozen=True)
class Firing:
    """One alert of one series as Prometheus has it: firing from one minute of the test to another, both included."""

    series: str
    first_minute: int
    last_minute: int


def promtool() -> Path | None:
    """Return promtool of the wanted version, built by Go into the user's cache folder where it is not there yet.

    None where it is not there and there is no Go to build it with, which is said.
    """
    base = os.environ.get("XDG_CACHE_HOME", "")
    cache = Path(base) if os.path.isabs(base) else Path.home() / ".cache"
    folder = cache / "lookout" / "promtool" / VERSION
    program = folder / "promtool"
    if program.exists():
        return program
    go = shutil.which("go")
    if go is None:
        print(f"promtool {VERSION} is not in {folder}, and there is no Go here to build it with: it is left out.")
        return None
    print(f"building promtool {VERSION} from its Go module, once; about 5 minutes on 2 cores", file=sys.stderr)
    folder.mkdir(parents=True, exist_ok=True)
    # A module of our own that requires it: `go install` refuses a module with replace directives.
    (folder / "go.mod").write_text("module promtool.local\n\ngo 1.25\n", encoding="utf-8")
    package = f"{_MODULE}/cmd/promtool"
    environment = {**os.environ, "GOFLAGS": "-mod=mod -buildvcs=false"}
    for command in ([go, "get", f"{package}@{VERSION}"], [go, "build", "-o", "promtool", package]):
        subprocess.run(["nice", *command], cwd=folder, env=environment, check=True, capture_output=True)
    return program


def write_rules(folder: Path) -> None:
    """Write the alert as Prometheus has it, `avg > 0.05 for 5m`."""
    rules = f"""groups:
  - name: benchmark
    rules:
      - alert: {_ALERT}
        expr: avg by (skill) ({_METRIC}) > 0.05
        for: 5m
"""
    (folder / "rules.yml").write_text(rules, encoding="utf-8")


def write_empty(folder: Path) -> Path:
    """Write a job with nothing to do but the rule to read: what a start costs."""
    path = folder / "empty.yml"
    path.write_text("rule_files: [rules.yml]\nevaluation_interval: 1m\ntests: []\n", encoding="utf-8")
    return path


def write_job(folder: Path, series: Mapping[str, NDArray[np.float64]], name: str = "job.yml") -> Path:
    """Write the series as a test, which asks at its last minute how many alerts fire: none."""
    path, last = folder / name, _last_minute(series)
    with path.open("w", encoding="utf-8") as out:
        _write_series(out, series)
        out.write(
            f"    promql_expr_test:\n      - expr: count(ALERTS{{alertstate='firing'}})\n        eval_time: {last}m\n"
        )
        out.write("        exp_samples: []\n")
    return path


def write_proof(
    folder: Path, series: Mapping[str, NDArray[np.float64]], firings: Sequence[Firing], name: str = "proof.yml"
) -> Path:
    """Write the series with what should fire: told at every minute at which that changes, and one before it."""
    path, last = folder / name, _last_minute(series)
    edges = {moment for one in firings for moment in (one.first_minute, one.last_minute + 1)}
    minutes = sorted({minute for edge in edges for minute in (edge - 1, edge) if 0 <= minute <= last})
    with path.open("w", encoding="utf-8") as out:
        _write_series(out, series)
        out.write("    alert_rule_test:\n")
        for minute in minutes:
            _write_expected(out, minute, (one for one in firings if one.first_minute <= minute <= one.last_minute))
    return path


def run(program: Path, test: Path) -> tuple[bool, str]:
    """Run `promtool test rules`; return whether it passed, and what it printed."""
    done = subprocess.run(
        [str(program), "test", "rules", test.name], cwd=test.parent, capture_output=True, text=True, check=False
    )
    return done.returncode == 0, done.stdout + done.stderr


def _last_minute(series: Mapping[str, NDArray[np.float64]]) -> int:
    return len(next(iter(series.values()))) - 1


def _write_series(out: Any, series: Mapping[str, NDArray[np.float64]]) -> None:
    out.write("rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n")
    for name, values in series.items():
        numbers = " ".join(map(repr, values.tolist()))
        out.write(f"      - series: '{_METRIC}{{skill=\"{name}\"}}'\n        values: '{numbers}'\n")


def _write_expected(out: Any, minute: int, firing: Iterable[Firing]) -> None:
    names = sorted(one.series for one in firing)
    out.write(f"      - eval_time: {minute}m\n        alertname: {_ALERT}\n        exp_alerts:")
    out.write("\n" if names else " []\n")
    for name in names:
        out.write(f"          - exp_labels:\n              skill: {name}\n")
