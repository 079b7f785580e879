"""Settings that differ by stack or are secret: declared here by name, read from the stack file by infra alone."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, model_validator

from monitors.spec.base import Spec
from monitors.spec.values import NoRepeats, NotBlank, Sentence


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
    choices: Annotated[tuple[Annotated[str, NotBlank], ...], NoRepeats, Field(description="Give each once.")] = ()

    @model_validator(mode="after")
    def _choices_belong_to_choice(self) -> Setting:
        if (self.kind is SettingKind.CHOICE) != bool(self.choices):
            raise ValueError(f"kind is {self.kind.name} and choices are {self.choices}: CHOICE alone has choices")
        return self


def _of_kind(kind: SettingKind) -> Callable[[Setting], Setting]:
    def check(setting: Setting) -> Setting:
        if setting.kind is not kind:
            raise ValueError(f"it is declared with kind=SettingKind.{setting.kind.name}")
        return setting

    return check


def _secret(setting: Setting) -> Setting:
    if not setting.secret:
        raise ValueError("it is not declared secret, and its value would stand in clear in state and previews")
    return setting


_ADVICE = "Name a setting that is declared with kind=SettingKind."
UrlSetting = Annotated[Setting, AfterValidator(_of_kind(SettingKind.URL)), Field(description=f"{_ADVICE}URL.")]
EmailsSetting = Annotated[Setting, AfterValidator(_of_kind(SettingKind.EMAILS)), Field(description=f"{_ADVICE}EMAILS.")]
UuidSetting = Annotated[Setting, AfterValidator(_of_kind(SettingKind.UUID)), Field(description=f"{_ADVICE}UUID.")]
ImageSetting = Annotated[Setting, AfterValidator(_of_kind(SettingKind.IMAGE)), Field(description=f"{_ADVICE}IMAGE.")]
HostPortSetting = Annotated[
    Setting, AfterValidator(_of_kind(SettingKind.HOST_PORT)), Field(description=f"{_ADVICE}HOST_PORT.")
]
SlackChannelSetting = Annotated[
    Setting, AfterValidator(_of_kind(SettingKind.SLACK_CHANNEL)), Field(description=f"{_ADVICE}SLACK_CHANNEL.")
]
SecretSetting = Annotated[
    Setting, AfterValidator(_secret), Field(description="Name a setting that is declared with secret=True.")
]
