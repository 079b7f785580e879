"""A week of recorded points through one alert, against `promtool test rules` on the same series and the same alert.

    .venv/bin/python benchmarks/backtest.py [--rounds N] [--series N] [--days N]

One point a minute and series: 100 series and a week are 1,008,000 points. The alert is `average > 0.05 for 5 minutes`
for each series. Both sides are whole processes that read their own format: promtool the series as text, the only form
it takes; the backtest the same points as Parquet, as CSV and as JSON lines. Each side's start-up is measured in the
same run with a job of next to nothing, and taken off for the second comparison. Since start-up is most of our process,
that difference is unsteady; the job's own clock, from opening the file to the last incident, stands beside it.

Both have to find the same: promtool is handed what the backtest found, and fails on any alert that it does not have at
just these minutes, or has besides. Prometheus fires when a series has breached at six evaluations (five minutes lie
between the first and the sixth), New Relic after five windows; the series breach for eight minutes at least, so that
both open, and are told by when the breach began and ended.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray
from promtool import Firing, promtool, run, write_empty, write_job, write_proof, write_rules

CHECKOUT: Final = Path(__file__).resolve().parents[1]
START: Final = 1_791_158_400  # a Monday, midnight UTC
MINUTE: Final = 60
METRIC: Final = "Custom/Skills/ErrorRatio"
FORMATS: Final = ("parquet", "csv", "jsonl")
_WANTED: Final = 10  # times as fast


def main() -> None:
    """Measure, and print a row for each comparison; with `--job FILE` do one side's work instead."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--series", type=int, default=100)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.job is not None:
        _load_modules()
        started = time.perf_counter()
        found = incidents(asked.job)
        print(json.dumps({"incidents": found, "seconds": time.perf_counter() - started}))
        return
    with tempfile.TemporaryDirectory() as folder:
        _compare(Path(folder), asked.rounds, series(asked.series, asked.days * 24 * 60))
        _catalogue(Path(folder), asked.rounds)


def series(count: int, minutes: int) -> dict[str, NDArray[np.float64]]:
    """Return series that lie under the threshold but for breaches of 8 to 60 minutes, hours apart."""
    random = np.random.default_rng(5)
    values = np.round(random.uniform(0.005, 0.045, (count, minutes)), 4)
    for row in values:
        minute = int(random.integers(60, 400))
        while minute < minutes - 100:
            length = int(random.integers(8, 60))
            row[minute : minute + length] = np.round(random.uniform(0.06, 0.2, length), 4)
            # In between, too short to open: two minutes and a good while.
            row[minute + length + 120 : minute + length + 122] = 0.09
            minute += length + int(random.integers(400, 3000))
    return {f"s{number:03d}": row for number, row in enumerate(values)}


def incidents(path: Path) -> list[tuple[str, float, float | None]]:
    """Replay a file through the alert; return each incident's series, when its breach began, and when it was over."""
    from monitors.alerting.replaying import replay
    from monitors.nrql import Query, parse
    from monitors.nrql.evaluator import SignalQuery, read

    condition = _condition()
    query = parse(condition.query)
    assert isinstance(query, Query)
    data = read(path)
    windows = SignalQuery(query).windows(data, window_seconds=condition.signal.window_seconds)
    until = float(windows.ends.max()) + 3600 if len(windows.ends) else 0.0
    found = replay(condition, windows, until_seconds=until)
    return [(one.facet[0], one.degraded_at or one.opened_at, one.recovered_at) for one in found]


def _load_modules() -> None:
    """Import what the job needs, so that its clock counts the work alone."""
    import monitors.alerting.recordings
    import monitors.nrql.evaluator
    import monitors.spec  # noqa: F401


def _condition() -> Any:
    from monitors.spec import NrqlCondition, Operator, RunbookSection, Severity, Threshold
    from service.metrics import Unit

    return NrqlCondition(
        key="high-error-ratio",
        name="High error ratio",
        query=f"FROM Metric SELECT average(`{METRIC}`) FACET skill",
        unit=Unit.ONE,
        severity=Severity.SEV3,
        owner="ai",
        user_impact="None: this is a benchmark.",
        runbook=RunbookSection(file="benchmark.md", anchor="high-error-ratio"),
        critical=Threshold(operator=Operator.ABOVE, value=0.05, duration_seconds=5 * MINUTE),
    )


def _compare(folder: Path, rounds: int, values: Mapping[str, NDArray[np.float64]]) -> None:
    points = sum(len(row) for row in values.values())
    print(f"{points:,} points: {len(values)} series of {points // len(values):,} minutes; median of {rounds} rounds")
    files = {kind: _write(folder / f"points.{kind}", values) for kind in FORMATS}
    nothing = _write(folder / "one-point.parquet", values, only="LIMIT 1")
    found = _ours(files["parquet"]).incidents
    for kind in FORMATS[1:]:
        if _ours(files[kind]).incidents != found:
            sys.exit(f"the incidents of {files[kind].name} are not those of {files['parquet'].name}")
    program = promtool()
    jobs: dict[str, Callable[[], object]] = {kind: partial(_ours, path) for kind, path in files.items()}
    jobs["start"] = partial(_ours, nothing)
    if program is not None:
        write_rules(folder)
        job, empty = write_job(folder, values), write_empty(folder)
        _prove(program, folder, values, found)
        jobs["promtool"] = partial(_passes, program, job)
        jobs["promtool start"] = partial(_passes, program, empty)
    seconds = _medians(jobs, rounds)
    print(f"{len(found)} incidents" + (", the same on both sides" if program else ""))
    work = {kind: statistics.median(_ours(path).seconds for _ in range(rounds)) for kind, path in files.items()}
    _tell(seconds, work, points)


def _tell(seconds: Mapping[str, float], work: Mapping[str, float], points: int) -> None:
    theirs, their_start = seconds.get("promtool"), seconds.get("promtool start", 0.0)
    if theirs is not None:
        net = theirs - their_start
        print(f"promtool test rules    whole {theirs:6.3f} s, start {their_start:5.3f} s, net {net:6.3f} s")
    for kind in FORMATS:
        whole, net = seconds[kind], seconds[kind] - seconds["start"]
        print(
            f"backtest, {kind:<12} whole {whole:6.3f} s, start {seconds['start']:5.3f} s, net {net:6.3f} s; "
            f"by its own clock {work[kind]:.3f} s, {points / work[kind] / 1e6:.1f} million points a second"
        )
        if theirs is not None:
            ratio = (theirs - their_start) / max(net, work[kind])
            verdict = "" if ratio >= _WANTED else f", less than the {_WANTED} wanted"
            print(
                f"{'':<22} promtool takes {theirs / whole:.1f} times as long as a whole process; net of start-up "
                f"{ratio:.1f} times, by the longer of net and own clock{verdict}"
            )


def _write(path: Path, values: Mapping[str, NDArray[np.float64]], only: str = "") -> Path:
    """Write the points as a recording has them: in the order of time, with New Relic's milliseconds."""
    minutes = len(next(iter(values.values())))
    stamps = np.repeat((START + np.arange(minutes, dtype=np.int64) * MINUTE) * 1000, len(values))
    columns = {
        "timestamp": stamps,
        "skill": np.tile(np.array(list(values), dtype=object), minutes),
        "value": np.stack(list(values.values()), axis=1).ravel(),
    }
    kind = {".csv": "FORMAT CSV, HEADER", ".jsonl": "FORMAT JSON", ".parquet": "FORMAT PARQUET"}[path.suffix]
    with duckdb.connect() as base:
        base.register("points", columns)
        named = f"timestamp, 'Metric' AS \"eventType\", '{METRIC}' AS \"metricName\", skill, value"
        base.execute(f"COPY (FROM points SELECT {named} {only}) TO '{path}' ({kind})")
    return path


@dataclass(frozen=True)
class _Done:
    """What a job found, in order, and how long it says that it worked."""

    incidents: list[tuple[str, float, float | None]]
    seconds: float


def _ours(path: Path) -> _Done:
    """Run the job as a process of its own."""
    command = [sys.executable, str(Path(__file__)), "--job", str(path)]
    done = subprocess.run(command, cwd=CHECKOUT, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the job on {path.name} failed:\n{done.stderr}")
    told = json.loads(done.stdout)
    return _Done(sorted(tuple(one) for one in told["incidents"]), told["seconds"])


def _prove(
    program: Path,
    folder: Path,
    values: Mapping[str, NDArray[np.float64]],
    found: Sequence[tuple[str, float, float | None]],
) -> None:
    """Have promtool confirm every incident, and refuse the list with one of them a minute late."""
    firings = [_firing(*one) for one in found]
    passed, said = run(program, write_proof(folder, values, firings))
    if not passed:
        sys.exit(f"promtool finds other alerts:\n{said[:3000]}")
    first, *rest = firings
    late = Firing(first.series, first.first_minute + 1, first.last_minute)
    if run(program, write_proof(folder, values, [late, *rest], "wrong.yml"))[0]:
        sys.exit("promtool passes a list that is wrong: the comparison proves nothing")


def _firing(name: str, degraded_at: float, recovered_at: float | None) -> Firing:
    """Return an incident as Prometheus fires it: five minutes after the breach began, until it was over."""
    if recovered_at is None:
        sys.exit(f"the incident of {name} is still open at the end of the data")
    first, over = (round((moment - START) / MINUTE) for moment in (degraded_at, recovered_at))
    return Firing(name, first + 5, over - 1)


def _passes(program: Path, test: Path) -> None:
    passed, said = run(program, test)
    if not passed:
        sys.exit(f"promtool test rules {test.name} failed:\n{said[:2000]}")


def _medians(jobs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Time the jobs in turn, so that a busy minute of the machine meets all of them alike."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            started = time.perf_counter()
            job()
            times[name].append(time.perf_counter() - started)
    return {name: statistics.median(taken) for name, taken in times.items()}


def _catalogue(folder: Path, rounds: int) -> None:
    """Time `lookout backtest` with every alert of the catalogue over the made-up week, the page included."""
    lookout = [sys.executable, "-m", "lookout.main", "backtest"]
    environment = {**os.environ, "CI": "true"}

    def verb(*words: str) -> str:
        done = subprocess.run(
            [*lookout, *words], cwd=CHECKOUT, env=environment, check=False, capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(f"lookout backtest {' '.join(words)} failed:\n{done.stderr}")
        return done.stdout

    week = str(folder / "week")
    verb("--sample", week)
    document = json.loads(verb(week, "--json"))
    page = str(folder / "page.html")
    seconds = _medians({"verb": lambda: verb(week, "--html", page)}, rounds)
    print(
        f"lookout backtest over a week: {document['data']['rows']:,} rows, {document['totals']['alerts']} alerts, "
        f"{document['totals']['incidents']} incidents, page written: {seconds['verb']:.2f} s"
    )


if __name__ == "__main__":
    main()
