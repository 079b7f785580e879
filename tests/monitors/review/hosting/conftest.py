"""Lets these tests use the stacks of theirs, and what a hosting stack is built with."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
