"""The aggregate functions that are evaluated, by their names in lower case, and why others are not."""

from __future__ import annotations

from typing import Final

from monitors.nrql.evaluator.aggregates import AGGREGATES
from monitors.nrql.evaluator.distributions import DISTRIBUTIONS
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.groups import Aggregate
from monitors.nrql.evaluator.sets import SETS
from monitors.nrql.evaluator.trends import TRENDS
from monitors.nrql.tree import Call

EVALUATED: Final[dict[str, Aggregate]] = {**AGGREGATES, **DISTRIBUTIONS, **SETS, **TRENDS}
REFUSED: Final = {
    "bucketpercentile": "it reads histograms in Prometheus' form",
    "bytecountestimate": "it estimates what New Relic would bill",
    "cardinality": "recorded rows do not say which of their attributes are dimensions",
}


def aggregate(call: Call) -> Aggregate:
    """Return what compiles a call. Raises `NotEvaluated` where nothing does, with the reason if it is known."""
    found = EVALUATED.get(call.function.lower())
    if found is None:
        reason = REFUSED.get(call.function.lower())
        raise NotEvaluated(f"{call.function}() is not evaluated{f': {reason}' if reason else ''}")
    return found
