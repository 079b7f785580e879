"""A diff as one JSON document, whose form is stable: fields are added, never renamed or taken away.

`docs/diff.md` describes it. `version` goes up if that promise ever has to be broken.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from monitors.review.changes import Change, Danger, Diff, Effect, Fact, ResourceChange, by_weight
from monitors.review.formats.words import DANGERS, verdict

VERSION: Final = 1


def document(diff: Diff) -> dict[str, Any]:
    """Return a diff as data for JSON, changes in the order that people read them in; equal diffs give equal data."""
    dangers = Counter(change.danger for change in diff.changes)
    effects = Counter(resource.effect for resource in diff.resources)
    return {
        "version": VERSION,
        "before": diff.before,
        "after": diff.after,
        "source": diff.source,
        "stacks": list(diff.stacks),
        "summary": " ".join(verdict(diff)),
        "worst": _danger(diff.worst) if diff.changes else None,
        "totals": {
            "changes": {_danger(danger): dangers[danger] for danger in DANGERS},
            "resources": {effect.value: effects[effect] for effect in Effect},
        },
        "changes": [_change(change) for change in by_weight(diff.changes)],
        "resources": [_resource(resource) for resource in diff.resources],
        "notes": list(diff.notes),
    }


def _danger(danger: Danger) -> str:
    return danger.name.lower()


def _change(change: Change) -> dict[str, Any]:
    place = change.place
    return {
        "subject": change.subject,
        "former": change.former,
        "title": change.title,
        "area": change.area.value,
        "operation": change.operation.value,
        "danger": _danger(change.danger),
        "stacks": list(change.environments),
        "headline": change.headline,
        "facts": [_fact(fact) for fact in change.facts],
        "fields": list(change.fields),
        "place": None if place is None else {"file": place.path, "line": place.line},
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "topic": fact.topic,
        "text": fact.text,
        "before": fact.before,
        "after": fact.after,
        "field": fact.field,
    }


def _resource(resource: ResourceChange) -> dict[str, Any]:
    return {
        "type": resource.type,
        "name": resource.name,
        "effect": resource.effect.value,
        "because": list(resource.because),
        "loses": resource.loses or None,
        "stacks": list(resource.environments),
    }
