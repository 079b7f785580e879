"""How many widgets of a dashboard differ in what, in one sentence: the same of several is counted together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from monitors.review.findings import Finding
from monitors.words import counted, listed

# What is said of one widget and of several, by the topic of what was found.
_OF_WIDGETS: Final = {
    "new widget": ("is new", "are new"),
    "widget gone": ("is gone", "are gone"),
    "kind": ("is drawn otherwise", "are drawn otherwise"),
    "title": ("has another title", "have other titles"),
    "query": ("has another query", "have other queries"),
    "text": ("says something else", "say something else"),
    "thresholds": ("has other thresholds", "have other thresholds"),
    "limit": ("has another limit", "have other limits"),
    "unit": ("has another unit", "have other units"),
    "time range": ("looks at another time", "look at other times"),
    "page": ("is on another page", "are on other pages"),
    "place": ("moves", "move"),
    "size": ("has another size", "have other sizes"),
}
_OF_ALL: Final = {"place": "layout", "order": "order of widgets"}
_MOST_TOLD: Final = 4


def summary(found: Sequence[Finding]) -> str:
    """Return what differs in a dashboard, such as `1 widget is new, 1 is gone and 2 have other thresholds`."""
    widgets: dict[str, dict[str, None]] = {}
    others: dict[str, None] = {}
    for one in found:
        topic, widget = one.topic.partition(" ")[0] if one.topic.startswith("query") else one.topic, _widget(one)
        if widget is None or topic not in _OF_WIDGETS:
            others[_OF_ALL.get(topic, topic)] = None
        else:
            widgets.setdefault(widget, {})[topic] = None
    alike: dict[tuple[str, ...], int] = {}
    for topics in widgets.values():
        alike[tuple(topics)] = alike.get(tuple(topics), 0) + 1
    told = [*_told(alike), *([f"its {listed(others)} {'differ' if len(others) > 1 else 'differs'}"] if others else [])]
    # A comma would not tell what is said of one widget from what is said of the next.
    return "; ".join(told) if any(" and " in one for one in told) else listed(told)


def _told(alike: dict[tuple[str, ...], int]) -> Iterable[str]:
    if len(alike) > _MOST_TOLD:
        yield f"{counted(sum(alike.values()), 'widget')} differ in many ways"
        return
    for number, (topics, count) in enumerate(alike.items()):
        says = listed(_OF_WIDGETS[topic][count > 1] for topic in topics)
        yield f"{count:,} {says}" if number else f"{counted(count, 'widget')} {says}"


def _widget(one: Finding) -> str | None:
    """Return the path of the one widget that something was found out about."""
    head, widgets, rest = (one.field or "").partition(".widgets[")
    return f"{head}{widgets}{rest.partition(']')[0]}" if widgets else None
