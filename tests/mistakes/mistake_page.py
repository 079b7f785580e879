"""Writes docs/mistakes.md: how many mistakes there are, all of them in tables, then each with what is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from mistake_cases import REFUSED, VENDORS, Mistake, Preview

from monitors.rules.runbook.sections import anchor

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "mistakes.md"
WRITE: Final = "LOOKOUT_WRITE=1 .venv/bin/python -m pytest -q tests/mistakes"
_HEAD: Final = f"""# Mistakes that authors make

Each is made in a valid stack, and what `lookout check` prints because of it stands below it, word for word. A spec that
is refused as it is built shows as `{REFUSED}`; the others are found by a check.
"""
_PREVIEW: Final = """\
*Preview* is what `pulumi preview` with the vendor's own plugin does with a mistake of the kind. It was measured on
2026-11-24 with pulumi-newrelic 5.80.4, pulumi-pagerduty 4.37.0, pulumi-render 0.6.0 and local HTTP servers; what was
not tried is called so. A preview does not read a query's text: a broken query passes, and with it every mistake within
one. Those are called *passes, unread*.
"""
_ADDING: Final = f"""## Add one

A mistake is an entry of a file in tests/mistakes/cases. Add yours, then write this page anew:

```sh
{WRITE}
```

A test fails when the page is stale, when a mistake prints nothing, and when what is printed names no spec, no field or
no next step.
"""
_SHORT: Final = {
    Preview.PASSES: "passes",
    Preview.UNREAD: "passes, unread",
    Preview.CAUGHT: "caught",
    Preview.NOT_TRIED: "not tried",
}
_LONG: Final = {
    Preview.PASSES: "Preview: passes.",
    Preview.UNREAD: "Preview: passes, as a query's text is not read there.",
    Preview.CAUGHT: "Preview: caught.",
    Preview.NOT_TRIED: "Preview: not tried.",
}


def page(printed: Mapping[Mistake, str]) -> str:
    """Return the whole page, from what is printed for each mistake."""
    lines = [_HEAD, *_counts(list(printed)), _PREVIEW, *_tables(list(printed))]
    for (vendor, subject), group in groupby(printed, key=_place):
        lines += [f"## {vendor}: {subject}", ""]
        for mistake in group:
            lines += _entry(mistake, printed[mistake])
    return "\n".join([*lines, _ADDING])


def _place(mistake: Mistake) -> tuple[str, str]:
    return mistake.vendor, mistake.subject


def _counts(all_of_them: list[Mistake]) -> Iterator[str]:
    """Yield the table of contents, with how many mistakes each subject has and who catches them."""
    yield "| | mistakes | preview: passes | passes, unread | caught | not tried | here: refused as built | by a check |"
    yield "|---|---|---|---|---|---|---|---|"
    for vendor in VENDORS:
        of_vendor = [mistake for mistake in all_of_them if mistake.vendor == vendor]
        for (_, subject), group in groupby(of_vendor, key=_place):
            yield _counted(f"[{vendor}: {subject}](#{anchor(f'{vendor}: {subject}')})", list(group))
        yield _counted(f"**{vendor}**", of_vendor)
    yield _counted("**all**", all_of_them)
    yield ""


def _counted(what: str, some: list[Mistake]) -> str:
    previews = Counter(mistake.preview for mistake in some)
    built = sum(mistake.at_construction for mistake in some)
    figures = (len(some), *(previews[one] for one in Preview), built, len(some) - built)
    return f"| {what} | {' | '.join(str(figure or '') for figure in figures)} |"


def _tables(all_of_them: list[Mistake]) -> Iterator[str]:
    yield "## All at a glance"
    yield ""
    for (vendor, subject), group in groupby(all_of_them, key=_place):
        yield f"**[{vendor}: {subject}](#{anchor(f'{vendor}: {subject}')})**"
        yield ""
        yield "| mistake | preview | caught here by |"
        yield "|---|---|---|"
        yield from (_row(mistake) for mistake in group)
        yield ""


def _row(mistake: Mistake) -> str:
    by = "the spec itself" if mistake.at_construction else f"[{mistake.caught_by}](checks/{mistake.caught_by}.md)"
    return f"| [{_cell(mistake.title)}](#{anchor(mistake.title)}) | {_SHORT[mistake.preview]} | {by} |"


def _cell(title: str) -> str:
    return title.replace("|", r"\|")


def _entry(mistake: Mistake, printed: str) -> Iterable[str]:
    return (
        f"### {mistake.title}",
        "",
        "```python",
        mistake.snippet,
        "```",
        "",
        f"{_LONG[mistake.preview]} {mistake.then}",
        "",
        "```text",
        printed,
        "```",
        "",
    )
