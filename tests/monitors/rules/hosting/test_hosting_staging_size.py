"""hosting/staging-size: staging is smaller than prod."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from hosting_cases import running

from monitors.catalog import stack
from monitors.rules.hosting.staging_size import CHECK

LARGE = {
    "web_services": (build.web_service(plan="pro", instances=2),),
    "postgres": (build.postgres(plan="pro_4gb", high_availability=True),),
}


def test_a_staging_of_prods_size_is_found_part_by_part() -> None:
    assert messages(CHECK, running("staging", **LARGE)) == [
        "Staging's plan is pro, which is made for load.",
        "Staging runs 2 instances at all times.",
        "Staging's database has a stand-by, which doubles its price.",
    ]


def test_prod_and_a_small_staging_are_fine() -> None:
    assert messages(CHECK, running("prod", **LARGE)) == []
    assert messages(CHECK, stack("staging")) == []
