"""Settings: camelCase names, choices that belong to a choice."""

from __future__ import annotations

import pytest
from spec_builders import setting
from spec_refusals import Builder, case, refusal

from monitors.spec import SettingKind

REFUSED = (
    case(
        setting,
        "setting \"Api Token\": field name is 'Api Token': string should match pattern "
        "'^[a-z][A-Za-z0-9]*$'. Write it in camelCase, such as alertEmails.",
        name="Api Token",
    ),
    case(
        setting,
        "setting \"apiToken\": field meaning is 'short': string should have at least 10 characters. Write "
        "a sentence that a person at 3 am understands.",
        meaning="short",
    ),
    case(
        setting,
        "setting \"apiToken\": field kind is 'text': input should be an instance of SettingKind. "
        "Did you mean SettingKind.TEXT? Use one of SettingKind.TEXT, SettingKind.URL, "
        "SettingKind.HOST_PORT, SettingKind.EMAILS, SettingKind.NUMBER_ID, SettingKind.UUID, "
        "SettingKind.PAGERDUTY_ID, SettingKind.PAGERDUTY_IDS, SettingKind.SLACK_CHANNEL, "
        "SettingKind.RENDER_OWNER, SettingKind.IMAGE, SettingKind.CHOICE.",
        kind="text",
    ),
    case(
        setting,
        'setting "apiToken": kind is CHOICE and choices are (): CHOICE alone has choices.',
        kind=SettingKind.CHOICE,
    ),
    case(
        setting,
        "setting \"apiToken\": kind is TEXT and choices are ('a', 'b'): CHOICE alone has choices.",
        choices=("a", "b"),
    ),
    case(
        setting,
        "setting \"apiToken\": field choices is ('a', 'a'): the same a is given more than once. Give each once.",
        kind=SettingKind.CHOICE,
        choices=("a", "a"),
    ),
    case(
        setting,
        "setting \"apiToken\": field choices.1 is ' ': it is blank. Give each once.",
        kind=SettingKind.CHOICE,
        choices=("a", " "),
    ),
)


@pytest.mark.parametrize(("build", "changes", "message"), REFUSED)
def test_it_is_refused_with_its_field_its_value_and_what_to_write_instead(
    build: Builder, changes: dict[str, object], message: str
) -> None:
    assert refusal(build, **changes) == message
