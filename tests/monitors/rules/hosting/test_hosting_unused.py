"""hosting/unused: what is paid for is used."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings
from hosting_cases import running

from monitors import spec
from monitors.rules.hosting.unused import CHECK


def unused(stack: spec.Stack) -> list[str]:
    return [one.subject.key for one in findings(CHECK, stack)]


def test_stores_and_groups_that_no_service_has_are_found() -> None:
    stack = running(groups=(build.environment_group(),), postgres=(build.postgres(),), key_values=(build.key_value(),))
    assert unused(stack) == ["environment-group/shared", "store/database", "store/cache"]


def test_an_address_in_a_group_that_a_service_has_is_used() -> None:
    address = build.env_var(name="DATABASE_URL", value=spec.StoreAddress(store="database"))
    stack = running(
        groups=(build.environment_group(variables=(address,)),),
        postgres=(build.postgres(),),
        web_services=(build.web_service(groups=("shared",)),),
    )
    assert unused(stack) == []
