"""Eviction that does not suit what a key-value store is for: a full cache that refuses, a queue that loses its oldest.

Render's advice is allkeys_lru for a cache and noeviction for a queue (render.com/docs/key-value). What a store is for
is taken from its key, its name and the variables that lead to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.told_values import services, variables_of
from monitors.spec import KeyValue, Stack, StoreAddress

_CACHE: Final = re.compile(r"cache|memo", re.IGNORECASE)
_QUEUE: Final = re.compile(r"queue|job|task|broker|celery|bull|session|lock|spool", re.IGNORECASE)


def _run(review: Review) -> Iterator[Finding]:
    for store in review.stack.platform.key_values:
        names = " ".join((store.key, store.name, *_led_to_by(review.stack, store)))
        cache, queue = _CACHE.search(names), _QUEUE.search(names)
        subject = review.subject("store", store)
        if queue is not None and store.eviction != "noeviction":
            message = f'eviction is {store.eviction}, and "{queue[0]}" says that it keeps what must not be lost.'
            yield Finding(
                subject, "eviction", message, 'Use eviction="noeviction", or a store of its own for the cache.'
            )
        elif cache is not None and queue is None and store.eviction == "noeviction":
            message = f'eviction is noeviction, and "{cache[0]}" says that it is a cache: once full, every write fails.'
            yield Finding(subject, "eviction", message, 'Use eviction="allkeys_lru": what can be had again may go.')


def _led_to_by(stack: Stack, store: KeyValue) -> Iterator[str]:
    for service in services(stack.platform):
        for _, variable in variables_of(stack.platform, service):
            if isinstance(variable.value, StoreAddress) and variable.value.store == store.key:
                yield variable.name


CHECK = Check(
    code="hosting/eviction",
    level=Level.WARNING,
    summary="A key-value store's eviction does not suit what it is for.",
    run=_run,
)
