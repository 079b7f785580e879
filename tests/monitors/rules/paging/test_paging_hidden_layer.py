"""paging/hidden-layer: a schedule's layer is covered by a later one at every hour."""

from __future__ import annotations

import spec_builders as build

from monitors import spec
from monitors.rules.check import Finding
from monitors.rules.paging.hidden_layer import CHECK
from monitors.rules.review import Review

NIGHTS = build.restriction(start="18:00:00", duration_seconds=50_400)


def _findings(*layers: spec.Layer) -> list[Finding]:
    stack = build.stack(response=build.response(schedules=(build.schedule(layers=layers),)))
    return list(CHECK.run(Review(stack)))


def test_a_layer_under_one_without_restrictions_is_found() -> None:
    (found,) = _findings(build.layer(name="Weekly"), build.layer(name="Daily", turn_seconds=86_400))
    assert (found.subject.key, found.field) == ("schedule/primary", "layers.0")
    assert found.message == '"Daily" after it has no restrictions, and covers every hour of "Weekly".'
    assert found.advice == "Give the later layer restrictions, put it first, or delete the one that is covered."


def test_a_later_beginning_is_told() -> None:
    (found,) = _findings(build.layer(name="Weekly"), build.layer(name="Daily", start="2026-03-02T09:00:00+00:00"))
    assert found.message == (
        '"Daily" after it has no restrictions, and covers every hour of "Weekly" from 2026-03-02T09:00:00+00:00 on.'
    )


def test_every_layer_below_is_told() -> None:
    layers = (build.layer(name="One"), build.layer(name="Two", restrictions=(NIGHTS,)), build.layer(name="Three"))
    assert [found.field for found in _findings(*layers)] == ["layers.0", "layers.1"]


def test_a_later_layer_of_some_hours_is_what_layers_are_for() -> None:
    assert _findings(build.layer(name="Weekly"), build.layer(name="Nights", restrictions=(NIGHTS,))) == []
