"""Pulumi's own engine on any machine: found, downloaded or built, version checked, kept once per user.

Standard library only, so that the set-up can use it before anything is installed.
"""

from lookout.engine.finder import Engine, EngineError, environment, find
from lookout.engine.provide import ensure

__all__ = ["Engine", "EngineError", "ensure", "environment", "find"]
