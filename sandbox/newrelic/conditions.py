"""What New Relic refuses of an alert condition when it is made, though its plugin's preview lets it pass.

Limits: docs.newrelic.com (create NRQL alert conditions; rules and limits for alerts) and the SDK's docstrings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.plugins.rules import Draft

_SHORTEST_WINDOW_SECONDS = 30
_LONGEST_WINDOW_SECONDS = 21_600
_DEFAULT_WINDOW_SECONDS = 60
_SHORTEST_SLIDE_SECONDS = 30
_LONGEST_DURATION_SECONDS = 86_400
_SHORTEST_STATIC_SECONDS = 60
_SHORTEST_BASELINE_SECONDS = 120
_MOST_SIGMAS = 1000
_LONGEST_NAME = 128
_MOST_CONDITIONS_OF_A_POLICY = 1000


def refused_condition(draft: Draft) -> Iterator[str]:
    """Every reason, one sentence each."""
    inputs = draft.inputs
    if len(draft.name) > _LONGEST_NAME:
        yield f'"name" has {len(draft.name)} characters; {_LONGEST_NAME} is the most'
    if not any(name in inputs for name in ("critical", "warning", "terms")):
        yield 'a condition needs a "critical" or a "warning" threshold'
    yield from _window(inputs)
    yield from _method(inputs)
    for name in ("critical", "warning"):
        if isinstance(inputs.get(name), Mapping):
            yield from _term(name, inputs[name], inputs)
    if inputs.get("type") == "baseline" and not inputs.get("baselineDirection"):
        yield 'a baseline condition needs "baselineDirection"'
    if draft.old is None and _siblings(draft) >= _MOST_CONDITIONS_OF_A_POLICY:
        yield f'policy "{inputs["policyId"]}" has {_MOST_CONDITIONS_OF_A_POLICY} conditions, the most there can be'


def window_seconds(inputs: Mapping[str, Any]) -> int:
    """The aggregation window, New Relic's default when none is declared."""
    return int(inputs.get("aggregationWindow") or _DEFAULT_WINDOW_SECONDS)


def _window(inputs: Mapping[str, Any]) -> Iterator[str]:
    window, slide = window_seconds(inputs), inputs.get("slideBy")
    if not _SHORTEST_WINDOW_SECONDS <= window <= _LONGEST_WINDOW_SECONDS:
        yield f'"aggregationWindow" value {window} is outside {_SHORTEST_WINDOW_SECONDS} to {_LONGEST_WINDOW_SECONDS}'
    if slide and (slide >= window or window % slide or slide < _SHORTEST_SLIDE_SECONDS):
        yield (
            f'"slideBy" value {slide} must be at least {_SHORTEST_SLIDE_SECONDS}, smaller than the aggregation window '
            f"({window}) and a factor of it"
        )


def _method(inputs: Mapping[str, Any]) -> Iterator[str]:
    method = str(inputs.get("aggregationMethod") or "event_flow").lower()
    if method == "event_timer" and inputs.get("aggregationDelay"):
        yield '"aggregationDelay" does not go with the method event_timer; use "aggregationTimer"'
    if method != "event_timer" and inputs.get("aggregationTimer"):
        yield f'"aggregationTimer" does not go with the method {method}; use "aggregationDelay"'


def _term(name: str, term: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[str]:
    duration = term.get("thresholdDuration")
    if duration is None and term.get("duration") is None:
        yield f'"{name}.thresholdDuration" is missing'
    if duration is not None:
        yield from _duration(f"{name}.thresholdDuration", int(duration), inputs)
    if inputs.get("type") != "baseline":
        return
    if str(term.get("operator", "")).lower() != "above":
        yield f'"{name}.operator" of a baseline condition must be above, not "{term.get("operator")}"'
    if not 1 <= term["threshold"] <= _MOST_SIGMAS:
        yield f'"{name}.threshold" of a baseline condition is outside 1 to {_MOST_SIGMAS}'


def _duration(path: str, duration: int, inputs: Mapping[str, Any]) -> Iterator[str]:
    shortest = _SHORTEST_BASELINE_SECONDS if inputs.get("type") == "baseline" else _SHORTEST_STATIC_SECONDS
    # With a sliding window New Relic's own examples use multiples of the slide.
    step = int(inputs.get("slideBy") or window_seconds(inputs))
    if not shortest <= duration <= _LONGEST_DURATION_SECONDS:
        yield f'"{path}" value {duration} is outside {shortest} to {_LONGEST_DURATION_SECONDS}'
    elif duration % step:
        yield f'"{path}" value {duration} is no multiple of {step}, the aggregation window or its slide'


def _siblings(draft: Draft) -> int:
    return sum(
        other.document["inputs"].get("policyId") == draft.inputs.get("policyId")
        for other in draft.account.objects(draft.kind)
    )
