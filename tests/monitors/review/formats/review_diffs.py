"""Diffs for tests of formats: by hand, and any that could come."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from monitors.review.changes import Area, Change, Danger, Diff, Effect, Fact, Operation, ResourceChange
from monitors.spec.places import Place

STACKS = ("staging", "prod")


def change(
    headline: str = "It differs.", danger: Danger = Danger.LOW, area: Area = Area.ALERTS, **more: object
) -> Change:
    made = Change(
        subject="condition/high-skill-error-rate",
        title='NRQL condition "High Skill Error Rate"',
        area=area,
        operation=Operation.CHANGED,
        danger=danger,
        headline=headline,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name, as the test gives them


def diff(*changes: Change, **more: object) -> Diff:
    return replace(Diff("main", "topic", changes, stacks=STACKS), **more)  # type: ignore[arg-type]  # likewise


def lost(name: str, loses: str = "", effect: Effect = Effect.REPLACE, **more: object) -> ResourceChange:
    made = ResourceChange("newrelic:index/workflow:Workflow", name, effect, ("accountId",), loses, STACKS)
    return replace(made, **more)  # type: ignore[arg-type]  # likewise


PLAIN = diff(
    change(
        '"High Skill Error Rate" opens above 7 % for 5 min, before above 5 %.',
        Danger.HIGH,
        facts=(Fact("threshold", "A rate of 5 to 7 % is no longer told.", "5 %", "7 %", "critical.value"),),
        fields=("critical.value",),
        place=Place("/nowhere/monitors/catalog/skill_alerts.py", 80),
        environments=("prod",),
    ),
    change("AI engineer B is on call this week, before A.", Danger.MEDIUM, Area.ON_CALL, environments=STACKS),
    change('The chart "Cost" has another title.', Danger.HARMLESS, Area.DASHBOARDS, environments=STACKS),
    resources=(lost("page-sev1", "Its deliveries are lost."), lost("old", effect=Effect.DELETE)),
    notes=('The stack "dev" is in main alone and is not compared.',),
)

# Whatever Markdown, HTML and GitHub read, thick on the ground, and everything else that text can hold.
_SIGNS = st.sampled_from(
    [
        *"\\`*_[](){}<>&!~|$:@#+-=.1 \n\t\r\v\x85\u2028\u202e\u200b\u0000\U0001f308\ud800é",
        "<!-- lookout-diff -->",
        "-->",
        "</details>",
        "<details>",
        "@org/team",
        "#12",
        "GH-7",
        "http://x.y/z",
        "www.x.y",
        "a@b.example",
        ":tada:",
        "```",
        "$x$",
        "<script>alert(1)</script>",
        "<img src=x>",
        "[x](http://y)",
        "> [!NOTE]",
        "1. ",
        "- ",
        "word",
        "| a | b |",
        "&lt;",
    ]
)
texts = st.one_of(
    st.text(max_size=60),
    st.lists(_SIGNS, max_size=14).map("".join),
    st.builds(lambda part, times: part * times, _SIGNS, st.integers(0, 3_000)),
)
_optional = st.none() | texts
_environments = st.sampled_from([(), ("prod",), ("staging",), STACKS])
facts = st.builds(Fact, texts, texts, _optional, _optional, _optional)
changes = st.builds(
    Change,
    texts,
    texts,
    st.sampled_from(Area),
    st.sampled_from(Operation),
    st.sampled_from(Danger),
    texts,
    st.lists(facts, max_size=4).map(tuple),
    st.just(()),
    _optional,
    st.none() | st.builds(Place, texts, st.integers(1, 10**6)),
    _environments,
)
resources = st.builds(
    ResourceChange, texts, texts, st.sampled_from(Effect), st.lists(texts, max_size=3).map(tuple), texts, _environments
)
diffs = st.builds(
    Diff,
    texts,
    texts,
    st.lists(changes, max_size=12).map(tuple),
    st.lists(resources, max_size=6).map(tuple),
    st.lists(texts, max_size=4).map(tuple),
    st.just(STACKS),
)
