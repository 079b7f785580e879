"""Every golden case of the evaluator gives what New Relic's documentation says."""

from __future__ import annotations

from typing import Any

import pytest
from evaluator_cases import Case, cases, lines

from monitors.nrql import parse, walk
from monitors.nrql.evaluator import NotEvaluated
from monitors.nrql.evaluator.aggregate_table import EVALUATED, REFUSED
from monitors.nrql.evaluator.row_functions import REFUSED_ROW_FUNCTIONS, ROW_FUNCTIONS
from monitors.nrql.tree import Call

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_a_case_gives_what_it_says(case: Case) -> None:
    if "refused" in case.says:
        with pytest.raises(NotEvaluated) as refusal:
            case.result()
        assert str(refusal.value) == case.says["refused"]
        return
    result = case.result()
    timed = "TIMESERIES" in case.query
    if "expect" in case.says:
        assert _plain(result.single) == _near(case.says["expect"])
    if "lines" in case.says:
        assert [_plain(line) for line in lines(result, timed=timed)] == [_near(line) for line in case.says["lines"]]
    if "compared" in case.says:
        assert result.compared is not None
        assert [_plain(one) for one in lines(result.compared, timed=timed)] == [
            _near(one) for one in case.says["compared"]
        ]
    if "labels" in case.says:
        assert list(result.labels) == case.says["labels"]


def test_every_case_names_its_source_and_says_what_comes_out() -> None:
    for case in CASES:
        assert case.source.strip(), case.name
        assert case.says.keys() & {"expect", "lines", "refused"}, case.name


def test_every_function_that_is_evaluated_or_refused_has_a_case() -> None:
    called = {node.function.lower() for case in CASES for node in walk(parse(case.query)) if isinstance(node, Call)}
    known = {*EVALUATED, *REFUSED, *ROW_FUNCTIONS, *REFUSED_ROW_FUNCTIONS}
    assert known - called == set()


def _plain(value: Any) -> Any:
    return value


def _near(value: Any) -> Any:
    """Return an expected value to which a calculated one need only be near."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return pytest.approx(value, rel=1e-9, abs=1e-9)
    if isinstance(value, list):
        return [_near(one) for one in value]
    return {name: _near(one) for name, one in value.items()}
