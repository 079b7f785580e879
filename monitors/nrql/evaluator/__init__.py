"""Evaluates NRQL over recorded rows with New Relic's semantics, on duckdb."""

from monitors.nrql.evaluator.data import Data
from monitors.nrql.evaluator.errors import DataError, NotEvaluated
from monitors.nrql.evaluator.evaluating import evaluate
from monitors.nrql.evaluator.facets import Facet
from monitors.nrql.evaluator.reading import read
from monitors.nrql.evaluator.results import Cell, Result, Row
from monitors.nrql.evaluator.signal import SignalPoints, SignalQuery
from monitors.nrql.evaluator.windows import SignalWindows

__all__ = [
    "Cell",
    "Data",
    "DataError",
    "Facet",
    "NotEvaluated",
    "Result",
    "Row",
    "SignalPoints",
    "SignalQuery",
    "SignalWindows",
    "evaluate",
    "read",
]
