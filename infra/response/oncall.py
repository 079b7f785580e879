"""The component for who is on call: teams with their members, schedules and escalation policies."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_pagerduty as pagerduty

from infra.context import Context
from infra.response import rotations, shifts
from infra.response.escalations import escalation_policy_arguments
from infra.response.ownership import described, tag_label
from infra.settings import PAGERDUTY_USER_IDS, SCHEDULE_RESOURCE
from monitors.spec import Response, Schedule, Team

# PagerDuty's name for somebody who answers incidents and may not edit the team's objects; the default is manager.
_ROLE = "responder"


class OnCall(pulumi.ComponentResource):
    """Teams, schedules and escalation policies; ids by the specs' keys. `escalation_policy_ids` is for services."""

    team_ids: Mapping[str, pulumi.Output[str]]
    escalation_policy_ids: Mapping[str, pulumi.Output[str]]

    def __init__(
        self, name: str, response: Response, context: Context, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("legal-platform:response:OnCall", name, None, opts)
        self._context = context
        self._users = context.settings.ids(PAGERDUTY_USER_IDS)
        teams = {team.key: self._team(team) for team in response.teams}
        self.team_ids = {key: team.id for key, team in teams.items()}
        self._members = [member for team in response.teams for member in self._memberships(team)]
        schedule_ids = {schedule.key: self._schedule(schedule).id for schedule in response.schedules}
        policies = self._escalation_policies(response, schedule_ids)
        self.escalation_policy_ids = {key: policy.id for key, policy in policies.items()}
        self._tag({"teams": self.team_ids, "escalation_policies": self.escalation_policy_ids})
        self.register_outputs(
            {"teams": dict(self.team_ids), "schedules": schedule_ids, "escalationPolicies": self.escalation_policy_ids}
        )

    def _team(self, team: Team) -> pagerduty.Team:
        arguments = pagerduty.TeamArgs(name=team.name, description=described(team.description, self._context))
        return pagerduty.Team(team.key, arguments, self._child())

    def _memberships(self, team: Team) -> list[pagerduty.TeamMembership]:
        return [
            pagerduty.TeamMembership(
                f"{team.key}-{user}",
                pagerduty.TeamMembershipArgs(team_id=self.team_ids[team.key], user_id=self._users[user], role=_ROLE),
                self._child(),
            )
            for user in team.members
        ]

    def _schedule(self, schedule: Schedule) -> pagerduty.Schedule | pagerduty.Schedulev2:
        team_id, child = self.team_ids[schedule.team], self._child_after_members()
        if self._context.settings.text(SCHEDULE_RESOURCE) == "schedulev2":
            arguments = shifts.schedule_arguments(schedule, team_id=team_id, users=self._users, context=self._context)
            return pagerduty.Schedulev2(schedule.key, arguments, child)
        layered = rotations.schedule_arguments(schedule, team_id=team_id, users=self._users, context=self._context)
        return pagerduty.Schedule(schedule.key, layered, child)

    def _escalation_policies(
        self, response: Response, schedule_ids: Mapping[str, pulumi.Output[str]]
    ) -> dict[str, pagerduty.EscalationPolicy]:
        return {
            policy.key: pagerduty.EscalationPolicy(
                policy.key,
                escalation_policy_arguments(
                    policy,
                    team_id=self.team_ids[policy.team],
                    schedules=schedule_ids,
                    users=self._users,
                    context=self._context,
                ),
                self._child_after_members(),
            )
            for policy in response.escalation_policies
        }

    def _tag(self, owned: Mapping[str, Mapping[str, pulumi.Output[str]]]) -> None:
        """Tag what PagerDuty can tag; everything else carries the owner in its description."""
        tag = pagerduty.Tag("managed-by", pagerduty.TagArgs(label=tag_label(self._context)), self._child())
        for entity_type, ids in owned.items():
            for key, identity in ids.items():
                arguments = pagerduty.TagAssignmentArgs(tag_id=tag.id, entity_type=entity_type, entity_id=identity)
                pagerduty.TagAssignment(f"{entity_type}-{key}", arguments, self._child())

    def _child(self) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self)

    def _child_after_members(self) -> pulumi.ResourceOptions:
        # PagerDuty refuses to take a user out of a team while an escalation policy of the team needs the user, so on
        # the way down policies and schedules go first.
        return pulumi.ResourceOptions(parent=self, depends_on=self._members)
