"""How much there is to count: what a share of errors can be depends on how many requests there are."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from monitors.spec.base import Spec
from monitors.spec.values import Key, NoRepeats, NotBlank, Sentence

_Rate = Annotated[float, Field(gt=0, allow_inf_nan=False, description="Give a number a minute above 0.")]


class Traffic(Spec):
    """How many a minute the named metrics and events count, at the busiest, as a rule, and in the quietest hours.

    `basis` says where the figures come from: a requirement, a measurement, or an assumption.
    """

    LABEL: ClassVar[str] = "traffic"

    key: Key
    counts: Annotated[
        tuple[Annotated[str, NotBlank], ...],
        Field(min_length=1, description="Name metrics or event types, such as Custom/Service/RequestCount."),
        NoRepeats,
    ]
    peak_per_minute: _Rate
    typical_per_minute: _Rate
    quiet_per_minute: _Rate
    basis: Sentence

    @model_validator(mode="after")
    def _rises(self) -> Traffic:
        if not self.quiet_per_minute <= self.typical_per_minute <= self.peak_per_minute:
            raise ValueError(
                f"quiet_per_minute {self.quiet_per_minute:g}, typical_per_minute {self.typical_per_minute:g} and "
                f"peak_per_minute {self.peak_per_minute:g} do not rise; quiet is the least of the three"
            )
        return self
