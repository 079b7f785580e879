"""One diff with something of everything, which whole outputs are compared for."""

from __future__ import annotations

from monitors.review.changes import Area, Change, Danger, Diff, Effect, Fact, Operation, ResourceChange
from monitors.spec.places import Place

STACKS = ("staging", "prod")
_WORKFLOW = "newrelic:index/workflow:Workflow"
SHOWN = Diff(
    "main",
    "topic",
    (
        Change(
            "dashboard/cost",
            'dashboard "Cost"',
            Area.DASHBOARDS,
            Operation.CHANGED,
            Danger.HARMLESS,
            'The chart "Cost" has another title.',
            environments=STACKS,
        ),
        Change(
            "condition/high-skill-error-rate",
            'NRQL condition "High Skill Error Rate"',
            Area.ALERTS,
            Operation.CHANGED,
            Danger.HIGH,
            '"High Skill Error Rate" opens above 7 % for 5 min, before above 5 %.',
            (Fact("threshold", "A rate of 5 to 7 % is no longer told.", "5 %", "7 %", "critical.value"),),
            ("critical.value",),
            place=Place("/nowhere/monitors/catalog/skill_alerts.py", 80),
            environments=("prod",),
        ),
        Change(
            "schedule/ai-primary",
            'schedule "AI primary"',
            Area.ON_CALL,
            Operation.RENAMED,
            Danger.MEDIUM,
            "AI engineer B is on call this week, before AI engineer A.",
            former="schedule/first",
            environments=STACKS,
        ),
    ),
    (
        ResourceChange(_WORKFLOW, "old", Effect.DELETE, (), "", STACKS),
        ResourceChange(_WORKFLOW, "page-sev1", Effect.REPLACE, ("accountId",), "Its history is lost.", STACKS),
        ResourceChange(_WORKFLOW, "new", Effect.CREATE, (), "", STACKS),
    ),
    ('The stack "dev" is in main alone and is not compared.',),
    STACKS,
)
