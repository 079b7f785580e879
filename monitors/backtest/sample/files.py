"""Writes the made-up week: Parquet and CSV files, and a page that says what they are."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from monitors.backtest.marks import MADE_UP
from monitors.backtest.sample.executions import executions
from monitors.backtest.sample.measures import derived_queries, gauges
from monitors.backtest.sample.troubles import END_SECONDS, START_SECONDS, TROUBLES, Trouble, within
from monitors.spec import CertificateMonitor, Monitor, PingMonitor, Stack
from service.metrics import SKILL_EXECUTION

_TITLE: Final = "# A made-up week"
_PAGE: Final = "README.md"
_FILES: Final = ("executions.parquet", "metrics.parquet", "checks.csv", _PAGE)
_CHECK_EVERY_SECONDS: Final = 60
_CERTIFICATE_EVERY_SECONDS: Final = 86_400


@dataclass(frozen=True)
class Sample:
    """What was written: the folder, its files with their rows, and the time it covers (seconds since 1970)."""

    folder: Path
    rows: dict[str, int]
    since: int
    until: int


def write_sample(folder: Path, stack: Stack) -> Sample:
    """Write the week into a folder, which is made where it is missing, and return what was written.

    The same rows are written every time. Raises `FileExistsError` where the folder holds anything but a made-up week,
    and `OSError` where it cannot be written; nothing half-written is left then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _refuse_other_files(folder)
    try:
        return _written(folder, stack)
    except (OSError, duckdb.IOException) as error:
        for name in _FILES:
            (folder / name).unlink(missing_ok=True)
        raise error if isinstance(error, OSError) else OSError(str(error).splitlines()[0]) from error


def _refuse_other_files(folder: Path) -> None:
    """Somebody's own files are never written over; a made-up week says in its page that it is one."""
    page = folder / _PAGE
    ours = page.is_file() and page.read_text(encoding="utf-8", errors="replace").startswith(_TITLE)
    held = [name for name in _FILES if (folder / name).exists()]
    if held and not ours:
        raise FileExistsError(errno.EEXIST, f"it holds a {held[0]} that is no made-up week's; name a new folder")


def _written(folder: Path, stack: Stack) -> Sample:
    columns = executions(stack.response.schedules[0].time_zone if stack.response.schedules else "UTC")
    # One thread: several add up in an order of their own, and the last digit of a sum would differ from run to run.
    with duckdb.connect(config={"threads": 1}) as base:
        base.register("executions", columns)
        rows = {
            "executions.parquet": _copy(base, _events(stack), folder / "executions.parquet"),
            "metrics.parquet": _copy(base, _metrics(base, columns, stack), folder / "metrics.parquet"),
        }
        checks = _checks(stack)
        if checks:
            base.register("checks", checks)
            rows["checks.csv"] = _copy(base, f"FROM checks SELECT *, true AS {MADE_UP}", folder / "checks.csv")
    (folder / _PAGE).write_text(_told(rows, stack), encoding="utf-8")
    return Sample(folder, rows, START_SECONDS, END_SECONDS)


def _copy(base: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    """Write a query's rows into a file, whose ending says the format; return how many there were."""
    kind = "CSV, HEADER" if path.suffix == ".csv" else "PARQUET, COMPRESSION zstd"
    target = str(path).replace("'", "''")
    answer = base.execute(f"COPY ({query}) TO '{target}' (FORMAT {kind})").fetchone()
    return int(answer[0]) if answer else 0


def _common(stack: Stack) -> str:
    """Return the attributes that everything of the service carries, as SQL."""
    service = stack.platform.private_services[0].name if stack.platform.private_services else "ai-service"
    name = service.replace("'", "''")
    return f"'{name}' AS service, '{stack.name}' AS env, '{name}-1' AS instance, '1' AS version, true AS {MADE_UP}"


def _events(stack: Stack) -> str:
    return f"FROM executions SELECT *, '{SKILL_EXECUTION.name}' AS \"eventType\", {_common(stack)} ORDER BY timestamp"


def _metrics(base: duckdb.DuckDBPyConnection, columns: dict[str, NDArray[Any]], stack: Stack) -> str:
    """Return the query of all metrics; the gauges' columns are registered for it."""
    queries = list(derived_queries("executions"))
    for number, gauge in enumerate(gauges(columns)):
        base.register(f"gauge_{number}", gauge)
        queries.append(f"FROM gauge_{number}")
    together = " UNION ALL BY NAME ".join(queries)
    return f'FROM ({together}) SELECT *, \'Metric\' AS "eventType", {_common(stack)} ORDER BY "metricName", timestamp'


def _checks(stack: Stack) -> dict[str, NDArray[Any]]:
    """Return the results of the checks from outside; nothing where the stack declares none.

    The first ping fails while the service is not healthy. Certificates are good all week.
    """
    monitors = stack.observability.monitors
    ping = next((one for one in monitors if isinstance(one, PingMonitor)), None)
    results = [] if ping is None else [_results(ping, _CHECK_EVERY_SECONDS, fails=lambda trouble: not trouble.healthy)]
    certificates = (one for one in monitors if isinstance(one, CertificateMonitor))
    results += [_results(one, _CERTIFICATE_EVERY_SECONDS, fails=lambda _: False) for one in certificates]
    return {name: np.concatenate([one[name] for one in results]) for name in results[0]} if results else {}


def _results(monitor: Monitor, every_seconds: int, *, fails: Callable[[Trouble], bool]) -> dict[str, NDArray[Any]]:
    times = np.arange(START_SECONDS, END_SECONDS, every_seconds)
    moments = (times[:, None] + np.arange(len(monitor.locations)) * 7).ravel()
    return {
        "timestamp": moments * 1000,
        "eventType": np.full(len(moments), "SyntheticCheck", dtype=object),
        "monitorName": np.full(len(moments), monitor.name, dtype=object),
        "location": np.tile(np.array(monitor.locations, dtype=object), len(times)),
        "result": np.where(within(moments, fails), "FAILED", "SUCCESS").astype(object),
    }


def _told(rows: dict[str, int], stack: Stack) -> str:
    first, last = (datetime.fromtimestamp(moment, UTC).date() for moment in (START_SECONDS, END_SECONDS - 1))
    troubles = "\n".join(map(_line, TROUBLES))
    files = "\n".join(f"| {name} | {count:,} |" for name, count in rows.items())
    return f"""{_TITLE}

Nobody measured this. It is invented, from a fixed seed, to try `lookout backtest` with; every row carries `{MADE_UP}`.
It looks like what the service of the stack `{stack.name}` would emit from {first} to {last} (UTC).

| File | Rows |
|---|---|
{files}

What goes wrong in it:

{troubles}
"""


def _line(trouble: Trouble) -> str:
    name = trouble.name[0].lower() + trouble.name[1:]
    return f"- {trouble.start.replace('T', ' ')} UTC, {trouble.minutes} min: {name}"
