"""Who is on call, as the program registers it."""

from __future__ import annotations

import pytest
from response_specs import SETTINGS, USER_IDS, a_layer, a_response, a_schedule, daily, working_hours
from stack_mocks import Recording, a_context, recorded

from infra.response.oncall import OnCall
from monitors.spec import Response


def _registered(response: Response | None = None, **settings: str) -> Recording:
    context = a_context(settings=SETTINGS | settings, user_ids=USER_IDS)

    def program() -> None:
        OnCall("on-call", response or a_response(), context)

    return recorded(program)


def test_every_member_joins_the_team_as_a_responder_and_not_as_the_default_manager() -> None:
    members = _registered().of_type("TeamMembership")
    assert {name: (one.inputs["userId"], one.inputs["role"]) for name, one in members.items()} == {
        "ai-ana": ("PANA001", "responder"),
        "ai-bo": ("PBO0002", "responder"),
        "ai-cy": ("PCY0003", "responder"),
    }


def test_a_layer_keeps_its_turns_its_users_in_order_and_its_start_as_the_rotations_start() -> None:
    (layer,) = _registered().of_type("Schedule")["primary"].inputs["layers"]
    assert layer == {
        "name": "Weekly",
        "start": "2026-01-05T09:00:00-08:00",
        "rotationVirtualStart": "2026-01-05T09:00:00-08:00",
        "rotationTurnLengthSeconds": 604_800,
        "users": ["PANA001", "PBO0002", "PCY0003"],
        "restrictions": [],
    }


def test_restrictions_become_daily_and_weekly_ones_with_the_day_they_begin_on() -> None:
    layers = (a_layer(restrictions=daily("22:00:00", 8)), a_layer(name="Days", restrictions=working_hours(days=(1,))))
    found = _registered(a_response(schedules=(a_schedule(*layers),))).of_type("Schedule")["primary"].inputs["layers"]
    assert [layer["restrictions"] for layer in found] == [
        [{"type": "daily_restriction", "startTimeOfDay": "22:00:00", "durationSeconds": 28_800}],
        [
            {
                "type": "weekly_restriction",
                "startTimeOfDay": "09:00:00",
                "startDayOfWeek": 1,
                "durationSeconds": 28_800,
            }
        ],
    ]


@pytest.mark.parametrize(("resource", "other"), [("schedule", "Schedulev2"), ("schedulev2", "Schedule")])
def test_the_setting_decides_which_of_the_two_schedule_resources_is_registered(resource: str, other: str) -> None:
    recording = _registered(scheduleResource=resource)
    assert list(recording.of_type(resource.capitalize())) == ["primary"]
    assert recording.of_type(other) == {}


def test_an_escalation_policy_points_at_schedules_and_users_level_by_level() -> None:
    policy = _registered().of_type("EscalationPolicy")["sev1"].inputs
    assert policy["numLoops"] == 3
    assert policy["teams"] == "Team:ai"
    assert policy["rules"] == [
        {"escalationDelayInMinutes": 5, "targets": [{"type": "schedule_reference", "id": "Schedule:primary"}]},
        {
            "escalationDelayInMinutes": 10,
            "targets": [
                {"type": "schedule_reference", "id": "Schedule:primary"},
                {"type": "user_reference", "id": "PCY0003"},
            ],
        },
    ]


def test_teams_and_escalation_policies_carry_one_tag_that_names_the_stack() -> None:
    recording = _registered()
    assert recording.of_type("Tag")["managed-by"].inputs == {"label": "managed-by: pulumi staging"}
    assignments = recording.of_type("TagAssignment").values()
    assert sorted((one.inputs["entityType"], one.inputs["entityId"]) for one in assignments) == [
        ("escalation_policies", "EscalationPolicy:sev1"),
        ("teams", "Team:ai"),
    ]


def test_what_cannot_be_tagged_says_its_owner_in_the_description() -> None:
    recording = _registered()
    for kind, name in (("Team", "ai"), ("Schedule", "primary"), ("EscalationPolicy", "sev1")):
        assert recording.of_type(kind)[name].inputs["description"].endswith("(managed-by: pulumi)")


def test_everything_belongs_to_the_component() -> None:
    custom = [one for one in _registered().registrations if one.is_custom]
    assert {one.parent for one in custom} == {"on-call"}
