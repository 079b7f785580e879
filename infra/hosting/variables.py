"""What the values of environment variables are once everything they speak of is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from infra.context import SettingsReader
from monitors.spec import EnvVar, IntegrationKey, ServiceAddress, Setting, StoreAddress, Value, WebhookSecret

TextInput = pulumi.Input[str]


@dataclass(frozen=True)
class Sources:
    """Where values come from, by the keys of the specs; addresses grow while the components are made."""

    settings: SettingsReader
    integration_keys: Mapping[str, pulumi.Output[str]]
    webhook_secrets: Mapping[str, pulumi.Output[str]]
    store_addresses: Mapping[str, pulumi.Output[str]]
    service_addresses: Mapping[str, pulumi.Output[str]]


def resolved(variables: Sequence[EnvVar], sources: Sources) -> dict[str, TextInput]:
    """Return the values by variable name; whatever is secret stays a Pulumi secret."""
    return {variable.name: _value(variable.value, sources) for variable in variables}


def setting_value(setting: Setting, settings: SettingsReader) -> TextInput:
    """Return a setting's value, as a Pulumi secret when it is one."""
    return settings.secret(setting) if setting.secret else settings.text(setting)


def private_address(service: str, host: str, port: float | None) -> str:
    """Return `host:port` of a service; raises `pulumi.RunError` while Render has found no open port."""
    if port is None:
        raise pulumi.RunError(
            f'service "{service}" has no address yet: Render has found no port open in it. Let it listen on 0.0.0.0, '
            "then run the update again"
        )
    # Pulumi carries numbers as floats where no schema says integer.
    return f"{host}:{int(port)}"


def _value(value: Value, sources: Sources) -> TextInput:
    match value:
        case str():
            return value
        case Setting():
            return setting_value(value, sources.settings)
        case StoreAddress(store=key):
            return pulumi.Output.secret(sources.store_addresses[key])
        case ServiceAddress(service=key):
            return sources.service_addresses[key]
        case IntegrationKey(integration=key):
            return sources.integration_keys[key]
        case WebhookSecret(webhook=key):
            return sources.webhook_secrets[key]
