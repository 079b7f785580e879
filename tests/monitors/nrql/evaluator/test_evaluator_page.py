"""The page about the evaluator says what the evaluator does."""

from __future__ import annotations

import re
from pathlib import Path

from monitors.nrql.evaluator.aggregate_table import EVALUATED, REFUSED
from monitors.nrql.evaluator.row_functions import REFUSED_ROW_FUNCTIONS, ROW_FUNCTIONS
from monitors.nrql.evaluator.support import functions_table
from monitors.nrql.functions import FUNCTIONS

PAGE = Path(__file__).parents[4] / "docs" / "evaluator.md"


def test_the_table_of_functions_is_the_evaluators_own() -> None:
    found = re.search(r"<!-- functions: begin -->\n(.*)\n<!-- functions: end -->", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    assert found[1] == functions_table(), "put what functions_table() gives between the marks"


def test_every_function_of_the_language_is_evaluated_or_refused_with_a_reason() -> None:
    known = {*EVALUATED, *ROW_FUNCTIONS, *REFUSED, *REFUSED_ROW_FUNCTIONS}
    assert known == set(FUNCTIONS)


def test_no_function_is_both_evaluated_and_refused() -> None:
    assert not {*EVALUATED, *ROW_FUNCTIONS} & {*REFUSED, *REFUSED_ROW_FUNCTIONS}
