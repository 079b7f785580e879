"""Thresholds that look as if they were meant in another unit: a percentage compared with 0.05, seconds for ms.

What a figure was meant to be cannot be known, so that this check goes by two signs: a percentage far below one percent
that no service level asks for, and a figure that other thresholds on the same value repeat exactly 100 or 1,000 times
larger or smaller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.quantities import Measure, selected
from monitors.rules.reading import Scope, scopes
from monitors.rules.review import Review, ReviewedCondition
from monitors.rules.widgets import shown
from monitors.spec import Threshold

_ONE_PERCENT: Final = 1
_FACTORS: Final = (1000, 100, 1 / 1000, 1 / 100)


def _run(review: Review) -> Iterator[Finding]:
    asked_for = burn_thresholds(review)
    peers = _peers(review, asked_for)
    for condition in review.conditions:
        scope = _scope(condition)
        if scope is None or condition.spec.baseline is not None:
            continue
        (expression, given), *_ = selected(scope)
        for name in ("critical", "warning"):
            term: Threshold | None = getattr(condition.spec, name)
            if term is None:
                continue
            fault = _too_small(given.measure, term.value, asked_for) or _out_of_scale(
                term.value, peers[_watched(scope)], given.measure
            )
            if fault is not None:
                yield Finding(condition.subject, f"{name}.value", *fault, *expression.span)


def burn_thresholds(review: Review) -> frozenset[float]:
    """Return the error percentages at which some service level's budget burns too fast: small, and meant so."""
    levels = review.stack.observability.service_levels
    return frozenset(level.burn_threshold_percent(burn) for level in levels for burn in level.burn_rates)


def _scope(condition: ReviewedCondition) -> Scope | None:
    found = scopes(condition.query)[:1]
    return found[0] if found and found[0].is_plain and len(found[0].query.select) == 1 else None


def _too_small(measure: Measure | None, value: float, asked_for: frozenset[float]) -> tuple[str, str] | None:
    if measure is not Measure.PERCENT or not 0 < abs(value) < _ONE_PERCENT or value in asked_for:
        return None
    message = f"The query gives percent, and the threshold {value:g} is one in {100 / abs(value):,.0f}."
    return message, f"Was {value * 100:g} meant? If {value:g} % is meant, silence this with the reason."


def _out_of_scale(value: float, peers: frozenset[float], measure: Measure | None) -> tuple[str, str] | None:
    if measure is None or measure is Measure.ONE:
        return None
    for factor in _FACTORS:
        if value and any(abs(peer - value * factor) <= 1e-9 * abs(peer) for peer in peers):
            size = f"{factor:,.0f} times larger" if factor > 1 else f"{1 / factor:,.0f} times smaller"
            message = f"The threshold {value:g} is compared with {measure}; others on the same value are {size}."
            return message, f"Was {value * factor:g} meant? If not, silence this with the reason."
    return None


def _peers(review: Review, asked_for: frozenset[float]) -> Mapping[frozenset[str], frozenset[float]]:
    """Return the thresholds on every value, those of dashboards too, by what the value is taken of.

    A percentage that is too small is no peer: it is told itself, and must not speak against those that are right.
    """
    found: defaultdict[frozenset[str], set[float]] = defaultdict(set)
    for scope, figures in _figures(review):
        measure = selected(scope)[0][1].measure
        found[_watched(scope)].update(one for one in figures if _too_small(measure, one, asked_for) is None)
    return defaultdict(frozenset, {watched: frozenset(values) for watched, values in found.items()})


def _figures(review: Review) -> Iterator[tuple[Scope, Iterable[float]]]:
    """Yield each query with what its values are compared with."""
    for condition in review.conditions:
        scope = _scope(condition)
        if scope is not None and condition.spec.baseline is None:
            yield scope, [term.value for term in condition.spec.thresholds]
    for widget in review.widgets:
        for query in widget.queries:
            yield from ((scope, shown(widget.spec)) for scope in scopes(query)[:1] if scope.is_plain)


def _watched(scope: Scope) -> frozenset[str]:
    """Return what the values are taken of: sources, metrics and attributes in SELECT, and how SELECT is built."""
    measured = {name.text for name in scope.names if name.within is not None or name.filters is not None}
    return frozenset({*measured, *(call.function for call in scope.calls), *(one.name for one in scope.sources)})


CHECK = Check(
    code="catalogue/threshold-scale",
    level=Level.WARNING,
    summary="A threshold looks as if it were meant in another unit.",
    run=_run,
)
