"""dashboard/link: links lead to whole addresses."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import messages

from monitors.rules.dashboard.link import CHECK


@pytest.mark.parametrize(
    ("link", "message"),
    [
        (
            "[runbook](incident-response.md)",
            'The link "runbook" leads to incident-response.md, which is no whole address: within New Relic it opens '
            "nothing.",
        ),
        (
            "[section](#errors)",
            'The link "section" leads to #errors, which is no whole address: within New Relic it opens nothing.',
        ),
        ("[nothing]()", 'The link "nothing" has no address.'),
        (
            "[old](http://example.com)",
            'The link "old" leads to http://example.com, which is not encrypted; browsers warn of it.',
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_found(link: str, message: str) -> None:
    assert messages(CHECK, build.markdown(text=f"See {link}.")) == [message]


def test_whole_addresses_are_fine() -> None:
    text = "See [help](https://example.com/a#b), [mail](mailto:team@example.com), [x](https://example.com 'title')."
    assert messages(CHECK, build.markdown(text=text)) == []
