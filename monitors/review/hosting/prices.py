"""What Render charges a month, in USD, per instance that runs the whole month; Render bills by the second.

Sources, read in November 2026: Render's own guide for those who come from Heroku, in the repository render-oss/skills
(references/service-mapping.md, of August 2026), for services, Postgres, Key Value and storage; a copy of
https://render.com/pricing of September 2026 for pro_plus, basic_4gb and the memory and processors of services. Traffic,
builds, seats and the standby of a database with high availability are charged beside these: they have no price here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ServicePrice:
    """What an instance of a service costs, and what it has."""

    usd: float
    memory_gigabytes: float
    processors: float


SERVICES: Final[Mapping[str, ServicePrice]] = {
    "starter": ServicePrice(7, 0.5, 0.5),
    "standard": ServicePrice(25, 2, 1),
    "pro": ServicePrice(85, 4, 2),
    "pro_plus": ServicePrice(175, 8, 4),
    "pro_max": ServicePrice(225, 16, 4),
    "pro_ultra": ServicePrice(450, 32, 8),
}
POSTGRES: Final[Mapping[str, float]] = {
    "basic_256mb": 6,
    "basic_1gb": 19,
    "basic_4gb": 75,
    "pro_4gb": 55,
    "pro_8gb": 100,
    "pro_16gb": 200,
    "pro_32gb": 400,
    "pro_64gb": 800,
}
POSTGRES_GIGABYTE: Final = 0.30
KEY_VALUES: Final[Mapping[str, float]] = {"free": 0, "starter": 10, "standard": 32, "pro": 135, "pro_plus": 250}
