"""The component for whom New Relic tells: destinations, channels and workflows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pulumi
import pulumi_newrelic as newrelic

from infra.context import Context
from infra.observability.channels import channel_arguments
from infra.observability.destinations import destination_arguments
from infra.observability.tagging import tag
from infra.observability.workflows import workflow_arguments
from monitors.spec import Channel, Destination, Observability, SlackDestination, Workflow


class Notifications(pulumi.ComponentResource):
    """Every destination and workflow, with a channel for each way out of each workflow.

    A destination or channel that must be replaced is made anew before the old one goes: New Relic deletes no channel
    that a workflow still uses, and until the workflow has moved, pages go the old way.
    """

    def __init__(
        self,
        name: str,
        observability: Observability,
        policy_ids: Mapping[str, pulumi.Output[str]],
        integration_keys: Mapping[str, pulumi.Output[str]],
        context: Context,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("legal-platform:observability:Notifications", name, None, opts)
        self._context = context
        self._policy_ids = policy_ids
        self._destination_ids: dict[str, pulumi.Input[str]] = {
            destination.key: self._destination(destination, integration_keys)
            for destination in observability.destinations
        }
        for workflow in observability.workflows:
            self._workflow(workflow)
        self.register_outputs({})

    def _destination(
        self, destination: Destination, integration_keys: Mapping[str, pulumi.Output[str]]
    ) -> pulumi.Input[str]:
        if isinstance(destination, SlackDestination):
            return self._context.settings.text(destination.id)
        arguments = destination_arguments(destination, integration_keys=integration_keys, context=self._context)
        options = pulumi.ResourceOptions.merge(
            self._kept_until_replaced(), pulumi.ResourceOptions(additional_secret_outputs=["authToken"])
        )
        made = newrelic.NotificationDestination(destination.key, arguments, options)
        tag(made, destination.key, made.guid, self._context.tags)
        return made.id

    def _workflow(self, workflow: Workflow) -> None:
        channel_ids = [self._channel(name, workflow, channel) for name, channel in named_channels(workflow)]
        arguments = workflow_arguments(
            workflow, policy_ids=self._policy_ids, channel_ids=channel_ids, context=self._context
        )
        made = newrelic.Workflow(workflow.key, arguments, pulumi.ResourceOptions(parent=self))
        tag(made, workflow.key, made.guid, self._context.tags)

    def _channel(self, name: str, workflow: Workflow, channel: Channel) -> pulumi.Output[str]:
        arguments = channel_arguments(
            channel,
            name=f"{workflow.name}: {name.removeprefix(f'{workflow.key}-')}",
            destination_id=self._destination_ids[channel.destination],
            context=self._context,
        )
        return newrelic.NotificationChannel(name, arguments, self._kept_until_replaced()).id

    def _kept_until_replaced(self) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self, delete_before_replace=False)


def named_channels(workflow: Workflow) -> Iterator[tuple[str, Channel]]:
    """Yield the channels of a workflow with their logical names: workflow and destination, numbered from the second.

    So a channel keeps its name, and its place at New Relic, when others are added before or after it.
    """
    seen: dict[str, int] = {}
    for channel in workflow.channels:
        seen[channel.destination] = count = seen.get(channel.destination, 0) + 1
        yield f"{workflow.key}-{channel.destination}{'' if count == 1 else f'-{count}'}", channel
