"""Reads recorded data from files into a database of its own, which is then closed off from files and network."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import duckdb

from monitors.nrql.evaluator.connections import Database, close_off, open_database
from monitors.nrql.evaluator.data import Data
from monitors.nrql.evaluator.errors import DataError
from monitors.nrql.evaluator.loading import Loading
from monitors.nrql.evaluator.reading_columns import load_csv, load_parquet
from monitors.nrql.evaluator.reading_json import load_json
from monitors.nrql.evaluator.sessions import first_line
from monitors.nrql.evaluator.tables import Table

_GLOB: Final = frozenset("*?[]{}")
_LOADERS: Final[Mapping[str, Callable[[Loading], None]]] = {
    ".parquet": load_parquet,
    ".csv": load_csv,
    ".jsonl": load_json,
    ".ndjson": load_json,
    ".json": load_json,
}
_ENDINGS: Final = ", ".join(_LOADERS)


def read(path: Path, *, event_type: str | None = None) -> Data:
    """Return the rows of a file, or of all files of a folder.

    `event_type` names the type of rows that have no `eventType`. Raises `DataError` for what cannot be read, with the
    file, the place in it, and what to do.
    """
    files = _files(Path(path))
    database = open_database()
    try:
        tables = []
        rows = 0
        for number, file in enumerate(files):
            table = _load(database, file, f"file{number}", rows, event_type)
            rows += table.rows
            tables.append(table)
        close_off(database, [file.resolve() for file in files if _ending(file) == ".parquet"])
    except BaseException:
        database.close()
        raise
    return Data(tuple(tables), Database(database))


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise DataError(f"{path} does not exist; give a file ({_ENDINGS}) or a folder of such files")
    if not path.is_dir():
        if _ending(path) is None:
            raise DataError(f"{path} has an ending that says no format; name it {_ENDINGS}, or one of these with .gz")
        return [path]
    files = sorted(file for file in path.iterdir() if file.is_file() and _ending(file) is not None)
    if not files:
        raise DataError(f"the folder {path} holds no data; put files ending in {_ENDINGS} there")
    return files


def _ending(path: Path) -> str | None:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
        if suffixes and suffixes[-1] == ".parquet":
            return None
    return suffixes[-1] if suffixes and suffixes[-1] in _LOADERS else None


def _load(database: duckdb.DuckDBPyConnection, path: Path, name: str, first_row: int, event_type: str | None) -> Table:
    if path.stat().st_size == 0:
        raise DataError(f"{path} is empty; give a file with rows")
    ending = _ending(path) or ""
    resolved = path.resolve()
    with tempfile.TemporaryDirectory() as folder:
        if _GLOB & set(str(resolved)):
            # duckdb takes these signs for a pattern, and has no way to escape them.
            plain = Path(folder) / f"data{''.join(path.suffixes[-2:]) if path.suffix == '.gz' else path.suffix}"
            try:
                plain.symlink_to(resolved)
            except OSError:
                shutil.copyfile(resolved, plain)
            resolved = plain
        loading = Loading(database, path, resolved, name, first_row, event_type)
        try:
            _LOADERS[ending](loading)
            return loading.finish()
        except duckdb.Error as error:
            raise DataError(f"{path} cannot be read: {first_line(error)}; record it again, or leave it out") from error
