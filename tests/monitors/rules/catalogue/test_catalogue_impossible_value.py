"""catalogue/impossible-value: closed sets of values and types of attributes are known."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages, pointed

from monitors.rules.catalogue.impossible_value import CHECK


@pytest.mark.parametrize(
    ("condition", "message", "advice"),
    [
        ("env = 'production'", "no row: env is never 'production'", "It is one of staging, prod."),
        ("outcome != 'ok'", "every row: outcome is never 'ok'", "It is one of success, error, timeout."),
        ("outcome = 'erorr'", "no row: outcome is never 'erorr'", "Did you mean 'error'?"),
        ("'erorr' = outcome", "no row: outcome is never 'erorr'", "Did you mean 'error'?"),
        ("model NOT IN ('gpt')", "every row: model is never 'gpt'", "It is one of haiku, sonnet, opus, grok."),
        ("model LIKE 'gpt%'", "no row: no value of model is like 'gpt%'", "It is one of haiku, sonnet, opus, grok."),
        (
            "executionTime = '5'",
            "no row: executionTime is a number, and '5' is a text",
            "Write the number without quotes.",
        ),
        ("skillId = 5", "no row: skillId is a text, and 5 is a number", "Write '5' in quotes."),
    ],
)
def test_a_value_that_an_attribute_never_has_is_found(condition: str, message: str, advice: str) -> None:
    (found,) = findings(CHECK, build.condition(query=f"FROM SkillExecution SELECT count(*) WHERE {condition}"))
    assert (found.message, found.advice) == (f"This is met by {message}.", advice)


def test_each_wrong_value_of_a_list_is_pointed_at() -> None:
    query = "FROM Metric SELECT sum(`Custom/Cost/TokensUsed`) WHERE tokenKind IN ('input', 'cached', 'all')"
    assert pointed(CHECK, build.condition(query=query)) == ["'cached'", "'all'"]


def test_a_value_within_a_filter_is_held_against_the_filtered_metric() -> None:
    query = "FROM Metric SELECT filter(sum(`Custom/Skills/CacheLookupCount`), WHERE result = 'done')"
    (found,) = findings(CHECK, build.condition(query=query))
    assert found.message == "This is met by no row: result is never 'done'."


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) WHERE outcome LIKE 'time%' AND skillId = 'anything'",
        "FROM SyntheticCheck SELECT count(*) WHERE result = 'FAILED'",
        "FROM SkillAdministration SELECT count(*) WHERE result = 'done'",
        "FROM Transaction SELECT count(*) WHERE httpResponseCode = '500' AND port = '80'",
        "FROM SkillExecution SELECT count(*) WHERE model IN ({{model}})",
    ],
)
def test_a_value_that_the_attribute_has_or_may_have_is_fine(query: str) -> None:
    assert messages(CHECK, build.condition(query=query)) == []
