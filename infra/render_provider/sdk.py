"""The resources of the Render provider, typed, for the programs in infra/.

Every class takes keyword-only arguments and offers its outputs as properties. Values of environment variables, secret
files, tokens and connection strings are secret in the state whether or not the program marks them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Required, TypeAlias, TypedDict, Unpack

import pulumi

from infra.render_provider.declarations import (
    Autoscaling,
    Disk,
    DockerSource,
    EnvironmentSpec,
    ImageSource,
    IpRange,
    NativeSource,
    Source,
    given,
)
from infra.render_provider.properties import ResourceSchema
from infra.render_provider.resources import (
    ENVIRONMENT_GROUP,
    KEY_VALUE,
    LOG_STREAM,
    METRICS_STREAM,
    POSTGRES,
    PRIVATE_SERVICE,
    PROJECT,
    WEB_SERVICE,
)

__all__ = [
    "Project",
    "EnvironmentSpec",
    "EnvironmentGroup",
    "WebService",
    "PrivateService",
    "ServiceArguments",
    "ImageSource",
    "DockerSource",
    "NativeSource",
    "Autoscaling",
    "Disk",
    "Postgres",
    "KeyValue",
    "IpRange",
    "LogStream",
    "MetricsStream",
]

TextMap: TypeAlias = pulumi.Input[Mapping[str, pulumi.Input[str]]]


class _Resource(pulumi.CustomResource):
    def __init__(
        self, schema: ResourceSchema, resource_name: str, props: dict[str, Any], opts: pulumi.ResourceOptions | None
    ) -> None:
        outputs = dict.fromkeys((*schema.inputs, *schema.outputs))
        super().__init__(schema.token, resource_name, {**outputs, **props}, opts)

    def _output(self, name: str) -> pulumi.Output[Any]:
        # The SDK keeps outputs under Render's names, where a property of the same name would hide them.
        found: pulumi.Output[Any] = self.__dict__[name]
        return found


class Project(_Resource):
    """A project and its environments; deleting one that still holds resources is refused."""

    def __init__(
        self,
        resource_name: str,
        *,
        name: pulumi.Input[str],
        owner_id: pulumi.Input[str],
        environments: Sequence[EnvironmentSpec],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        wire = [environment.to_wire() for environment in environments]
        super().__init__(PROJECT, resource_name, {"name": name, "ownerId": owner_id, "environments": wire}, opts)

    @property
    def environment_ids(self) -> pulumi.Output[Mapping[str, str]]:
        """Environment ids by name."""
        return self._output("environmentIds")

    def environment_id(self, name: str) -> pulumi.Output[str]:
        """One environment's id."""
        return self.environment_ids.apply(lambda ids: ids[name])


class EnvironmentGroup(_Resource):
    """Environment variables and secret files that several services share."""

    def __init__(
        self,
        resource_name: str,
        *,
        name: pulumi.Input[str],
        owner_id: pulumi.Input[str],
        managed_by: pulumi.Input[str],
        environment_id: pulumi.Input[str] | None = None,
        env_vars: TextMap | None = None,
        secret_files: TextMap | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        props = given(
            name=name,
            ownerId=owner_id,
            managedBy=managed_by,
            environmentId=environment_id,
            envVars=env_vars,
            secretFiles=secret_files,
        )
        super().__init__(ENVIRONMENT_GROUP, resource_name, props, opts)

    @property
    def content_hash(self) -> pulumi.Output[str]:
        """Changes with the content; keyed, so no value can be guessed from it."""
        return self._output("contentHash")


class ServiceArguments(TypedDict, total=False):
    """What both kinds of service take."""

    name: Required[pulumi.Input[str]]
    owner_id: Required[pulumi.Input[str]]
    managed_by: Required[pulumi.Input[str]]
    plan: Required[pulumi.Input[str]]
    source: Required[Source]
    environment_id: pulumi.Input[str]
    region: pulumi.Input[str]
    env_vars: TextMap
    secret_files: TextMap
    environment_groups: Sequence[EnvironmentGroup]
    num_instances: pulumi.Input[int]
    autoscaling: Autoscaling
    disk: Disk
    auto_deploy: pulumi.Input[bool]
    pre_deploy_command: pulumi.Input[str]
    max_shutdown_delay_seconds: pulumi.Input[int]
    opts: pulumi.ResourceOptions | None


class _Service(_Resource):
    def __init__(
        self, schema: ResourceSchema, resource_name: str, more: dict[str, Any], arguments: ServiceArguments
    ) -> None:
        autoscaling, disk = arguments.get("autoscaling"), arguments.get("disk")
        props = arguments["source"].to_wire() | given(
            name=arguments["name"],
            ownerId=arguments["owner_id"],
            managedBy=arguments["managed_by"],
            plan=arguments["plan"],
            environmentId=arguments.get("environment_id"),
            region=arguments.get("region"),
            envVars=arguments.get("env_vars"),
            secretFiles=arguments.get("secret_files"),
            environmentGroups=_content_hashes(arguments.get("environment_groups", ())),
            numInstances=arguments.get("num_instances"),
            autoscaling=autoscaling.to_wire() if autoscaling else None,
            disk=disk.to_wire() if disk else None,
            autoDeploy=arguments.get("auto_deploy"),
            preDeployCommand=arguments.get("pre_deploy_command"),
            maxShutdownDelaySeconds=arguments.get("max_shutdown_delay_seconds"),
            **more,
        )
        super().__init__(schema, resource_name, props, arguments.get("opts"))

    @property
    def url(self) -> pulumi.Output[str]:
        """The public address of a web service, `host:port` of a private one."""
        return self._output("url")

    @property
    def dashboard_url(self) -> pulumi.Output[str]:
        """The page in Render's dashboard."""
        return self._output("dashboardUrl")

    @property
    def slug(self) -> pulumi.Output[str]:
        """The unique name that addresses are made of."""
        return self._output("slug")

    @property
    def internal_host(self) -> pulumi.Output[str]:
        """The host name on the private network."""
        return self._output("internalHost")

    @property
    def internal_port(self) -> pulumi.Output[int | None]:
        """The port on the private network, None until Render has found one open."""
        return self._output("internalPort")

    @property
    def deploy_id(self) -> pulumi.Output[str]:
        """The latest deploy's id."""
        return self._output("deployId")

    @property
    def deploy_status(self) -> pulumi.Output[str]:
        """The latest deploy's status."""
        return self._output("deployStatus")


class WebService(_Service):
    """A service with a public address."""

    def __init__(
        self,
        resource_name: str,
        *,
        health_check_path: pulumi.Input[str] | None = None,
        **arguments: Unpack[ServiceArguments],
    ) -> None:
        super().__init__(WEB_SERVICE, resource_name, {"healthCheckPath": health_check_path}, arguments)


class PrivateService(_Service):
    """A service that only Render's private network reaches; Render checks its health by TCP alone."""

    def __init__(self, resource_name: str, **arguments: Unpack[ServiceArguments]) -> None:
        super().__init__(PRIVATE_SERVICE, resource_name, {}, arguments)


class Postgres(_Resource):
    """A Postgres database. Its backups go with it, so give it `protect=True`."""

    def __init__(
        self,
        resource_name: str,
        *,
        name: pulumi.Input[str],
        owner_id: pulumi.Input[str],
        environment_id: pulumi.Input[str],
        plan: pulumi.Input[str],
        version: pulumi.Input[str],
        region: pulumi.Input[str] | None = None,
        database_name: pulumi.Input[str] | None = None,
        database_user: pulumi.Input[str] | None = None,
        disk_size_gigabytes: pulumi.Input[int] | None = None,
        high_availability: pulumi.Input[bool] | None = None,
        ip_allow_list: Sequence[IpRange] = (),
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        props = given(
            name=name,
            ownerId=owner_id,
            environmentId=environment_id,
            plan=plan,
            version=version,
            region=region,
            databaseName=database_name,
            databaseUser=database_user,
            diskSizeGB=disk_size_gigabytes,
            highAvailability=high_availability,
            ipAllowList=[entry.to_wire() for entry in ip_allow_list],
        )
        super().__init__(POSTGRES, resource_name, props, opts)

    @property
    def internal_connection_string(self) -> pulumi.Output[str]:
        """The secret address for services on Render."""
        return self._output("internalConnectionString")

    @property
    def external_connection_string(self) -> pulumi.Output[str]:
        """The secret address for programs elsewhere."""
        return self._output("externalConnectionString")

    @property
    def password(self) -> pulumi.Output[str]:
        """The database user's secret password."""
        return self._output("password")

    @property
    def host(self) -> pulumi.Output[str]:
        """The host name on the private network."""
        return self._output("host")

    @property
    def status(self) -> pulumi.Output[str]:
        """Render's status."""
        return self._output("status")


class KeyValue(_Resource):
    """A Redis-compatible store; its plan only grows."""

    def __init__(
        self,
        resource_name: str,
        *,
        name: pulumi.Input[str],
        owner_id: pulumi.Input[str],
        environment_id: pulumi.Input[str],
        plan: pulumi.Input[str],
        region: pulumi.Input[str] | None = None,
        maxmemory_policy: pulumi.Input[str] | None = None,
        ip_allow_list: Sequence[IpRange] = (),
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        props = given(
            name=name,
            ownerId=owner_id,
            environmentId=environment_id,
            plan=plan,
            region=region,
            maxmemoryPolicy=maxmemory_policy,
            ipAllowList=[entry.to_wire() for entry in ip_allow_list],
        )
        super().__init__(KEY_VALUE, resource_name, props, opts)

    @property
    def internal_connection_string(self) -> pulumi.Output[str]:
        """The secret address for services on Render."""
        return self._output("internalConnectionString")

    @property
    def external_connection_string(self) -> pulumi.Output[str]:
        """The secret address for programs elsewhere."""
        return self._output("externalConnectionString")

    @property
    def status(self) -> pulumi.Output[str]:
        """Render's status."""
        return self._output("status")


class LogStream(_Resource):
    """Sends the logs of a whole workspace to one TLS syslog endpoint, `host:port`."""

    def __init__(
        self,
        resource_name: str,
        *,
        owner_id: pulumi.Input[str],
        endpoint: pulumi.Input[str],
        token: pulumi.Input[str] | None = None,
        send_previews: bool = False,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        preview = "send" if send_previews else "drop"
        props = given(ownerId=owner_id, endpoint=endpoint, token=token, preview=preview)
        super().__init__(LOG_STREAM, resource_name, props, opts)


class MetricsStream(_Resource):
    """Sends the metrics of a whole workspace to one provider, such as `NEW_RELIC`."""

    def __init__(
        self,
        resource_name: str,
        *,
        owner_id: pulumi.Input[str],
        provider: pulumi.Input[str],
        url: pulumi.Input[str],
        token: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        props = given(ownerId=owner_id, provider=provider, url=url, token=token)
        super().__init__(METRICS_STREAM, resource_name, props, opts)


def _content_hashes(groups: Sequence[EnvironmentGroup]) -> pulumi.Output[dict[str, str]] | None:
    if not groups:
        return None
    pairs = [pulumi.Output.all(group.id, group.content_hash) for group in groups]
    return pulumi.Output.all(*pairs).apply(lambda found: {str(group): str(content) for group, content in found})
