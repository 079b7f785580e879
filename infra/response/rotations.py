"""Schedules as PagerDuty's layers, the form that every account has."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_pagerduty as pagerduty

from infra.context import Context
from infra.response.ownership import described
from monitors.spec import Layer, Restriction, Schedule


def schedule_arguments(
    schedule: Schedule, *, team_id: pulumi.Input[str], users: Mapping[str, str], context: Context
) -> pagerduty.ScheduleArgs:
    """Return a schedule of layers, in the spec's order: at PagerDuty too a later layer covers an earlier one.

    `users` holds PagerDuty ids by user key.
    """
    return pagerduty.ScheduleArgs(
        name=schedule.name,
        description=described(f"Who answers for {schedule.name}.", context),
        time_zone=schedule.time_zone,
        teams=[team_id],
        layers=[_layer(layer, users) for layer in schedule.layers],
    )


def _layer(layer: Layer, users: Mapping[str, str]) -> pagerduty.ScheduleLayerArgs:
    # `start` is the one moment the provider never reads back (PagerDuty answers with the last edit's), so a start in
    # the past shows no drift and needs no ignore_changes, which would also swallow an intended change.
    # Source: the provider's documentation of `layer.start`.
    return pagerduty.ScheduleLayerArgs(
        name=layer.name,
        start=layer.start,
        rotation_virtual_start=layer.start,
        rotation_turn_length_seconds=layer.turn_seconds,
        users=[users[key] for key in layer.users],
        restrictions=[_restriction(restriction) for restriction in layer.restrictions],
    )


def _restriction(restriction: Restriction) -> pagerduty.ScheduleLayerRestrictionArgs:
    return pagerduty.ScheduleLayerRestrictionArgs(
        type=f"{restriction.kind}_restriction",
        start_time_of_day=restriction.start,
        start_day_of_week=restriction.weekday,
        duration_seconds=restriction.duration_seconds,
    )
