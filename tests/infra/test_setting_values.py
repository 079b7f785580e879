"""Every kind of setting takes what its vendor gives and refuses what it does not."""

from __future__ import annotations

import pytest

from infra.setting_values import FORMS, placeholder, refusal
from monitors.spec import Setting, SettingKind

DIGEST = "sha256:" + "0f" * 32
TAKEN = [
    (SettingKind.TEXT, "anything"),
    (SettingKind.URL, "https://www.example.com/a?b=c#d"),
    (SettingKind.URL, "http://127.0.0.1:8123/runbooks"),
    (SettingKind.HOST_PORT, "newrelic.syslog.nr-data.net:6514"),
    (SettingKind.EMAILS, "a@example.com"),
    (SettingKind.EMAILS, "a@example.com , b@example.co.uk"),
    (SettingKind.NUMBER_ID, "1234567"),
    (SettingKind.UUID, "6fa459ea-ee8a-3ca4-894e-db77e160355e"),
    (SettingKind.PAGERDUTY_ID, "PXPGF42"),
    (SettingKind.PAGERDUTY_ID, "Q02JTSNZWHSEKV"),
    (SettingKind.SLACK_CHANNEL, "C0123ABCDEF"),
    (SettingKind.RENDER_OWNER, "tea-abc123"),
    (SettingKind.IMAGE, "ghcr.io/company/web:1.4.2"),
    (SettingKind.IMAGE, "registry.example:5000/web:main"),
    (SettingKind.IMAGE, f"ghcr.io/company/web@{DIGEST}"),
]
REFUSED = [
    (SettingKind.TEXT, " \n"),
    (SettingKind.URL, "http://www.example.com"),
    (SettingKind.URL, "http://localhost.example.com"),
    (SettingKind.URL, "www.example.com"),
    (SettingKind.HOST_PORT, "https://newrelic.syslog.nr-data.net:6514"),
    (SettingKind.HOST_PORT, "newrelic.syslog.nr-data.net"),
    (SettingKind.EMAILS, "a@example.com b@example.com"),
    (SettingKind.EMAILS, "on-call"),
    (SettingKind.NUMBER_ID, "12a"),
    (SettingKind.UUID, "6fa459ea"),
    (SettingKind.PAGERDUTY_ID, "someone@example.com"),
    (SettingKind.SLACK_CHANNEL, "#alerts"),
    (SettingKind.RENDER_OWNER, "srv-abc123"),
    (SettingKind.IMAGE, "ghcr.io/company/web"),
    (SettingKind.IMAGE, f"ghcr.io/company/web@{DIGEST[:-1]}"),
]


def setting(kind: SettingKind, *, secret: bool = False, choices: tuple[str, ...] = ()) -> Setting:
    return Setting(name="example", kind=kind, meaning="A setting of this test.", secret=secret, choices=choices)


@pytest.mark.parametrize(("kind", "value"), TAKEN)
def test_what_the_vendor_gives_is_taken(kind: SettingKind, value: str) -> None:
    assert refusal(setting(kind), value) is None


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_what_is_not_of_the_kind_is_refused_with_the_value_and_what_is_needed(kind: SettingKind, value: str) -> None:
    assert refusal(setting(kind), value) == f"is {value!r}; {FORMS[kind].wanted} is needed"


def test_every_kind_is_taken_and_refused_in_these_tests() -> None:
    untested = set(SettingKind) - {SettingKind.CHOICE, SettingKind.PAGERDUTY_IDS}
    assert {kind for kind, _ in TAKEN} == {kind for kind, _ in REFUSED} == untested == set(FORMS)


def test_a_long_value_is_cut() -> None:
    told = refusal(setting(SettingKind.NUMBER_ID), "x" * 500)
    assert told is not None
    assert f"{'x' * 120}'..." in told
    assert "x" * 121 not in told


def test_a_secret_value_is_never_shown() -> None:
    told = refusal(setting(SettingKind.UUID, secret=True), "seeded-secret")
    assert told is not None
    assert told.startswith("is not well formed; a UUID")


def test_a_choice_is_refused_with_the_choices() -> None:
    told = refusal(setting(SettingKind.CHOICE, choices=("US", "EU")), "us")
    assert told == "is 'us'; use US or EU"


def test_a_command_shows_the_choices_where_the_value_goes() -> None:
    assert placeholder(setting(SettingKind.CHOICE, choices=("US", "EU"))) == "<US | EU>"
