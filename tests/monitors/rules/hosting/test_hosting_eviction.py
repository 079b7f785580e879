"""hosting/eviction: a cache lets go, a queue does not."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import messages
from hosting_cases import running

from monitors import spec
from monitors.rules.hosting.eviction import CHECK


def store(key: str, eviction: str) -> spec.Stack:
    return running(key_values=(build.key_value(key=key, name=key, eviction=eviction),))


def test_a_queue_that_evicts_is_found() -> None:
    assert messages(CHECK, store("job-queue", "allkeys_lru")) == [
        'eviction is allkeys_lru, and "job" says that it keeps what must not be lost.'
    ]


def test_a_cache_that_never_evicts_is_found() -> None:
    assert messages(CHECK, store("cache", "noeviction")) == [
        'eviction is noeviction, and "cache" says that it is a cache: once full, every write fails.'
    ]


def test_the_variable_that_leads_to_a_store_says_what_it_is_for() -> None:
    led = build.env_var(name="CELERY_BROKER_URL", value=spec.StoreAddress(store="redis"))
    stack = running(
        key_values=(build.key_value(key="redis", name="redis"),),
        web_services=(build.web_service(variables=(led,)),),
    )
    assert messages(CHECK, stack) == ['eviction is allkeys_lru, and "CELERY" says that it keeps what must not be lost.']


@pytest.mark.parametrize(
    ("key", "eviction"), [("cache", "allkeys_lru"), ("queue", "noeviction"), ("redis", "noeviction")]
)
def test_what_suits_and_what_is_not_known_is_fine(key: str, eviction: str) -> None:
    assert messages(CHECK, store(key, eviction)) == []
