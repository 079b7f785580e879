"""Lets these tests apply the edits in tests/edits, and use the stacks and mocks of their neighbours."""

import sys
from pathlib import Path

_TESTS = Path(__file__).parents[3]
sys.path += [str(Path(__file__).parent), str(_TESTS / "edits"), str(_TESTS / "infra")]
