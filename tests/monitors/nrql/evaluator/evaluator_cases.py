"""Golden cases of the evaluator: data files of a query, rows and what New Relic's documentation says comes out.

A file has sets of `rows` by name and a list of `cases`. A row's `at` is seconds after the beginning of the hour that a
query covers by itself, `type` its event type. Of a case, `expect` is the only value, `lines` is a list of results, each
the facet's parts, the beginning of its bucket under TIMESERIES (seconds after that of the hour), and the values;
`compared` is the same for COMPARE WITH, and `refused` is the message of a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from monitors.nrql.evaluator import Cell, Data, Result, evaluate

HOUR_BEGINS: Final = 1_767_225_600  # 2026-01-01T00:00:00Z
NOW: Final = HOUR_BEGINS + 3600
FOLDER: Final = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One case, and the file that it is in."""

    file: str
    name: str
    source: str
    query: str
    rows: tuple[dict[str, Any], ...]
    says: dict[str, Any]

    def result(self) -> Result:
        """Return what the query gives, one hour after the beginning."""
        data = Data.of_rows([_recorded(row) for row in self.rows])
        return evaluate(self.query, data, now_seconds=NOW, variables=self.says.get("variables"))


def cases() -> Iterator[Case]:
    """Yield all cases."""
    for path in sorted(FOLDER.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for one in content["cases"]:
            rows = content["rows"][one.pop("rows")] if "rows" in one else []
            yield Case(path.name, one.pop("name"), one.pop("source"), one.pop("query"), tuple(rows), one)


def lines(result: Result, *, timed: bool) -> list[list[Cell]]:
    """Return a result as cases write it."""
    return [[*row.facet, *([row.begin - HOUR_BEGINS] if timed else []), *row.values] for row in result.rows]


def _recorded(row: dict[str, Any]) -> dict[str, object]:
    rest = {name: value for name, value in row.items() if name not in ("at", "type")}
    return {"timestamp": HOUR_BEGINS + row["at"], "eventType": row["type"], **rest}
