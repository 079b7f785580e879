"""What `pulumi up` runs: everything the chosen stack's specs declare."""

from __future__ import annotations

import pulumi

from infra.program import provision

provision(pulumi.get_stack())
