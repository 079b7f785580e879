"""Reads JSON: one object a line, or one list of objects."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Final

import duckdb

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.errors import DataError
from monitors.nrql.evaluator.loading import Loading
from monitors.nrql.evaluator.tables import Stored

_MOST_ATTRIBUTES: Final = 2000  # far more than the 254 that New Relic's Event API takes, so that memory stays bounded
_DEEPEST: Final = 8
_KINDS: Final[dict[str, Stored]] = {
    "BIGINT": "number",
    "UBIGINT": "number",
    "HUGEINT": "number",
    "UHUGEINT": "number",
    "DOUBLE": "number",
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "ARRAY": "list",
}


def load_json(loading: Loading) -> None:
    """Describe a JSON file; nested objects become attributes with dots."""
    path = quoting.text(str(loading.readable))
    form = "auto" if ".json" in (suffix.lower() for suffix in loading.path.suffixes) else "newline_delimited"
    try:
        loading.database.execute(
            f"CREATE OR REPLACE TEMP TABLE raw AS SELECT json FROM read_json_objects({path}, format = '{form}')"
        )
    except duckdb.Error as error:
        raise _fault(loading.path) or error from error
    wrong = loading.database.execute("SELECT min(rowid) FROM raw WHERE json_type(json) != 'OBJECT'").fetchall()
    if wrong[0][0] is not None:
        raise DataError(f"{loading.path}, row {wrong[0][0] + 1}: it is no object; give one object a line")
    loading.source = "raw"
    _add(loading, "", "", 0)


def _add(loading: Loading, pointer: str, prefix: str, depth: int) -> None:
    """Add the attributes of the objects at a place in each row."""
    here = quoting.text(pointer)
    keys = loading.database.execute(
        f"SELECT DISTINCT unnest(json_keys(json, {here})) AS name FROM raw WHERE json_type(json, {here}) = 'OBJECT' "
        f"ORDER BY name LIMIT {_MOST_ATTRIBUTES + 1}"
    ).fetchall()
    if len(keys) + len(loading.attributes) > _MOST_ATTRIBUTES or depth > _DEEPEST:
        raise DataError(
            f"{loading.path} has more than {_MOST_ATTRIBUTES} attributes, "
            f"or objects nested deeper than {_DEEPEST}; flatten or drop some"
        )
    paths = [f"{pointer}/{_escaped(key)}" for (key,) in keys]
    for (key,), path, found in zip(keys, paths, _types(loading, paths), strict=True):
        name = f"{prefix}{key}"
        kinds = {_KINDS[one]: None for one in found if one in _KINDS}
        if kinds:
            loading.attributes[name] = {kind: _extracted(path, kind, found) for kind in kinds}
        if "OBJECT" in found:
            _add(loading, path, f"{name}.", depth + 1)


def _types(loading: Loading, paths: list[str]) -> list[list[str]]:
    if not paths:
        return []
    lists = ", ".join(f"list(DISTINCT json_type(json, {quoting.text(path)}))" for path in paths)
    return [one or [] for one in loading.database.execute(f"SELECT {lists} FROM raw").fetchall()[0]]


def _extracted(path: str, kind: Stored, found: list[str]) -> str:
    place = quoting.text(path)
    types = [name for name, one in _KINDS.items() if one == kind]
    value = f"json_extract_string(json, {place})"
    if kind == "number":
        value = f"TRY_CAST({value} AS DOUBLE)"
    elif kind == "boolean":
        value = f"TRY_CAST({value} AS BOOLEAN)"
    if set(found) <= {*types, "NULL", None}:
        return value
    return f"(CASE WHEN json_type(json, {place}) IN ({quoting.texts(types)}) THEN {value} END)"


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _fault(path: Path) -> DataError | None:
    """Return what is wrong with the first line that is no object, None where every line is one."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    json.loads(line)
                except (ValueError, RecursionError) as error:
                    reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is no JSON text"
                    return DataError(
                        f"{path}, line {number}: {reason}; mend or remove this line, one object a line is read"
                    )
    except (OSError, EOFError) as error:
        return DataError(f"{path} cannot be read: {error}; record it again, or leave it out")
    return None
