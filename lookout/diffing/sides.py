"""Which two sides `lookout diff` was asked to compare."""

from __future__ import annotations

from dataclasses import dataclass

from lookout.errors import CouldNotRun
from lookout.revisions.git import Repository
from lookout.revisions.loading import Side
from lookout.revisions.provisioned import read
from lookout.revisions.source import Source, catalogue, sides


@dataclass(frozen=True)
class Chosen:
    """Both sides, and the repository of their commits, None where neither is one."""

    before: Side
    after: Source
    repository: Repository | None


@dataclass(frozen=True)
class Provisioning:
    """A stack that was provisioned, in the local account or in real ones."""

    stack: str | None
    in_sandbox: bool


def chosen_sides(
    base: str | None, head: str | None, direct: bool, catalog: str | None, provisioning: Provisioning | None
) -> Chosen:
    """Return both sides. Raises `CouldNotRun` for names that are no commits and for options that exclude each other."""
    found = catalogue(catalog)
    if provisioning is None:
        repository = Repository(found.folder)
        before, after = sides(found, repository, base, head, direct=direct)
        return Chosen(before, after, repository)
    if head is not None or direct or catalog is not None:
        raise CouldNotRun(
            "what is provisioned is compared with one revision of our own catalogue.",
            "Name one at most, and leave --direct and --catalog out.",
        )
    if provisioning.stack is None:
        raise CouldNotRun("--provisioned needs to know whose state to read.", "Add --stack staging or --stack prod.")
    known = None if base is None else Repository(found.folder)
    new = Source(found, None if base is None or known is None else known.commit(base))
    return Chosen(read(provisioning.stack, in_sandbox=provisioning.in_sandbox), new, known)
