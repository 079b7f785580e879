"""Stacks that run something."""

from __future__ import annotations

from typing import Any

import spec_builders as build

from monitors import spec


def running(name: str = "prod", **platform: Any) -> spec.Stack:
    """Return a stack with the parts of a platform."""
    return build.stack(name=name, platform=build.platform(**platform))


def web(**changes: Any) -> spec.Stack:
    """Return a stack with one web service."""
    return running(web_services=(build.web_service(**changes),))
