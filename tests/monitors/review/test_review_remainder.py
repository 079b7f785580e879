"""What no part of the comparison knows is told field by field, and what may be a secret is not shown."""

from __future__ import annotations

from monitors.review.fields import differences
from monitors.review.remainder import facts
from monitors.spec import EnvironmentGroup, EnvVar, Setting, SettingKind


def group(value: str | Setting, name: str = "shared") -> EnvironmentGroup:
    return EnvironmentGroup(key="shared", name=name, variables=(EnvVar(name="LOG_LEVEL", value=value),))


def test_a_field_that_a_spec_keeps_out_of_print_is_told_without_its_value() -> None:
    (fact,) = facts(group("hush"), group("quiet"))
    assert fact.field == "variables[LOG_LEVEL].value"
    assert fact.text == ("variables[LOG_LEVEL].value is another one; what it is is not shown, as it may be a secret.")


def test_a_setting_in_its_place_is_told_by_name_and_the_text_before_it_is_not_shown() -> None:
    setting = Setting(name="logLevel", kind=SettingKind.TEXT, meaning="How much is logged.")
    (fact,) = facts(group("hush"), group(setting))
    assert "hush" not in fact.text
    other = Setting(name="logDetail", kind=SettingKind.TEXT, meaning="How much is logged.")
    told = " ".join(one.text for one in facts(group(setting), group(other)))
    assert "logLevel" in told
    assert "logDetail" in told


def test_other_fields_are_told_with_both_values() -> None:
    (fact,) = facts(group("info"), group("info", name="other"))
    assert fact.text == "name was shared and is other."


def test_what_is_kept_out_of_print_is_marked_wherever_it_stands() -> None:
    found = list(differences(group("a"), group("b", name="other")))
    assert {one.path: one.is_secretive for one in found} == {"name": False, "variables[LOG_LEVEL].value": True}
