"""Evaluates NRQL over recorded rows with New Relic's semantics, on duckdb."""

from monitors.nrql.evaluator.data import Data
from monitors.nrql.evaluator.errors import DataError, NotEvaluated
from monitors.nrql.evaluator.facets import Facet
from monitors.nrql.evaluator.reading import read
from monitors.nrql.evaluator.signal import SignalPoints, SignalQuery
from monitors.nrql.evaluator.windows import SignalWindows

__all__ = ["Data", "DataError", "Facet", "NotEvaluated", "read", "SignalPoints", "SignalQuery", "SignalWindows"]
