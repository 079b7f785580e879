"""The change of something that no key names, such as a setting or the tags of a stack."""

from __future__ import annotations

from collections.abc import Iterable

from monitors.review.changes import Area, Change, Operation
from monitors.review.findings import Finding
from monitors.review.phrases import sentence
from monitors.spec import Spec


def change_of(subject: str, title: str, area: Area, spec: Spec, findings: Iterable[Finding]) -> Change:
    """Return the change of it from what was found out, of which there is something; the gravest is the headline."""
    every = sorted(findings, key=lambda one: -one.danger)
    first = every[0]
    return Change(
        subject=subject,
        title=title,
        area=area,
        operation=Operation.CHANGED,
        danger=first.danger,
        headline=sentence(first.headline(title)),
        facts=tuple(one.fact(in_headline=one is first) for one in every),
        fields=tuple(dict.fromkeys(one.field for one in every if one.field)),
        place=spec.declared_at,
    )
