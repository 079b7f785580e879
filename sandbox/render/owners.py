"""The one workspace of the sandbox: Render's owner of every other object."""

from __future__ import annotations

from typing import Any

from sandbox.render.call import Account, Answer, Call
from sandbox.render.ids import OWNER_ID
from sandbox.render.listing import page

# Stands for the person whose API key is used, wherever Render names one.
USER = {"id": "usr-sandbox0000000000000", "email": "sandbox@localhost"}
_WORKSPACE = {"id": OWNER_ID, "name": "Sandbox workspace", "email": USER["email"], "type": "team"}
_FILTERS = ("name", "email")


def seed_owner(account: Account) -> None:
    """Make the workspace unless the account has it already."""
    if account.find("owner", OWNER_ID) is None:
        account.save("owner", _WORKSPACE)


def _list(call: Call) -> Answer:
    owners = [record.document for record in call.account.all("owner")]
    kept = [owner for owner in owners if all(owner[name] in call.query.get(name, [owner[name]]) for name in _FILTERS)]
    return Answer(200, page(call, "owner", kept, order=_by_id))


def _by_id(owner: dict[str, Any]) -> str:
    return str(owner["id"])


HANDLERS = {
    "GET /owners": _list,
    "GET /owners/{ownerId}": lambda call: Answer(200, call.require("owner", "ownerId", "workspace")),
}
