"""No check breaks down, whatever query it is given: as a condition's, in a chart, in a billboard."""

from __future__ import annotations

from random import Random

import pytest
import spec_builders as build
from check_cases import stack_of
from hypothesis import given, settings
from hypothesis import strategies as st
from nrql_trees import NAMES, Trees

from monitors.nrql import to_text
from monitors.rules.registry import CHECKS
from monitors.rules.review import Review
from monitors.spec import SpecError, Stack
from service.metrics import EVENTS, METRICS

KINDS = ("line", "bar", "pie", "table", "heatmap", "histogram", "funnel", "log_table")
KNOWN = ("Metric", "SyntheticCheck", "Log", *EVENTS, *METRICS, "executionTime", "model", "env", "monitorName", "result")


def stack(query: str, kind: str) -> Stack | None:
    """Return a stack with a query wherever one can stand, None where the vocabulary refuses it."""
    try:
        chart = build.chart(kind=kind, queries=(query,))
        billboard = build.billboard(queries=(query,), critical=5, place=build.place(column=5))
        return stack_of(build.condition(query=query), chart, billboard)
    except SpecError:
        return None


@given(random=st.randoms(use_true_random=False), kind=st.sampled_from(KINDS))
@settings(max_examples=100, deadline=None)
def test_no_check_breaks_down_on_a_random_query(random: Random, kind: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("nrql_trees.NAMES", (*NAMES, *KNOWN))
        query = to_text(Trees(random).statement()).replace("{{", "").replace("}}", "")
    if len(query.strip()) < 10:
        return
    found = stack(query, kind)
    if found is not None:
        review = Review(found)
        for check in CHECKS:
            list(check.run(review))
