"""The settings a stack has in the sandbox: the committed ones, with the account's own in the place of a real account's.

The committed stack file is only read. What Pulumi is given instead is generated into the sandbox's folder; secrets are
made up once, encrypted by Pulumi itself, and kept as long as the sandbox is.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from infra.setting_values import example_user_ids
from infra.settings import INFRA_SETTINGS, PROVIDER_SECRETS
from lookout.errors import CouldNotRun
from lookout.stack.places import CHECKOUT, PROJECT, Places
from lookout.stack.pulumi_cli import Pulumi
from monitors.spec import Setting, SettingKind, Stack
from sandbox.lifecycle import Sandbox
from sandbox.render.api import OWNER_ID

ACCOUNT_ID = "1000001"
# Of the Slack destination that the account is given as if made by hand.
SLACK_DESTINATION_ID = str(uuid.uuid5(uuid.NAMESPACE_DNS, "slack.legal-platform.example"))
# Names that RFC 2606 keeps for examples: nothing in the sandbox can reach anybody's real address.
_EXAMPLES: Mapping[SettingKind, str] = {
    SettingKind.TEXT: "sandbox",
    SettingKind.URL: "https://legal-platform.example",
    SettingKind.HOST_PORT: "newrelic.syslog.nr-data.net:6514",
    SettingKind.EMAILS: "on-call@legal-platform.example",
    SettingKind.NUMBER_ID: ACCOUNT_ID,
    SettingKind.UUID: SLACK_DESTINATION_ID,
    SettingKind.PAGERDUTY_ID: "PSANDBX",
    SettingKind.SLACK_CHANNEL: "C0SANDBOX0",
    SettingKind.RENDER_OWNER: OWNER_ID,
    SettingKind.IMAGE: "docker.io/legal-platform/sandbox:latest",
}


def people(stack: Stack) -> list[dict[str, str]]:
    """Return the users of a stack's response as PagerDuty would know them."""
    ids = example_user_ids(stack)
    return [
        {"id": ids[user.key], "name": user.role, "email": f"{user.key}@legal-platform.example"}
        for user in stack.response.users
    ]


def write_settings(stack: Stack, places: Places, sandbox: Sandbox, pulumi: Pulumi) -> Path:
    """Bring the generated stack file up to date and return its path; secrets it already holds are kept.

    Raises `CouldNotRun` when the committed file cannot be read.
    """
    path = places.settings_file(stack.name)
    current = _read(path) if path.exists() else {}
    plain = {**_committed(stack.name), **_account_settings(stack, sandbox)}
    wanted = [f"{PROJECT}:{setting.name}" for setting in stack.settings if setting.secret] + [*PROVIDER_SECRETS]
    held = {name: value for name, value in current.get("config", {}).items() if _is_encrypted(value)}
    kept = {name: held[name] for name in wanted if name in held}
    document = {**current, "config": dict(sorted({**plain, **kept}.items()))}
    if document != current:
        path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    missing = [name for name in wanted if name not in kept]
    if missing:
        _add_secrets(stack.name, missing, sandbox, pulumi)
    return path


def _add_secrets(stack: str, names: Sequence[str], sandbox: Sandbox, pulumi: Pulumi) -> None:
    # Render's provider speaks to the sandbox with this key; the other secrets open nothing at all.
    made = {name: sandbox.token if name == "render:apiKey" else secrets.token_hex(16) for name in names}
    pairs = [part for name, value in made.items() for part in ("--secret", f"{name}={value}")]
    pulumi.read(["config", "set-all", "--stack", stack, *pairs])


def _account_settings(stack: Stack, sandbox: Sandbox) -> dict[str, Any]:
    own = [setting for setting in (*stack.settings, *INFRA_SETTINGS) if not setting.secret]
    values = {f"{PROJECT}:{setting.name}": _example(setting) for setting in own if setting.kind in _EXAMPLES}
    return {
        **values,
        f"{PROJECT}:pagerDutyUserIds": example_user_ids(stack),
        f"{PROJECT}:runbookBaseUrl": f"{sandbox.url}/runbooks",
        "newrelic:accountId": ACCOUNT_ID,
        "newrelic:region": "US",
    }


def _example(setting: Setting) -> str:
    return _EXAMPLES[setting.kind]


def _committed(stack: str) -> dict[str, Any]:
    """Return the committed stack file's settings, without what is encrypted for another passphrase."""
    path = CHECKOUT / f"Pulumi.{stack}.yaml"
    try:
        config = _read(path).get("config") or {}
    except OSError as error:
        raise CouldNotRun(
            f"{path.name} cannot be read ({error.strerror}).", f"Bring it back: `git checkout {path.name}`."
        ) from error
    return {name: value for name, value in config.items() if not _is_encrypted(value)}


def _read(path: Path) -> dict[str, Any]:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        place = " ".join(str(error).split())
        raise CouldNotRun(f"{path} is not readable as YAML: {place}", "Mend that line, and run it again.") from error
    if not isinstance(document, dict) or not isinstance(document.get("config") or {}, dict):
        raise CouldNotRun(f"{path} is no stack file: it has no map `config:`.", "Mend it, and run it again.")
    return document


def _is_encrypted(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"secure"}
