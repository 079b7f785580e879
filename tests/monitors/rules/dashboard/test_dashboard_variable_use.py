"""dashboard/variable-use: a query holds whatever somebody chooses."""

from __future__ import annotations

from typing import Any

import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.dashboard.variable_use import CHECK


def dashboard(where: str, **variable: Any) -> spec.Dashboard:
    query = f"FROM SkillExecution SELECT count(*) WHERE {where}"
    widget = build.billboard(queries=(query,))
    return build.dashboard(
        variables=(build.variable(name="model", **variable),), pages=(build.page(widgets=(widget,)),)
    )


def test_several_values_after_an_equals_sign_are_found() -> None:
    (found,) = findings(CHECK, dashboard("model = {{model}}", multiple=True))
    assert found.message == "{{model}} can hold several values, and = takes one."
    assert found.advice == "Write ... IN ({{model}}), or set multiple=False."


def test_quotes_around_a_variable_that_is_quoted_already_are_found() -> None:
    (message,) = messages(CHECK, dashboard("model = '{{model}}'"))
    assert message == "{{model}} stands in quotes, and New Relic sets quotes around it as well."


def test_what_holds_any_choice_is_fine() -> None:
    assert messages(CHECK, dashboard("model IN ({{model}})", multiple=True)) == []
    assert messages(CHECK, dashboard("model = {{model}}")) == []
    assert messages(CHECK, dashboard("model = '{{model}}'", replacement="identifier")) == []
