"""Regular expressions in RE2's syntax."""

from __future__ import annotations

from functools import lru_cache

import duckdb

from monitors.nrql.evaluator.connections import shared_connection
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.sessions import first_line


@lru_cache(maxsize=1024)
def checked(pattern: str) -> str:
    """Return a pattern. Raises `NotEvaluated` where RE2 does not take it, with RE2's reason."""
    try:
        shared_connection().database.execute("SELECT regexp_full_match('', $pattern)", {"pattern": pattern}).fetchall()
    except duckdb.Error as error:
        raise NotEvaluated(f"the pattern r'{pattern}' is none that RE2 knows: {first_line(error)}") from error
    return pattern
