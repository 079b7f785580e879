"""What a setting of each kind looks like, how a value is refused, and what to put in its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from monitors.spec import Setting, SettingKind, Stack

UNSET = "REPLACE_ME"
_SHOWN_CHARACTERS = 120
_EMAIL = r"[^\s@,]+@[^\s@,]+\.[^\s@,]+"


@dataclass(frozen=True)
class Form:
    """The pattern a whole value has to match, said in words with an example, and a name for it in a command."""

    pattern: str
    wanted: str
    placeholder: str


FORMS: Mapping[SettingKind, Form] = {
    SettingKind.TEXT: Form(r".*\S.*", "some text", "<text>"),
    # Plain http stays on this machine: the sandbox.
    SettingKind.URL: Form(
        r"https://[^\s/?#]+[^\s]*|http://(localhost|127\.0\.0\.1)(:\d+)?(/[^\s]*)?",
        "an https address, such as https://www.example.com",
        "<https address>",
    ),
    SettingKind.HOST_PORT: Form(
        r"[A-Za-z0-9.-]+:\d{1,5}", "host:port, such as newrelic.syslog.nr-data.net:6514", "<host:port>"
    ),
    SettingKind.EMAILS: Form(
        rf"\s*{_EMAIL}(\s*,\s*{_EMAIL})*\s*", "e-mail addresses separated by commas", "<addresses>"
    ),
    SettingKind.NUMBER_ID: Form(r"[1-9]\d*", "a whole number, such as 1234567", "<number>"),
    SettingKind.UUID: Form(
        r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        "a UUID, such as 6fa459ea-ee8a-3ca4-894e-db77e160355e",
        "<UUID>",
    ),
    SettingKind.PAGERDUTY_ID: Form(
        r"[A-Z0-9]{7,14}", "a PagerDuty id, such as PXPGF42: the end of the user's address there", "<PagerDuty id>"
    ),
    SettingKind.SLACK_CHANNEL: Form(
        r"[CG][A-Z0-9]{8,}", "a Slack channel's id, such as C0123ABCDEF: it stands below the channel's details", "<id>"
    ),
    SettingKind.RENDER_OWNER: Form(
        r"(tea|usr)-[a-z0-9]+", "a workspace id, such as tea-abc123: it is in the address of Render's dashboard", "<id>"
    ),
    SettingKind.IMAGE: Form(
        r"[a-z0-9][a-z0-9._/:-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|@sha256:[0-9a-f]{64})",
        "an image with its tag or digest, such as ghcr.io/company/web:1.4.2",
        "<image:tag>",
    ),
}


def placeholder(setting: Setting) -> str:
    """Return what stands for the value in a command: the kind of value, or the choices."""
    return f"<{' | '.join(setting.choices)}>" if setting.choices else FORMS[setting.kind].placeholder


def example_user_ids(stack: Stack) -> dict[str, str]:
    """Return a well-formed PagerDuty id for every user of a stack, by key, the same on every machine."""
    return {user.key: f"P{hashlib.sha256(user.key.encode()).hexdigest()[:6].upper()}" for user in stack.response.users}


def refusal(setting: Setting, value: str) -> str | None:
    """Return what is wrong with a value in words that follow its name, None for a right one; a secret is not shown."""
    if setting.choices:
        return None if value in setting.choices else f"is {_shown(setting, value)}; use {' or '.join(setting.choices)}"
    form = FORMS[setting.kind]
    if re.fullmatch(form.pattern, value, re.DOTALL):
        return None
    return f"is {_shown(setting, value)}; {form.wanted} is needed"


def _shown(setting: Setting, value: str) -> str:
    if setting.secret:
        return "not well formed"
    return repr(value) if len(value) <= _SHOWN_CHARACTERS else f"{value[:_SHOWN_CHARACTERS]!r}..."
