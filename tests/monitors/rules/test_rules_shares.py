"""Shares of errors are read from a query in every usual form."""

from __future__ import annotations

import pytest

from monitors.catalog import stack
from monitors.rules.reading import scopes
from monitors.rules.review import Review, read_query
from monitors.rules.shares import Share, alarm, share_of, traffic_of
from monitors.rules.subjects import Subject

BAD, ALL = "filter(count(*), WHERE success IS FALSE)", "count(*)"


def of(select: str) -> Share | None:
    query = f"FROM SkillExecution SELECT {select}"
    read = read_query(Subject("query", "query/it", None, query), "query", query, "condition")
    return share_of(scopes(read)[0])


@pytest.mark.parametrize(
    ("select", "share"),
    [
        (f"{BAD} / {ALL} * 100", Share("SkillExecution", 100, False, 0)),
        (f"100 * {BAD} / {ALL}", Share("SkillExecution", 100, False, 0)),
        (f"{BAD} * 100 / {ALL}", Share("SkillExecution", 100, False, 0)),
        (f"100 * ({BAD} / {ALL})", Share("SkillExecution", 100, False, 0)),
        (f"{BAD} / {ALL}", Share("SkillExecution", 1, False, 0)),
        (f"100 - {BAD} / {ALL} * 100", Share("SkillExecution", 100, True, 0)),
        (f"1 - {BAD} / {ALL}", Share("SkillExecution", 1, True, 0)),
        (f"{BAD} / clamp_min({ALL}, 50) * 100", Share("SkillExecution", 100, False, 50)),
        (f"percentage({ALL}, WHERE success IS FALSE)", Share("SkillExecution", 100, False, 0)),
        (f"100 - {BAD} / {ALL}", None),
        (f"{BAD} / uniqueCount(model)", None),
        ("average(cost)", None),
    ],
)
def test_a_share_is_read_whatever_its_form(select: str, share: Share | None) -> None:
    assert of(select) == share


def test_every_share_of_the_catalogue_that_pages_has_stated_traffic() -> None:
    review = Review(stack("prod"))
    shares = {
        one.spec.key: found.share
        for one in review.conditions
        if one.spec.severity.pages and (found := alarm(one, one.spec.critical)) is not None
    }
    assert set(shares) == {
        "high-skill-error-rate",
        "web-unreachable",
        "availability-fast-burn",
        "claude-api-success-rate",
        "rollback-error-rate",
        "rollback-skill-error-rate",
    }
    stated = {key for key, share in shares.items() if traffic_of(share, review.stack.traffic) is not None}
    # Results of synthetic checks come at a rate that the monitor sets.
    assert set(shares) - stated == {"web-unreachable"}
