"""An escalation policy as the levels a page climbs while nobody acknowledges it."""

from __future__ import annotations

from typing import Any

from monitors.words import counted
from sandbox.pages.fields import Fields
from sandbox.pages.html import Html, element
from sandbox.pages.layout import panel
from sandbox.pages.words import duration, readable


def escalation_policy(properties: dict[str, Any], fields: Fields) -> Html:
    """Who is paged at each level, and after how long without an acknowledgement."""
    rules = properties.get("rules") or []
    waited_minutes = 0
    levels = []
    for rule in rules:
        levels.append(_level(rule, waited_minutes, fields))
        waited_minutes += int(rule.get("escalationDelayInMinutes") or 0)
    return panel("Levels", element("ol", levels, class_="levels"), element("p", _end(properties, waited_minutes)))


def _level(rule: dict[str, Any], waited_minutes: int, fields: Fields) -> Html:
    when = "At once" if waited_minutes == 0 else f"After {duration(waited_minutes * 60)}"
    targets = [
        element("li", fields.value(target.get("id", ""), ("id",), "id"), element("span", _kind(target)))
        for target in rule.get("targets") or []
    ]
    return element("li", element("strong", when), element("ul", targets, class_="users"))


def _kind(target: dict[str, Any]) -> str:
    return readable(str(target.get("type", "")).removesuffix("_reference"))


def _end(properties: dict[str, Any], waited_minutes: int) -> str:
    loops = int(properties.get("numLoops") or 0)
    after = duration(waited_minutes * 60)
    if loops:
        return f"Nobody by then ({after}): it begins again at the first level, {counted(loops, 'time')}."
    return f"Nobody by then ({after}): nobody else is paged."
