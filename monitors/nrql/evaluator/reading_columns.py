"""Reads Parquet and CSV."""

from __future__ import annotations

from typing import Any

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.errors import DataError
from monitors.nrql.evaluator.loading import Loading, typed_column
from monitors.nrql.evaluator.tables import Stored

_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")
_MOMENTS = ("DATE", "TIMESTAMP")


def load_parquet(loading: Loading) -> None:
    """Describe a Parquet file; nested columns become attributes with dots."""
    path = quoting.text(str(loading.readable))
    loading.source = f"read_parquet({path})"
    for name, kind, *_ in _described(loading):
        _add(loading, name, quoting.name(name), kind)
    loading.source, loading.row = f"read_parquet({path}, file_row_number = true)", "file_row_number"
    # Parquet is made for being read by column: what a query does not ask for is never read.
    loading.stays = loading.readable == loading.path.resolve()


def load_csv(loading: Loading) -> None:
    """Describe a CSV file with a header: a column of numbers alone is numbers, one of true and false booleans."""
    path = quoting.text(str(loading.readable))
    loading.database.execute(
        f"CREATE OR REPLACE TEMP TABLE raw AS SELECT * FROM read_csv({path}, header = true, all_varchar = true)"
    )
    loading.source = "raw"
    names = [name for name, *_ in _described(loading)]
    checks = ", ".join(
        f"count(nullif({column}, '')), count(TRY_CAST({column} AS DOUBLE)), "
        f"count(CASE WHEN lower({column}) IN ('true', 'false') THEN 1 END)"
        for column in map(quoting.name, names)
    )
    counts = loading.database.execute(f"SELECT {checks} FROM raw").fetchall()[0]
    for at, name in enumerate(names):
        present, numbers, booleans = counts[3 * at : 3 * at + 3]
        kind: Stored = "number" if numbers == present else "boolean" if booleans == present else "text"
        if present:
            loading.attributes[name] = {kind: typed_column(kind, f"nullif({quoting.name(name)}, '')")}


def _described(loading: Loading) -> list[tuple[Any, ...]]:
    return loading.database.execute(f"DESCRIBE SELECT * FROM {loading.source}").fetchall()


def _add(loading: Loading, name: str, sql: str, kind: str) -> None:
    base = kind.removeprefix("U").split("(")[0]
    if kind.endswith("[]"):
        loading.attributes[name] = {"list": f"to_json({sql})::VARCHAR"}
    elif kind.startswith("STRUCT"):
        _add_fields(loading, name, sql)
    elif base in _NUMBERS:
        loading.attributes[name] = {"number": typed_column("number", sql)}
    elif base == "BOOLEAN":
        loading.attributes[name] = {"boolean": sql}
    elif base in ("VARCHAR", "ENUM", "UID", "JSON") or kind == "UUID":
        loading.attributes[name] = {"text": typed_column("text", sql)}
    elif base.startswith(_MOMENTS):
        loading.attributes[name] = {"number": f"(epoch({sql}) * 1000)::DOUBLE"}  # milliseconds, as New Relic's times
    else:
        raise DataError(
            f"{loading.path}: the column {name} is of type {kind}; leave it out, or give numbers, texts or booleans"
        )


def _add_fields(loading: Loading, name: str, sql: str) -> None:
    described = loading.database.execute(f"DESCRIBE SELECT unnest({sql}) FROM {loading.source}").fetchall()
    for field, kind, *_ in described:
        _add(loading, f"{name}.{field}", f"struct_extract({sql}, {quoting.text(field)})", kind)
