"""Settings that differ by stack or are secret: declared here by name, read from the stack file by infra alone."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from monitors.spec.base import Sentence, Spec


class SettingKind(StrEnum):
    """What a setting's value must look like; infra's reader holds the patterns."""

    TEXT = "text"
    URL = "url"
    HOST_PORT = "host and port"
    EMAILS = "e-mail addresses"
    NUMBER_ID = "numeric id"
    UUID = "UUID"
    PAGERDUTY_ID = "PagerDuty id"
    PAGERDUTY_IDS = "PagerDuty ids by key"
    SLACK_CHANNEL = "Slack channel id"
    RENDER_OWNER = "Render workspace id"
    IMAGE = "container image"
    CHOICE = "choice"


class Setting(Spec):
    """One key of `Pulumi.<stack>.yaml`; a secret one is encrypted there and never shown."""

    LABEL: ClassVar[str] = "setting"

    name: Annotated[
        str, Field(pattern=r"^[a-z][A-Za-z0-9]*$", description="Write it in camelCase, such as alertEmails.")
    ]
    kind: SettingKind
    meaning: Sentence
    secret: bool = False
    choices: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _choices_belong_to_choice(self) -> Setting:
        if (self.kind is SettingKind.CHOICE) != bool(self.choices):
            raise ValueError("choices are given with kind CHOICE and with no other")
        return self
