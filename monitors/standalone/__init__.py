"""Pages that stand alone: one file that loads nothing and runs no script but its own."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_BASE: Final = (Path(__file__).parent / "base.css").read_text(encoding="utf-8")

# What XML 1.0 cannot hold at all, escaped or not: https://www.w3.org/TR/xml/#charsets
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def safe(text: object) -> str:
    """Return text as it may stand in HTML and in XML, in an attribute too."""
    return html.escape(_NOT_XML.sub("\ufffd", str(text)), quote=True)


def head(title: str, style: str, script: str) -> Iterator[str]:
    """Yield a page's beginning up to its body; `style` comes after what all pages share, `script` is allowed to run."""
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">'
    yield f'<title>{safe(title)}</title><link rel="icon" href="data:,"><style>{_BASE}{style}</style></head>'


def _policy(script: str) -> str:
    """Return a policy under which the page can load nothing and run no script but its own."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
