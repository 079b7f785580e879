"""dashboard/unused-variable: every variable changes what some widget shows."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages

from monitors.rules.dashboard.unused_variable import CHECK


def test_a_variable_that_no_query_uses_is_found() -> None:
    (found,) = findings(CHECK, build.dashboard(variables=(build.variable(name="model"),)))
    assert found.message == "No query of the dashboard uses {{model}}: choosing it changes nothing."
    assert found.subject.key == "dashboard/errors/variable/model"


def test_a_variable_that_a_widget_or_another_variable_uses_is_fine() -> None:
    query = "FROM SkillExecution SELECT uniques(skillId) WHERE model IN ({{ model }})"
    skills = build.variable(name="skill", options=(), query=query)
    widget = build.billboard(queries=("FROM SkillExecution SELECT count(*) WHERE skillId IN ({{skill}})",))
    dashboard = build.dashboard(
        variables=(build.variable(name="model"), skills), pages=(build.page(widgets=(widget,)),)
    )
    assert messages(CHECK, dashboard) == []
