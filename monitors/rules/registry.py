"""Every check, by hand: what is not listed here is not run."""

from __future__ import annotations

from typing import Final

from monitors.rules.check import Check
from monitors.rules.notices import NOTICES, Notice
from monitors.rules.query import (
    aggregation_count,
    arguments,
    average_of_rates,
    compare_with,
    contradiction,
    facet_cardinality,
    facet_count,
    forbidden_function,
    join,
    limit,
    mixed_and_or,
    nested_aggregation,
    order_by,
    predict,
    regex,
    senseless_comparison,
    slide_by,
    subquery,
    syntax,
    tautology,
    template_variable,
    time_range,
    timeseries,
    timeslice_app,
    timeslice_mixed,
    timeslice_percentile,
    undocumented_function,
    wildcard,
)

CHECKS: Final[tuple[Check, ...]] = (
    # Queries of every use, then what a condition's query may not have.
    syntax.CHECK,
    arguments.CHECK,
    regex.CHECK,
    senseless_comparison.CHECK,
    contradiction.CHECK,
    tautology.CHECK,
    mixed_and_or.CHECK,
    wildcard.CHECK,
    facet_count.CHECK,
    timeslice_app.CHECK,
    timeslice_percentile.CHECK,
    timeslice_mixed.CHECK,
    time_range.CHECK,
    timeseries.CHECK,
    compare_with.CHECK,
    slide_by.CHECK,
    limit.CHECK,
    order_by.CHECK,
    predict.CHECK,
    subquery.CHECK,
    join.CHECK,
    nested_aggregation.CHECK,
    aggregation_count.CHECK,
    forbidden_function.CHECK,
    undocumented_function.CHECK,
    template_variable.CHECK,
    facet_cardinality.CHECK,
    average_of_rates.CHECK,
    # Conditions.
    # Dashboards, notifications, response, platform, service levels, catalogue.
)
CODES: Final[tuple[Check | Notice, ...]] = (*CHECKS, *NOTICES)
