"""What is known to a check and accepted, with the reason."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from monitors.spec.base import Spec
from monitors.spec.values import NotBlank


class Silence(Spec):
    """One check that is not to speak of one spec; a silence that silences nothing is a problem itself."""

    LABEL: ClassVar[str] = "silence"

    check: Annotated[
        str,
        Field(
            pattern=r"^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$",
            description="Give a check's code, such as query/limit; `lookout check --list` names them all.",
        ),
    ]
    subject: Annotated[
        str,
        Field(min_length=3, description="Give kind and key, such as condition/daily-cost; * stands for any text."),
        NotBlank,
    ]
    reason: Annotated[
        str, Field(min_length=10, max_length=1000, description="Say why it is meant so, in a sentence."), NotBlank
    ]
