"""The component for what users are promised: checks from outside and the service levels shown on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_newrelic as newrelic
from pulumi_newrelic import synthetics

from infra.context import Context
from infra.observability.checks import certificate_arguments, ping_arguments
from infra.observability.tagging import tag
from monitors.spec import Events, Monitor, PingMonitor, ServiceLevel


class Objectives(pulumi.ComponentResource):
    """Every synthetic monitor and service level."""

    def __init__(
        self,
        name: str,
        service_levels: Sequence[ServiceLevel],
        monitors: Sequence[Monitor],
        context: Context,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("legal-platform:observability:Objectives", name, None, opts)
        self._context = context
        guids = {monitor.key: self._monitor(monitor) for monitor in monitors}
        for level in service_levels:
            self._service_level(level, guids[level.monitor])
        self.register_outputs({})

    def _monitor(self, monitor: Monitor) -> pulumi.Output[str]:
        """Make a check and return its entity's guid, which for checks is their id."""
        child = pulumi.ResourceOptions(parent=self)
        if isinstance(monitor, PingMonitor):
            return synthetics.Monitor(monitor.key, ping_arguments(monitor, context=self._context), child).id
        arguments = certificate_arguments(monitor, context=self._context)
        return synthetics.CertCheckMonitor(monitor.key, arguments, child).id

    def _service_level(self, level: ServiceLevel, guid: pulumi.Output[str]) -> None:
        arguments = service_level_arguments(level, guid=guid, context=self._context)
        made = newrelic.ServiceLevel(level.key, arguments, pulumi.ResourceOptions(parent=self))
        tag(made, level.key, made.sli_guid, self._context.tags)


def service_level_arguments(
    level: ServiceLevel, *, guid: pulumi.Input[str], context: Context
) -> newrelic.ServiceLevelArgs:
    """Return a service level on the entity with this guid, over a rolling period of days."""
    good, bad = level.good, level.bad
    return newrelic.ServiceLevelArgs(
        guid=guid,
        name=level.name,
        description=level.description,
        events=newrelic.ServiceLevelEventsArgs(
            account_id=context.account_id,
            valid_events=newrelic.ServiceLevelEventsValidEventsArgs(
                **_source(level.valid),
                select=newrelic.ServiceLevelEventsValidEventsSelectArgs(**_select(level.valid)),
            ),
            good_events=newrelic.ServiceLevelEventsGoodEventsArgs(
                **_source(good), select=newrelic.ServiceLevelEventsGoodEventsSelectArgs(**_select(good))
            )
            if good
            else None,
            bad_events=newrelic.ServiceLevelEventsBadEventsArgs(
                **_source(bad), select=newrelic.ServiceLevelEventsBadEventsSelectArgs(**_select(bad))
            )
            if bad
            else None,
        ),
        objective=newrelic.ServiceLevelObjectiveArgs(
            target=level.target_percent,
            time_window=newrelic.ServiceLevelObjectiveTimeWindowArgs(
                rolling=newrelic.ServiceLevelObjectiveTimeWindowRollingArgs(count=level.period_days, unit="DAY")
            ),
        ),
    )


class _Source(TypedDict):
    from_: str
    where: str | None


class _Select(TypedDict):
    function: str
    attribute: str | None


def _source(events: Events) -> _Source:
    return _Source(from_=events.source, where=events.where)


def _select(events: Events) -> _Select:
    return _Select(function=events.function, attribute=events.attribute and _quoted(events.attribute))


def _quoted(attribute: str) -> str:
    """Return an attribute as NRQL needs it: in backquotes unless it is a plain word, as the SDK's example has it."""
    return attribute if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", attribute) else f"`{attribute}`"
