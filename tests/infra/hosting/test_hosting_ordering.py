"""Groups and services are made after everything whose address they hold."""

from __future__ import annotations

import pytest
from platform_specs import a_group, a_platform, a_private_service, a_web_service

from infra.hosting.ordering import CircularAddressesError, in_order
from monitors.spec import EnvVar, ServiceAddress


def _address_of(service: str) -> tuple[EnvVar, ...]:
    return (EnvVar(name="OTHER_ADDRESS", value=ServiceAddress(service=service)),)


def test_a_service_comes_after_its_groups_and_after_the_service_whose_address_it_holds() -> None:
    assert [one.key for one in in_order(a_platform())] == ["shared", "ai", "web"]


def test_a_group_that_holds_a_services_address_comes_after_the_service() -> None:
    platform = a_platform(
        groups=(a_group(key="addresses", name="addresses", variables=_address_of("ai")),),
        private_services=(a_private_service(groups=()),),
        web_services=(a_web_service(groups=("addresses",), variables=()),),
    )
    assert [one.key for one in in_order(platform)] == ["ai", "addresses", "web"]


def test_a_private_service_may_hold_the_address_of_a_web_service() -> None:
    platform = a_platform(
        private_services=(a_private_service(variables=_address_of("web")),),
        web_services=(a_web_service(variables=()),),
    )
    assert [one.key for one in in_order(platform)] == ["shared", "web", "ai"]


def test_a_group_and_a_service_of_the_same_key_are_told_apart() -> None:
    platform = a_platform(
        groups=(a_group(key="ai"),),
        private_services=(a_private_service(groups=("ai",)),),
        web_services=(a_web_service(groups=("ai",)),),
    )
    assert [one.LABEL for one in in_order(platform)] == ["environment group", "private service", "web service"]


def test_services_that_need_each_others_addresses_are_refused_with_the_circle() -> None:
    platform = a_platform(private_services=(a_private_service(variables=_address_of("web")),))
    with pytest.raises(CircularAddressesError) as raised:
        in_order(platform)
    circle, _, advice = str(raised.value).partition(": ")
    assert circle in (
        'service "ai" -> service "web" -> service "ai"',
        'service "web" -> service "ai" -> service "web"',
    )
    assert advice == "each needs the next one's address before it is made; take one ServiceAddress out of the circle"
