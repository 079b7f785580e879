"""What every component needs to know of the stack it builds for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pulumi

from monitors.spec import Setting


class SettingsReader(Protocol):
    """The values of declared settings; each method takes the kinds of setting it can answer."""

    def text(self, setting: Setting) -> str:
        """Return a setting that is no secret."""

    def texts(self, setting: Setting) -> tuple[str, ...]:
        """Return a setting that is a list, such as e-mail addresses."""

    def ids(self, setting: Setting) -> Mapping[str, str]:
        """Return a setting that is ids by key."""

    def secret(self, setting: Setting) -> pulumi.Output[str]:
        """Return a secret setting, marked as a Pulumi secret."""


@dataclass(frozen=True)
class Context:
    """One stack: its name, its New Relic account, where its runbooks are read, its tags and its settings."""

    stack: str
    account_id: str
    runbook_base_url: str
    tags: Mapping[str, str]
    settings: SettingsReader
