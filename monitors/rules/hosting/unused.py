"""What is made on Render and used by no service: paid for, and one more thing to keep."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.told_values import services, told
from monitors.spec import KeyValue, Postgres, StoreAddress


def _run(review: Review) -> Iterator[Finding]:
    platform = review.stack.platform
    linked = {key for service in services(platform) for key in service.groups}
    for group in platform.groups:
        if group.key not in linked:
            message = "No service has the environment group: its variables reach nothing."
            yield Finding(review.subject("environment-group", group), "key", message, "Name it in a service's groups.")
    used = {value.store for value in told(platform) if isinstance(value, StoreAddress)}
    stores: tuple[Postgres | KeyValue, ...] = (*platform.postgres, *platform.key_values)
    for store in stores:
        if store.key not in used:
            message = "No service is told the store's address: nothing reads or writes it, and it is paid for."
            advice = f'Tell a service: EnvVar(..., value=StoreAddress(store="{store.key}")).'
            yield Finding(review.subject("store", store), "key", message, advice)


CHECK = Check(
    code="hosting/unused",
    level=Level.WARNING,
    summary="A store or environment group is used by no service.",
    run=_run,
)
