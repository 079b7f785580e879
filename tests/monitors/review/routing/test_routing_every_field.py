"""No field of routing or on call can change without a change that names it, in words."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from rich_stack import KINDS, MET, REACHED, RICH, edits, exchanged, specs
from routing_edits import AT, the_change

from monitors.review import routing
from monitors.review.changes import Danger, Operation
from monitors.review.context import Context
from monitors.review.fields import differences
from monitors.rules.subjects import keyed_specs
from monitors.spec import Spec

_BY_PATH = re.compile(r'(^|": )[A-Z][a-z ]+(\[[^]]*\]|\.[a-z ]+)+ was ')
CASES = [(kind, spec, path, made) for kind, spec in specs() for path, made in edits(spec)]


@pytest.mark.parametrize(
    ("kind", "spec", "path", "made"),
    CASES,
    ids=[f"{kind}-{number}-{path}" for number, (kind, _, path, _) in enumerate(CASES)],
)
def test_a_field_that_changes_is_told_in_words_and_named(kind: str, spec: Spec, path: str, made: Spec) -> None:
    key = getattr(made, "key")  # noqa: B009  # every kind has one
    found = list(routing.changes(Context(RICH, exchanged(spec, made), AT)))
    (own,) = [one for one in found if one.subject == f"{kind}/{key}"]
    paths = [one.path for one in differences(spec, made)]
    assert set(paths) <= set(own.fields)
    said = [own.headline, *(fact.text for fact in own.facts)]
    assert all(text.endswith(".") for text in said)
    assert not [text for text in said if "(name=" in text or "None" in text or "FrozenDict" in text], said
    told_by_path = [text for text in said if _BY_PATH.search(text)]
    assert not told_by_path, "a field is told by nothing but its path"


def test_every_kind_has_edits() -> None:
    counts = Counter(kind for kind, *_ in CASES)
    assert set(counts) == set(KINDS)
    assert min(counts.values()) >= 2, counts


def test_the_edits_reach_every_field_of_the_vocabulary() -> None:
    assert set() == MET - REACHED
    assert len({of for of, _ in MET}) > 20  # specs and the parts that they hold


@pytest.mark.parametrize("kind", KINDS)
def test_a_spec_that_is_new_and_one_that_is_gone_are_told(kind: str) -> None:
    spec = next(spec for of, spec in keyed_specs(RICH) if of == kind)
    without = exchanged(spec, spec)
    for part in ("observability", "response"):
        side = getattr(without, part)
        for name in type(side).model_fields:
            side.__dict__[name] = tuple(one for one in getattr(side, name) if one is not spec)
    subject = f"{kind}/{getattr(spec, 'key')}"  # noqa: B009
    for before, after, operation in (
        (without, RICH, Operation.ADDED),
        (RICH, without, Operation.REMOVED),
    ):
        found = [one for one in routing.changes(Context(before, after, AT)) if one.subject == subject]
        assert [one.operation for one in found] == [operation]
        assert found[0].headline.endswith(".")
        assert found[0].danger >= Danger.LOW


def test_a_setting_is_told_by_its_name_and_never_by_more() -> None:
    (spec,) = [spec for kind, spec in specs() if getattr(spec, "key", "") == "rollback" and kind == "destination"]
    (made,) = [made for path, made in edits(spec) if path == "token"]
    found = the_change(exchanged(spec, made), RICH)
    assert found.headline == (
        'Webhook destination "Automatic rollback (prod)": Requests carry the token of the setting anotherOne; was the '
        'setting rollbackToken. It carries 6 SEV1 alerts ("Rollback: health checks failing", "Rollback: error rate", '
        '"Rollback: memory" and 3 more).'
    )
