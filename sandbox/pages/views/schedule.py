"""An on-call schedule as its layers: who takes turns, how long a turn is, and when it counts."""

from __future__ import annotations

from typing import Any

from sandbox.pages.fields import Fields
from sandbox.pages.html import Child, Html, element, joined
from sandbox.pages.layout import facts, panel
from sandbox.pages.words import duration, readable

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def schedule(properties: dict[str, Any], fields: Fields) -> Html:
    """The layers, the highest last: as at PagerDuty, a later layer is put over an earlier one."""
    layers = properties.get("layers") or []
    zone = properties.get("timeZone", "UTC")
    levels = [element("li", _layer(layer, fields)) for layer in layers]
    return joined(
        [
            element("p", f"Times are in the zone {zone}.", class_="lead"),
            panel("Layers", element("ol", levels, class_="levels")),
        ]
    )


def _layer(layer: dict[str, Any], fields: Fields) -> Html:
    people = [element("li", fields.value(user, ("users",), "users")) for user in layer.get("users") or []]
    restrictions = [element("li", _restriction(one)) for one in layer.get("restrictions") or []]
    rows: list[tuple[str, Child]] = [
        ("Takes turns", element("ol", people, class_="turns")),
        ("A turn lasts", duration(layer.get("rotationTurnLengthSeconds", ""))),
        ("Turns count from", layer.get("rotationVirtualStart")),
        ("On call only", element("ul", restrictions, class_="turns") if restrictions else None),
        ("Ends", layer.get("end")),
    ]
    return element("div", element("strong", layer.get("name") or "Layer"), facts(rows))


def _restriction(restriction: dict[str, Any]) -> str:
    length = duration(restriction.get("durationSeconds", ""))
    start = str(restriction.get("startTimeOfDay", ""))[:5]
    day = restriction.get("startDayOfWeek")
    if restriction.get("type") == "weekly_restriction" and day:
        return f"each {_DAYS[(int(day) - 1) % 7]} from {start}, for {length}"
    return f"{readable(str(restriction.get('type', 'daily')).removesuffix('_restriction'))} from {start}, for {length}"
