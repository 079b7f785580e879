"""Reads the settings of a stack: the only place that knows Pulumi's configuration."""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pulumi
from pulumi.runtime import config as runtime_config

from infra.setting_values import UNSET, placeholder, refusal
from monitors.spec import Setting, SettingKind

PROJECT: Final = "legal-platform"

RUNBOOK_BASE_URL: Final = Setting(
    name="runbookBaseUrl",
    kind=SettingKind.URL,
    meaning="Where on-call reads the folder runbooks/ in a browser; alerts link to sections below it.",
)
RENDER_OWNER_ID: Final = Setting(
    name="renderOwnerId", kind=SettingKind.RENDER_OWNER, meaning="The Render workspace that everything is made in."
)
PAGERDUTY_USER_IDS: Final = Setting(
    name="pagerDutyUserIds",
    kind=SettingKind.PAGERDUTY_IDS,
    meaning="The PagerDuty id of everybody who can be on call, by the user's key in the specs.",
)
SCHEDULE_RESOURCE: Final = Setting(
    name="scheduleResource",
    kind=SettingKind.CHOICE,
    choices=("schedule", "schedulev2"),
    meaning="Which kind of PagerDuty schedule is made: shift-based ones, or the older kind that is deprecated.",
)
INFRA_SETTINGS: Final = (RUNBOOK_BASE_URL, RENDER_OWNER_ID, PAGERDUTY_USER_IDS, SCHEDULE_RESOURCE)

_ACCOUNT_ID: Final = Setting(
    name="accountId", kind=SettingKind.NUMBER_ID, meaning="The New Relic account that everything is made in."
)
_REGION: Final = Setting(
    name="region",
    kind=SettingKind.CHOICE,
    choices=("US", "EU"),
    meaning="The data centre of the New Relic account.",
)
_NEW_RELIC_KEY: Final = Setting(
    name="apiKey", kind=SettingKind.TEXT, secret=True, meaning="A New Relic user key, of the kind NRAK."
)
_PAGERDUTY_TOKEN: Final = Setting(
    name="token", kind=SettingKind.TEXT, secret=True, meaning="A PagerDuty REST API key that may write."
)
_RENDER_KEY: Final = Setting(name="apiKey", kind=SettingKind.TEXT, secret=True, meaning="A Render API key.")


@dataclass(frozen=True)
class _Key:
    """A setting under its full name in the stack file: the project's, or a provider's."""

    namespace: str
    setting: Setting

    def __str__(self) -> str:
        return f"{self.namespace}:{self.setting.name}"


_PROVIDER_KEYS: Final = (
    _Key("newrelic", _ACCOUNT_ID),
    _Key("newrelic", _REGION),
    _Key("newrelic", _NEW_RELIC_KEY),
    _Key("pagerduty", _PAGERDUTY_TOKEN),
    _Key("render", _RENDER_KEY),
)
PROVIDER_SECRETS: Final = tuple(str(key) for key in _PROVIDER_KEYS if key.setting.secret)


class SettingsError(pulumi.RunError):
    """Settings are missing, unknown or malformed; the message lists every one with the command that mends it."""


@dataclass(frozen=True)
class Settings:
    """The values of a stack, all of them checked; see `infra.context.SettingsReader`."""

    account_id: str
    region: str
    _values: Mapping[str, str]

    def text(self, setting: Setting) -> str:
        """Return a setting that is no secret. Raises `ValueError` for a secret one."""
        if setting.secret:
            raise ValueError(f"setting {setting.name} is secret; read it with secret(), so that it stays one")
        return self._values[setting.name]

    def texts(self, setting: Setting) -> tuple[str, ...]:
        """Return a setting that is a list separated by commas."""
        return tuple(part.strip() for part in self.text(setting).split(","))

    def ids(self, setting: Setting) -> Mapping[str, str]:
        """Return a setting that is ids by key."""
        found: dict[str, str] = json.loads(self.text(setting))
        return found

    def secret(self, setting: Setting) -> pulumi.Output[str]:
        """Return a secret setting, marked as a Pulumi secret. Raises `ValueError` for one that is none."""
        if not setting.secret:
            raise ValueError(f"setting {setting.name} is not declared secret; read it with text()")
        return pulumi.Output.secret(self._values[setting.name])


def read_settings(
    stack: str, needed: Iterable[Setting], users: Collection[str], elsewhere: Iterable[Setting] = ()
) -> Settings:
    """Return the settings of a stack; `needed` are those of its specs, `users` the keys of all who can be on call.

    `elsewhere` are settings of other stacks: they may stand here too, set or not, so that stack files can be compared.
    Raises `SettingsError`, which names everything that is wrong at once and never shows a secret.
    """
    given = {**pulumi.runtime.get_config_env(), **runtime_config.CONFIG.get()}
    keys = [*(_Key(PROJECT, setting) for setting in (*needed, *INFRA_SETTINGS)), *_PROVIDER_KEYS]
    faults = [*_unknown(stack, [*keys, *(_Key(PROJECT, setting) for setting in elsewhere)], given)]
    for key in sorted(keys, key=str):
        faults.extend(_faults(stack, key, given.get(str(key)), users))
    if faults:
        what = "1 setting" if len(faults) == 1 else f"{len(faults)} settings"
        raise SettingsError("\n".join([f"stack {stack}: {what} to mend, then run it again.", *faults]))
    values = {key.setting.name: given[str(key)] for key in keys if key.namespace == PROJECT}
    return Settings(given["newrelic:accountId"], given["newrelic:region"], values)


def _unknown(stack: str, keys: Iterable[_Key], given: Mapping[str, str]) -> Iterator[str]:
    known = sorted({str(key) for key in keys})
    for name in sorted(given):
        # The providers refuse unknown keys of their own.
        if name.startswith(f"{PROJECT}:") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            meant = f"did you mean {near[0]}?" if near else "nothing reads it."
            yield _fault(name, f"is no setting; {meant}", f"pulumi config rm --stack {stack} {name}")


def _faults(stack: str, key: _Key, value: str | None, users: Collection[str]) -> Iterator[str]:
    setting = key.setting
    if setting.kind is SettingKind.PAGERDUTY_IDS:
        yield from _faults_of_ids(stack, key, value, users)
        return
    mend = _set(stack, setting, str(key))
    is_encrypted = runtime_config.is_config_secret(str(key))
    if value is None or value.strip() in ("", UNSET):
        yield _fault(key, f"is not set. {setting.meaning}", mend)
    elif setting.secret and not is_encrypted:
        yield _fault(key, "stands in the stack file in clear. Replace it at its vendor, then set the new one:", mend)
    elif is_encrypted and not setting.secret:
        what = "is encrypted, and it is no secret: it would be in names, links and the state in clear."
        yield _fault(key, what, f"{mend} --plaintext")
    elif wrong := refusal(setting, value):
        yield _fault(key, f"{wrong}.", mend)


def _faults_of_ids(stack: str, key: _Key, value: str | None, users: Collection[str]) -> Iterator[str]:
    ids = _ids(value)
    for user in sorted(users):
        one = _user_id(user)
        name = f"{key}.{user}"
        mend = _set(stack, one, f"'{name}'", "--path ")
        found = ids.get(user, UNSET)
        if found == UNSET:
            yield _fault(name, f"is not set. {one.meaning}", mend)
        elif wrong := refusal(one, str(found)):
            yield _fault(name, f"{wrong}.", mend)
    for user in sorted(set(ids) - set(users)):
        known = ", ".join(sorted(users))
        mend = f"pulumi config rm --stack {stack} --path '{key}.{user}'"
        yield _fault(f"{key}.{user}", f"is nobody's key in the specs; known are {known}.", mend)


def _user_id(user: str) -> Setting:
    return Setting(name="pagerDutyUserId", kind=SettingKind.PAGERDUTY_ID, meaning=f"The PagerDuty id of {user}.")


def _ids(value: str | None) -> Mapping[str, Any]:
    """Return what the setting holds, nothing where it holds no object: then every user is missing."""
    try:
        found = json.loads(value or "{}")
    except json.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _set(stack: str, setting: Setting, name: str, option: str = "") -> str:
    # Without a value on the command line Pulumi asks for a secret, which so reaches no shell history.
    value = "" if setting.secret else f" '{placeholder(setting)}'"
    return f"pulumi config set --stack {stack} {'--secret ' if setting.secret else option}{name}{value}"


def _fault(name: object, what: str, command: str) -> str:
    return f"  {name} {what}\n      {command}"
