"""The sandbox's account as this program speaks to it: given its people, and looked through for what a run left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests

from lookout.errors import CouldNotRun
from lookout.stack.pending import Found

_ANSWER_SECONDS = 30


@dataclass(frozen=True)
class Account:
    """The account of the sandbox at `url`."""

    url: str
    token: str = field(repr=False)

    def seed(self, users: Sequence[Mapping[str, str]], slack_destination_id: str) -> None:
        """Give the account what a program cannot make: its people, and the Slack destination made by hand.

        Raises `CouldNotRun` when the account refuses.
        """
        slack = {"id": slack_destination_id, "name": "Slack (made by hand)"}
        for path, body in (("pagerduty/_users", users), ("newrelic/_slack_destination", slack)):
            answer = self._ask("POST", path, json=body)
            if not answer.ok:
                raise CouldNotRun(f"the sandbox refused {path}: {answer.text[:200]}", "Try `lookout sandbox reset`.")

    def find(self, vendor: str, kind: str, inputs: Mapping[str, Any]) -> list[Found]:
        """Return the objects of a kind, those of the inputs' name alone where there is one."""
        named = {"name": inputs["name"]} if isinstance(inputs.get("name"), str) else {}
        answer = self._ask("GET", f"{vendor}/{kind}", params=named)
        answer.raise_for_status()
        return [Found(str(one["id"]), one["inputs"]) for one in answer.json()["objects"]]

    def _ask(self, method: str, path: str, **more: Any) -> requests.Response:
        authorization = {"Authorization": f"Bearer {self.token}"}
        return requests.request(
            method, f"{self.url}/accounts/{path}", headers=authorization, timeout=_ANSWER_SECONDS, **more
        )
