"""The fixture of a served account, for the tests in this folder."""

from accounts_harness import account

__all__ = ["account"]
