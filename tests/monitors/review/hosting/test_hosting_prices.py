"""What is known of Render's prices: every plan of the vocabulary, and words for what is not known."""

from __future__ import annotations

from typing import get_args

import pytest
from hosted_stacks import cache, database, the_change, web
from reviewed_stacks import texts

from monitors.review.hosting import prices
from monitors.review.hosting.costs import Cost, cost_of
from monitors.spec import Stack
from monitors.spec.platform import KeyValuePlan, PostgresPlan, ServicePlan


def test_every_plan_of_the_vocabulary_has_a_price() -> None:
    assert set(prices.SERVICES) == set(get_args(ServicePlan))
    assert set(prices.POSTGRES) == set(get_args(PostgresPlan))
    assert set(prices.KEY_VALUES) == set(get_args(KeyValuePlan))


def test_a_larger_service_or_store_costs_more() -> None:
    services = [one.usd for one in prices.SERVICES.values()]
    assert services == sorted(services)
    assert list(prices.KEY_VALUES.values()) == sorted(prices.KEY_VALUES.values())


def test_a_service_that_scales_costs_a_range() -> None:
    (service,) = web().platform.web_services
    assert cost_of(service) == Cost(50, 250)


def test_a_database_costs_its_plan_and_its_disk() -> None:
    (store,) = database(plan="pro_8gb", disk_gigabytes=100).platform.postgres
    assert str(cost_of(store)) == "130 USD a month"


@pytest.mark.parametrize(
    "after", [web(plan="pro"), cache(plan="standard"), database(plan="basic_4gb")], ids=["service", "cache", "database"]
)
def test_a_plan_without_a_price_is_said_not_to_have_one(after: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    for table in ("SERVICES", "POSTGRES", "KEY_VALUES"):
        monkeypatch.setattr(prices, table, {})
    assert "a price not known here" in texts(the_change(after))["monthly cost"]
