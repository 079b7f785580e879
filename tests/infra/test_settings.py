"""Settings are read whole, or refused with everything that is wrong and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

import pulumi
import pytest
from stack_mocks import SECRET, recorded

from infra.recording import record
from infra.settings import (
    PAGERDUTY_USER_IDS,
    RENDER_OWNER_ID,
    SCHEDULE_RESOURCE,
    Settings,
    SettingsError,
    read_settings,
)
from monitors.spec import Setting, SettingKind

EMAILS = Setting(name="alertEmails", kind=SettingKind.EMAILS, meaning="Who gets alerts that can wait.")
API_KEY = Setting(name="anthropicApiKey", kind=SettingKind.TEXT, meaning="The key for the Claude API.", secret=True)
STREAM = Setting(name="logStreamEndpoint", kind=SettingKind.HOST_PORT, meaning="Where the logs are sent to.")
USERS = ("sre-a", "sre-b")
SECRETS = ("newrelic:apiKey", "pagerduty:token", "render:apiKey", "legal-platform:anthropicApiKey")
CLEAR_TEXT = "sk-ant-clear-text"
RIGHT = {
    "newrelic:accountId": "1234567",
    "newrelic:region": "EU",
    "newrelic:apiKey": "NRAK-1",
    "pagerduty:token": "token",
    "render:apiKey": "rnd_1",
    "legal-platform:runbookBaseUrl": "https://runbooks.example",
    "legal-platform:renderOwnerId": "tea-abc123",
    "legal-platform:pagerDutyUserIds": json.dumps({"sre-a": "PXPGF42", "sre-b": "PXPGF43"}),
    "legal-platform:scheduleResource": "schedule",
    "legal-platform:alertEmails": "a@example.com, b@example.com",
    "legal-platform:anthropicApiKey": CLEAR_TEXT,
}


def read(
    config: Mapping[str, str], secret_keys: Collection[str] = SECRETS, elsewhere: Collection[Setting] = ()
) -> Settings:
    found: list[Settings] = []

    def program() -> None:
        found.append(read_settings("staging", (EMAILS, API_KEY), USERS, elsewhere))

    record(program, config=config, secret_keys=secret_keys)
    return found[0]


def refused(changed: Mapping[str, str | None], secret_keys: Collection[str] = SECRETS) -> str:
    """What is said of the right settings with some changed; None leaves one out."""
    config = {name: value for name, value in {**RIGHT, **changed}.items() if value is not None}
    with pytest.raises(SettingsError) as caught:
        read(config, secret_keys)
    return str(caught.value)


def test_right_settings_are_read_with_the_account_of_new_relic() -> None:
    settings = read(RIGHT)
    assert (settings.account_id, settings.region) == ("1234567", "EU")
    assert settings.text(RENDER_OWNER_ID) == "tea-abc123"
    assert settings.text(SCHEDULE_RESOURCE) == "schedule"


def test_a_list_is_split_at_commas_without_the_spaces() -> None:
    assert read(RIGHT).texts(EMAILS) == ("a@example.com", "b@example.com")


def test_ids_are_read_by_the_users_key() -> None:
    assert read(RIGHT).ids(PAGERDUTY_USER_IDS) == {"sre-a": "PXPGF42", "sre-b": "PXPGF43"}


def test_a_secret_setting_stays_a_pulumi_secret() -> None:
    settings = read(RIGHT)
    exports = recorded(lambda: pulumi.export("key", settings.secret(API_KEY))).exports
    assert exports == {"key": SECRET}


def test_a_secret_setting_is_not_read_in_clear() -> None:
    with pytest.raises(ValueError, match=r"^setting anthropicApiKey is secret; read it with secret\(\)"):
        read(RIGHT).text(API_KEY)


def test_a_plain_setting_is_not_read_as_a_secret() -> None:
    with pytest.raises(ValueError, match=r"^setting alertEmails is not declared secret"):
        read(RIGHT).secret(EMAILS)


def test_the_error_is_one_that_pulumi_shows_without_a_traceback() -> None:
    assert issubclass(SettingsError, pulumi.RunError)


@pytest.mark.parametrize("value", [None, "", "REPLACE_ME"])
def test_an_unset_setting_is_named_with_its_meaning_and_the_command_that_sets_it(value: str | None) -> None:
    assert refused({"legal-platform:alertEmails": value}) == (
        "stack staging: 1 setting to mend, then run it again.\n"
        "  legal-platform:alertEmails is not set. Who gets alerts that can wait.\n"
        "      pulumi config set --stack staging legal-platform:alertEmails '<addresses>'"
    )


def test_the_command_for_a_secret_asks_for_it_so_that_no_shell_remembers_it() -> None:
    told = refused({"newrelic:apiKey": None})
    assert told.endswith("pulumi config set --stack staging --secret newrelic:apiKey")


def test_a_malformed_value_is_quoted_with_what_is_needed() -> None:
    told = refused({"legal-platform:renderOwnerId": "my workspace"})
    assert "  legal-platform:renderOwnerId is 'my workspace'; a workspace id, such as tea-abc123" in told


def test_a_wrong_choice_is_told_the_choices() -> None:
    told = refused({"newrelic:region": "Europe"})
    assert "newrelic:region is 'Europe'; use US or EU.\n" in told
    assert told.endswith("pulumi config set --stack staging newrelic:region '<US | EU>'")


def test_an_unknown_setting_is_named_with_the_one_that_was_meant() -> None:
    told = refused({"legal-platform:alertEmail": "a@example.com"})
    assert "  legal-platform:alertEmail is no setting; did you mean legal-platform:alertEmails?\n" in told
    assert told.endswith("pulumi config rm --stack staging legal-platform:alertEmail")


def test_a_setting_that_only_another_stack_reads_may_stand_in_the_file_unset() -> None:
    assert read({**RIGHT, "legal-platform:logStreamEndpoint": "REPLACE_ME"}, elsewhere=[STREAM])


def test_a_provider_may_have_settings_of_its_own() -> None:
    assert read({**RIGHT, "pagerduty:serviceRegion": "eu"})


def test_a_secret_in_clear_is_refused_without_showing_it() -> None:
    told = refused({}, secret_keys=SECRETS[:-1])
    assert "legal-platform:anthropicApiKey stands in the stack file in clear. Replace it at its vendor" in told
    assert CLEAR_TEXT not in told


def test_an_encrypted_setting_that_would_be_shown_is_refused_without_showing_it() -> None:
    told = refused({}, secret_keys=[*SECRETS, "legal-platform:alertEmails"])
    assert "legal-platform:alertEmails is encrypted, and it is no secret" in told
    assert told.endswith("legal-platform:alertEmails '<addresses>' --plaintext")
    assert "a@example.com" not in told


def test_a_user_without_an_id_is_named_with_a_command_for_this_user() -> None:
    told = refused({"legal-platform:pagerDutyUserIds": json.dumps({"sre-a": "PXPGF42"})})
    assert "legal-platform:pagerDutyUserIds.sre-b is not set." in told
    assert told.endswith(
        "pulumi config set --stack staging --path 'legal-platform:pagerDutyUserIds.sre-b' '<PagerDuty id>'"
    )


def test_an_id_of_nobody_is_refused_with_those_who_are_known() -> None:
    ids = {"sre-a": "PXPGF42", "sre-b": "PXPGF43", "sre-z": "PXPGF44"}
    told = refused({"legal-platform:pagerDutyUserIds": json.dumps(ids)})
    assert "pagerDutyUserIds.sre-z is nobody's key in the specs; known are sre-a, sre-b." in told


def test_a_malformed_id_is_refused_at_its_user() -> None:
    told = refused({"legal-platform:pagerDutyUserIds": json.dumps({"sre-a": "someone", "sre-b": "PXPGF43"})})
    assert "pagerDutyUserIds.sre-a is 'someone'; a PagerDuty id, such as PXPGF42" in told


@pytest.mark.parametrize("value", ["PXPGF42", "[1]", "{"])
def test_ids_that_are_no_object_leave_every_user_without_one(value: str) -> None:
    told = refused({"legal-platform:pagerDutyUserIds": value})
    assert told.startswith("stack staging: 2 settings to mend")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read({})
    told = str(caught.value)
    assert told.startswith("stack staging: 12 settings to mend, then run it again.\n")
    assert all(f"  {name}" in told for name in RIGHT)
