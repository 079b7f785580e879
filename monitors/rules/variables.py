"""Where a dashboard's template variables are used."""

from __future__ import annotations

import re
from typing import Final

from monitors.spec import Dashboard, MarkdownWidget

_USE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def used_in(dashboard: Dashboard) -> frozenset[str]:
    """Return the names of the variables that some query of a dashboard uses, those of other variables too."""
    widgets = (widget for page in dashboard.pages for widget in page.widgets)
    queries = [query for widget in widgets if not isinstance(widget, MarkdownWidget) for query in widget.queries]
    queries += [variable.query for variable in dashboard.variables if variable.query]
    return frozenset(name for query in queries for name in _USE.findall(query))


def names_in(text: str) -> list[str]:
    """Return the variables named in a text, in its order."""
    return _USE.findall(text)
