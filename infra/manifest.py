"""Writes down everything each stack provisions, so that a change shows in review before any account is asked.

Run `python -m infra.manifest` to bring infra/manifests/ up to date, with `--check` to find out whether it is.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from infra.program import provision
from infra.recording import Recording, Registration, record
from infra.setting_values import example_user_ids
from infra.settings import INFRA_SETTINGS, PROJECT, PROVIDER_SECRETS
from monitors import catalog
from monitors.spec import Setting, SettingKind, Stack

_MANIFESTS: Final = Path(__file__).resolve().parent / "manifests"
_LINE_CHARACTERS: Final = 120
_HEAD: Final = (
    "# Everything the stack {stack} provisions, with example settings. Generated: run `python -m infra.manifest`.\n"
)
# Documentation's own names and numbers: RFC 2606, and ids that no vendor has given to anybody.
_EXAMPLES: Final[Mapping[SettingKind, str]] = {
    SettingKind.TEXT: "example",
    SettingKind.HOST_PORT: "logs.example:6514",
    SettingKind.EMAILS: "on-call@legal-platform.example",
    SettingKind.NUMBER_ID: "1000001",
    SettingKind.UUID: "00000000-0000-4000-8000-000000000000",
    SettingKind.PAGERDUTY_ID: "PEXAMPLE",
    SettingKind.SLACK_CHANNEL: "C0EXAMPLE",
    SettingKind.RENDER_OWNER: "tea-example",
    SettingKind.IMAGE: "registry.example/legal-platform:example",
}


def example_secret(name: str) -> str:
    """Return the clear text that a secret setting has in a recording; a manifest that holds it has leaked it."""
    return f"clear-text-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def example_settings(stack: Stack) -> tuple[dict[str, str], list[str]]:
    """Return fixed settings for a stack as Pulumi hands them to a program, and the names of the secret ones."""
    users = example_user_ids(stack)
    declared = (*stack.settings, *INFRA_SETTINGS)
    plain = {f"{PROJECT}:{one.name}": _example(one, users) for one in declared if not one.secret}
    secret = [*(f"{PROJECT}:{one.name}" for one in stack.settings if one.secret), *PROVIDER_SECRETS]
    account = {"newrelic:accountId": _EXAMPLES[SettingKind.NUMBER_ID], "newrelic:region": "US"}
    return {**plain, **account, **{name: example_secret(name) for name in secret}}, secret


def recorded(stack_name: str) -> Recording:
    """Register a stack's whole program with example settings, asking nobody."""
    config, secret_keys = example_settings(catalog.stack(stack_name))
    return record(lambda: provision(stack_name), stack=stack_name, config=config, secret_keys=secret_keys)


def manifest(stack_name: str) -> str:
    """Return a stack's manifest: one entry for each resource, ordered by type, name and parent, and the exports."""
    found = recorded(stack_name)
    ordered = sorted(found.registrations, key=lambda one: (one.type, one.name, _parent(one)))
    document = {"resources": [_entry(one) for one in ordered], "exports": _readable(found.exports)}
    body = yaml.dump(document, Dumper=_Dumper, sort_keys=False, width=_LINE_CHARACTERS, allow_unicode=True)
    return _HEAD.format(stack=stack_name) + body


def stale(folder: Path = _MANIFESTS) -> Iterator[str]:
    """Yield the names of the manifests in a folder that are missing or not what the specs give."""
    for name in catalog.STACKS:
        path = folder / f"{name}.yaml"
        if not path.exists() or path.read_text(encoding="utf-8") != manifest(name):
            yield path.name


def write(folder: Path = _MANIFESTS) -> None:
    """Write every stack's manifest into a folder."""
    folder.mkdir(exist_ok=True)
    for name in catalog.STACKS:
        (folder / f"{name}.yaml").write_text(manifest(name), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Write the manifests, or check them; return 0, 1 for stale ones, 2 for wrong arguments."""
    if list(arguments) not in ([], ["--check"]):
        print("usage: python -m infra.manifest [--check]", file=sys.stderr)
        return 2
    if not arguments:
        write()
        return 0
    found = list(stale())
    for name in found:
        print(
            f"infra/manifests/{name} is not what the specs give. Run `python -m infra.manifest`, and read its diff.",
            file=sys.stderr,
        )
    return 1 if found else 0


def _example(setting: Setting, users: Mapping[str, str]) -> str:
    if setting.kind is SettingKind.PAGERDUTY_IDS:
        return json.dumps(users)
    if setting.kind is SettingKind.URL:
        return f"https://{setting.name.lower()}.example"
    return setting.choices[-1] if setting.choices else _EXAMPLES[setting.kind]


def _entry(one: Registration) -> dict[str, Any]:
    entry: dict[str, Any] = {"type": one.type, "name": one.name}
    if one.parent:
        entry["parent"] = _parent(one)
    if one.protect:
        entry["protect"] = True
    if one.ignore_changes:
        entry["ignoreChanges"] = sorted(one.ignore_changes)
    if one.inputs:
        entry["inputs"] = _readable(one.inputs)
    return entry


def _parent(one: Registration) -> str:
    """Return `Type:name` of the parent, as references to it are written: names repeat between types."""
    types = one.urn.split("::")[2].split("$")
    return f"{types[-2].rpartition(':')[2]}:{one.parent}" if one.parent else ""


def _readable(value: Any) -> Any:
    """Sort keys, and open texts that hold JSON, so that a diff shows the field that changed."""
    if isinstance(value, Mapping):
        return {name: _readable(value[name]) for name in sorted(value)}
    if isinstance(value, list | tuple):
        return [_readable(part) for part in value]
    if isinstance(value, str) and value.startswith("{"):
        try:
            return {"json": _readable(json.loads(value))}
        except json.JSONDecodeError:
            return value
    return value


class _Dumper(yaml.SafeDumper):
    """Block style without anchors: every entry can be read by itself."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
