"""The component for everything on Render of one stack."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from infra.context import Context
from infra.hosting.ordering import in_order
from infra.hosting.variables import Sources, private_address, resolved, setting_value
from infra.render_provider import sdk
from infra.settings import RENDER_OWNER_ID
from monitors.spec import EnvironmentGroup, KeyValue, Platform, Postgres, PrivateService, WebService


class Hosting(pulumi.ComponentResource):
    """A project with the stack's environment, its stores, environment groups, services and streams.

    `service_links` holds the services' pages in Render's dashboard by key. No store takes connections from outside
    Render, and none is deleted without first being unprotected: its backups would go with it.
    """

    service_links: Mapping[str, pulumi.Output[str]]

    def __init__(
        self,
        name: str,
        platform: Platform,
        context: Context,
        integration_keys: Mapping[str, pulumi.Output[str]],
        webhook_secrets: Mapping[str, pulumi.Output[str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("legal-platform:hosting:Hosting", name, None, opts)
        self._context = context
        self._owner_id = context.settings.text(RENDER_OWNER_ID)
        self._managed_by = context.tags["managed-by"]
        self._environment_id = self._project(platform).environment_id(context.stack)
        stores = {
            **{store.key: self._postgres(store).internal_connection_string for store in platform.postgres},
            **{store.key: self._key_value(store).internal_connection_string for store in platform.key_values},
        }
        self._addresses: dict[str, pulumi.Output[str]] = {}
        self._sources = Sources(context.settings, integration_keys, webhook_secrets, stores, self._addresses)
        self.service_links = self._groups_and_services(platform)
        self._streams(platform)
        self.register_outputs({"services": self.service_links})

    def _project(self, platform: Platform) -> sdk.Project:
        return sdk.Project(
            "project",
            name=platform.project,
            owner_id=self._owner_id,
            environments=[sdk.EnvironmentSpec(self._context.stack)],
            opts=self._child(),
        )

    def _postgres(self, store: Postgres) -> sdk.Postgres:
        return sdk.Postgres(
            store.key,
            name=store.name,
            owner_id=self._owner_id,
            environment_id=self._environment_id,
            plan=store.plan,
            version=store.version,
            region=store.region,
            database_name=store.database,
            database_user=store.user,
            disk_size_gigabytes=store.disk_gigabytes,
            high_availability=store.high_availability,
            opts=self._child(protect=True),
        )

    def _key_value(self, store: KeyValue) -> sdk.KeyValue:
        return sdk.KeyValue(
            store.key,
            name=store.name,
            owner_id=self._owner_id,
            environment_id=self._environment_id,
            plan=store.plan,
            region=store.region,
            maxmemory_policy=store.eviction,
            opts=self._child(protect=True),
        )

    def _groups_and_services(self, platform: Platform) -> dict[str, pulumi.Output[str]]:
        groups: dict[str, sdk.EnvironmentGroup] = {}
        links: dict[str, pulumi.Output[str]] = {}
        for hosted in in_order(platform):
            if isinstance(hosted, EnvironmentGroup):
                groups[hosted.key] = self._group(hosted)
                continue
            made = self._service(hosted, [groups[key] for key in hosted.groups])
            self._addresses[hosted.key] = _address(hosted.key, made)
            links[hosted.key] = made.dashboard_url
        return links

    def _group(self, group: EnvironmentGroup) -> sdk.EnvironmentGroup:
        settings = self._context.settings
        return sdk.EnvironmentGroup(
            group.key,
            name=group.name,
            owner_id=self._owner_id,
            managed_by=self._managed_by,
            environment_id=self._environment_id,
            env_vars=resolved(group.variables, self._sources),
            secret_files={name: setting_value(setting, settings) for name, setting in group.secret_files.items()},
            opts=self._child(),
        )

    def _service(
        self, service: WebService | PrivateService, groups: list[sdk.EnvironmentGroup]
    ) -> sdk.WebService | sdk.PrivateService:
        arguments = self._service_arguments(service, groups)
        if isinstance(service, WebService):
            return sdk.WebService(service.key, health_check_path=service.health_check_path, **arguments)
        return sdk.PrivateService(service.key, **arguments)

    def _service_arguments(
        self, service: WebService | PrivateService, groups: list[sdk.EnvironmentGroup]
    ) -> sdk.ServiceArguments:
        arguments: sdk.ServiceArguments = {
            "name": service.name,
            "owner_id": self._owner_id,
            "managed_by": self._managed_by,
            "environment_id": self._environment_id,
            "plan": service.plan,
            "region": service.region,
            "source": sdk.ImageSource(self._context.settings.text(service.image)),
            "num_instances": service.instances,
            "env_vars": resolved(service.variables, self._sources),
            "environment_groups": groups,
            # An image is deployed when the setting that names it changes, never because its tag has moved.
            "auto_deploy": False,
            "max_shutdown_delay_seconds": service.shutdown_seconds,
            "opts": self._child(),
        }
        if service.autoscaling is not None:
            scaling = service.autoscaling
            arguments["autoscaling"] = sdk.Autoscaling(
                scaling.least, scaling.most, cpu_percent=scaling.cpu_percent, memory_percent=scaling.memory_percent
            )
        if service.pre_deploy_command is not None:
            arguments["pre_deploy_command"] = service.pre_deploy_command
        return arguments

    def _streams(self, platform: Platform) -> None:
        settings = self._context.settings
        for logs in platform.log_streams:
            sdk.LogStream(
                logs.key,
                owner_id=self._owner_id,
                endpoint=settings.text(logs.endpoint),
                token=setting_value(logs.token, settings),
                opts=self._child(),
            )
        for metrics in platform.metrics_streams:
            sdk.MetricsStream(
                metrics.key,
                owner_id=self._owner_id,
                provider="NEW_RELIC",
                url=settings.text(metrics.url),
                token=setting_value(metrics.token, settings),
                opts=self._child(),
            )

    def _child(self, *, protect: bool | None = None) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self, protect=protect)


def _address(key: str, service: sdk.WebService | sdk.PrivateService) -> pulumi.Output[str]:
    parts = pulumi.Output.all(service.internal_host, service.internal_port)
    return parts.apply(lambda found: private_address(key, found[0], found[1]))
