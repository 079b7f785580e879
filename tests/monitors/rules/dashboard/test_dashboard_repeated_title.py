"""dashboard/repeated-title: titles of one page differ."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages

from monitors.rules.dashboard.repeated_title import CHECK


def test_two_widgets_of_one_title_on_a_page_are_found() -> None:
    assert messages(CHECK, build.chart(), build.billboard(title="Errors", place=build.place(column=5))) == [
        'The page has another widget "Errors", at row 1, column 1.'
    ]


def test_the_same_title_on_another_page_and_untitled_texts_are_fine() -> None:
    assert messages(CHECK, build.dashboard(pages=(build.page(name="Now"), build.page(name="Then")))) == []
    assert messages(CHECK, build.markdown(), build.markdown(place=build.place(column=5))) == []
