"""Where the two sides of a comparison come from: which catalogue, of which folder, at which commit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lookout.errors import CouldNotRun
from lookout.revisions.git import Commit, Repository

CHECKOUT: Final = Path(__file__).resolve().parents[2]
DUMPER: Final = Path(__file__).with_name("dumper.py")
WRITER: Final = CHECKOUT / "monitors" / "spec" / "written.py"
OURS: Final = "monitors.catalog:stack"
WORKING_TREE: Final = "the working tree"
_OUR_FOLDERS: Final = ("service", "monitors")  # all that the catalogue imports
_OUR_MODULES: Final = ("service/", "monitors/spec/", "monitors/catalog/")
_DEFAULT_BASES: Final = ("origin/main", "main", "origin/master", "master")


@dataclass(frozen=True)
class Catalogue:
    """A catalogue by its `module:attribute`, and the folder, in git or out of it, that its module is below."""

    target: str
    folder: Path

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that are needed to read it; another catalogue than ours may import whatever is beside it."""
        return _OUR_FOLDERS if self.target == OURS else (".",)

    def likely_needs(self, path: str) -> bool:
        """Say whether reading it takes this file: ours is made of its specs and the vocabulary alone."""
        return self.target != OURS or path.startswith(_OUR_MODULES) or path.count("/") == 1

    @property
    def files(self) -> tuple[str, str]:
        """The paths of which its module is one."""
        module = self.target.partition(":")[0].replace(".", "/")
        return f"{module}/__init__.py", f"{module}.py"


@dataclass(frozen=True)
class Source:
    """One side: a catalogue at a commit, or, where that is None, as its files are now."""

    catalogue: Catalogue
    commit: Commit | None

    def __str__(self) -> str:
        """Return what people call it."""
        return WORKING_TREE if self.commit is None else str(self.commit)


def catalogue(target: str | None) -> Catalogue:
    """Return the catalogue that is meant: another one is looked for in the current folder, as `lookout check` does.

    Ours is that of the checkout that the current folder is in, such as a second worktree, else of this one.
    """
    if target is not None:
        module, _, attribute = target.partition(":")
        if not module or not attribute:
            raise CouldNotRun(f"--catalog is {target!r}, which is not of the form module:attribute", f"Ours is {OURS}.")
        return Catalogue(target, Path.cwd())
    ours = Catalogue(OURS, CHECKOUT)
    around = (folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / ours.files[0]).is_file())
    return Catalogue(OURS, next(around, CHECKOUT))


def sides(
    catalogue: Catalogue, repository: Repository, base: str | None, head: str | None, *, direct: bool = False
) -> tuple[Source, Source]:
    """Return both sides as a pull request compares them: from where HEAD left BASE; `direct` compares BASE itself.

    Raises `CouldNotRun` for a name that is no commit.
    """
    tip = repository.commit(head or "HEAD")
    before = repository.commit(base) if base is not None else _default_base(repository)
    if not direct:
        before = repository.merge_base(before, tip)
    return Source(catalogue, before), Source(catalogue, tip if head is not None else None)


def _default_base(repository: Repository) -> Commit:
    found = repository.first_known(_DEFAULT_BASES)
    if found is None:
        raise CouldNotRun(
            f"there is no {' or '.join(_DEFAULT_BASES[:2])} here to compare with.",
            "Name what to compare with: lookout diff BASE.",
        )
    return found
