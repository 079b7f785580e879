"""What runs on Render: services, stores, shared environment variables and streams.

Names, plans and limits are those of Render's public API (https://api-docs.render.com).
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitors.spec.base import Key, Spec
from monitors.spec.settings import Setting, SettingKind

Region = Literal["frankfurt", "oregon", "ohio", "singapore", "virginia"]
ServicePlan = Literal["starter", "standard", "pro", "pro_plus", "pro_max", "pro_ultra"]
PostgresPlan = Literal[
    "basic_256mb", "basic_1gb", "basic_4gb", "pro_4gb", "pro_8gb", "pro_16gb", "pro_32gb", "pro_64gb"
]
KeyValuePlan = Literal["free", "starter", "standard", "pro", "pro_plus"]
VariableName = Annotated[
    str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", description="Write an upper-case name such as ANTHROPIC_API_KEY.")
]
ResourceName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]


class StoreAddress(Spec):
    """The secret connection string of a store, within Render's private network."""

    LABEL: ClassVar[str] = "store address"

    store: Key


class ServiceAddress(Spec):
    """The `host:port` of a private service."""

    LABEL: ClassVar[str] = "service address"

    service: Key


class IntegrationKey(Spec):
    """The secret key of a PagerDuty integration or event orchestration."""

    LABEL: ClassVar[str] = "integration key"

    integration: Key


class WebhookSecret(Spec):
    """The secret that PagerDuty signs a webhook subscription's requests with."""

    LABEL: ClassVar[str] = "webhook secret"

    webhook: Key


Value = (
    Annotated[str, Field(max_length=10_000)] | Setting | StoreAddress | ServiceAddress | IntegrationKey | WebhookSecret
)


class EnvVar(Spec):
    """An environment variable: a literal text, a setting, or what provisioning finds out."""

    LABEL: ClassVar[str] = "environment variable"

    name: VariableName
    value: Value

    @model_validator(mode="after")
    def _literal_is_no_secret(self) -> EnvVar:
        secretive = any(word in self.name for word in ("KEY", "TOKEN", "SECRET", "PASSWORD", "DSN"))
        if secretive and isinstance(self.value, str):
            raise ValueError(
                f"{self.name} looks like a secret and its value is written in the spec; use a secret setting"
            )
        return self


class EnvironmentGroup(Spec):
    """Variables and secret files that several services share; a secret file's content is a setting."""

    LABEL: ClassVar[str] = "environment group"

    key: Key
    name: ResourceName
    variables: tuple[EnvVar, ...]
    secret_files: dict[str, Setting] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names_differ(self) -> EnvironmentGroup:
        _refuse_repeats(self.variables)
        return self


class Autoscaling(Spec):
    """Between how many instances, and at what load of CPU and memory in percent, Render adds some."""

    LABEL: ClassVar[str] = "autoscaling"

    least: Annotated[int, Field(ge=1, le=100)]
    most: Annotated[int, Field(ge=1, le=100)]
    cpu_percent: Annotated[int | None, Field(ge=1, le=100)] = None
    memory_percent: Annotated[int | None, Field(ge=1, le=100)] = None

    @model_validator(mode="after")
    def _is_a_range(self) -> Autoscaling:
        if self.least > self.most:
            raise ValueError(f"least {self.least} is more than most {self.most}")
        if self.cpu_percent is None and self.memory_percent is None:
            raise ValueError("give cpu_percent, memory_percent or both")
        return self


class _Service(Spec):
    key: Key
    name: ResourceName
    image: Setting
    plan: ServicePlan
    region: Region
    instances: Annotated[int, Field(ge=1, le=100)]
    autoscaling: Autoscaling | None = None
    groups: tuple[Key, ...] = ()
    variables: tuple[EnvVar, ...] = ()
    pre_deploy_command: str | None = None
    shutdown_seconds: Annotated[int, Field(ge=1, le=300, description="Render takes 1 to 300 s.")] = 30

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> _Service:
        _refuse_repeats(self.variables)
        if self.image.kind is not SettingKind.IMAGE:
            raise ValueError(f"image is setting {self.image.name}, which is declared a {self.image.kind}")
        scaling = self.autoscaling
        if scaling and not scaling.least <= self.instances <= scaling.most:
            raise ValueError(
                f"instances {self.instances} is outside the autoscaling range {scaling.least} to {scaling.most}"
            )
        return self


class WebService(_Service):
    """A service with a public address; Render asks `health_check_path` and replaces instances that fail."""

    LABEL: ClassVar[str] = "web service"

    health_check_path: Annotated[str, Field(pattern=r"^/", description="Begin the path with a slash.")]


class PrivateService(_Service):
    """A service on the private network alone; Render checks its port, so it has no health check path."""

    LABEL: ClassVar[str] = "private service"


class Postgres(Spec):
    """A database with daily backups, which Render keeps 7 days on its paid plans; it is always protected."""

    LABEL: ClassVar[str] = "Postgres database"

    key: Key
    name: ResourceName
    plan: PostgresPlan
    version: Literal["13", "14", "15", "16", "17", "18"]
    region: Region
    disk_gigabytes: Annotated[int, Field(ge=1, le=16_384)]
    database: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    user: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    high_availability: bool = False

    @model_validator(mode="after")
    def _is_possible(self) -> Postgres:
        if self.disk_gigabytes != 1 and self.disk_gigabytes % 5:
            raise ValueError(f"disk_gigabytes {self.disk_gigabytes} is not 1 or a multiple of 5")
        if self.high_availability and self.plan.startswith("basic"):
            raise ValueError(f"high_availability needs a pro plan; plan is {self.plan}")
        return self


class KeyValue(Spec):
    """A Redis-compatible store; it is always protected."""

    LABEL: ClassVar[str] = "key-value store"

    key: Key
    name: ResourceName
    plan: KeyValuePlan
    region: Region
    eviction: Literal[
        "noeviction",
        "allkeys_lfu",
        "allkeys_lru",
        "allkeys_random",
        "volatile_lfu",
        "volatile_lru",
        "volatile_random",
        "volatile_ttl",
    ]


class LogStream(Spec):
    """Sends the logs of the whole Render workspace to a TLS syslog endpoint; a workspace has one."""

    LABEL: ClassVar[str] = "log stream"

    key: Key
    endpoint: Setting
    token: Setting


class MetricsStream(Spec):
    """Sends the metrics of the whole Render workspace to New Relic; a workspace has one."""

    LABEL: ClassVar[str] = "metrics stream"

    key: Key
    url: Setting
    token: Setting


class Platform(Spec):
    """Everything on Render for one environment; `streams` belong to the workspace, so only one stack has them."""

    LABEL: ClassVar[str] = "platform"

    project: Annotated[str, Field(min_length=1, max_length=60)]
    groups: tuple[EnvironmentGroup, ...] = ()
    web_services: tuple[WebService, ...] = ()
    private_services: tuple[PrivateService, ...] = ()
    postgres: tuple[Postgres, ...] = ()
    key_values: tuple[KeyValue, ...] = ()
    log_streams: Annotated[tuple[LogStream, ...], Field(max_length=1)] = ()
    metrics_streams: Annotated[tuple[MetricsStream, ...], Field(max_length=1)] = ()


def _refuse_repeats(variables: tuple[EnvVar, ...]) -> None:
    names = [variable.name for variable in variables]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(f"variables are given twice: {', '.join(repeated)}")
