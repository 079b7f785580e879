"""Reads the specs of both sides of a comparison, at once and as far as possible from what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lookout.revisions import cache
from lookout.revisions.dumping import HANGS_SECONDS, dumping, read_of
from lookout.revisions.faults import conflict_line, not_there, unsettled
from lookout.revisions.git import Repository
from lookout.revisions.provisioned import Provisioned
from lookout.revisions.source import OURS, WORKING_TREE, Catalogue, Source, catalogue
from lookout.revisions.trees import extract, private_folder

if TYPE_CHECKING:
    from lookout.revisions.revival import Revived
    from monitors.spec import Stack

Document = Mapping[str, Any]
Side = Source | Provisioned


@dataclass(frozen=True)
class Sides:
    """Both sides, the old one first; specs that are the same on both are the same objects."""

    before: Revived
    after: Revived


@contextmanager
def reading(
    before: Side, after: Source, repository: Repository | None, seconds: int = HANGS_SECONDS
) -> Iterator[Callable[[], Sides]]:
    """Begin to read both sides, and hand out what waits for them; other work can be done in between.

    Both raise `CouldNotRun`, the first before anything of a catalogue runs, the second for what is wrong with one.
    """
    with ExitStack() as ending:
        # The working tree needs no files to be written first, so that it is read while the other's are.
        waits = {
            id(one): _begun(one, repository, seconds, ending)
            for one in sorted((before, after), key=lambda one: isinstance(one, Source) and one.commit is not None)
        }

        def wait() -> Sides:
            from lookout.revisions.revival import revive  # the vocabulary is imported while others work

            new = revive(waits[id(after)](), str(after))
            return Sides(revive(waits[id(before)](), str(before), new), new)

        yield wait


def load(revision: str | None, folder: Path | None = None, target: str = OURS) -> Mapping[str, Stack]:
    """Return the stacks of one git revision, of the working tree where it is None.

    `folder` is the one that the catalogue's module is below, the checkout by default. Raises `CouldNotRun`.
    """
    from lookout.revisions.revival import revive

    found = catalogue(None) if folder is None else Catalogue(target, folder)
    repository = Repository(found.folder)
    source = Source(found, None if revision is None else repository.commit(revision))
    with ExitStack() as ending:
        return revive(_begun(source, repository, HANGS_SECONDS, ending)(), str(source)).stacks


def _begun(source: Side, repository: Repository | None, seconds: int, ending: ExitStack) -> Callable[[], Document]:
    if isinstance(source, Provisioned):
        document = source.document
        return lambda: document
    if source.commit is None or repository is None:
        return _working_tree(source, repository, seconds, ending)
    folders, commit = source.catalogue.folders, source.commit
    entries = repository.files(commit, folders)
    paths = {entry.path for entry in entries}
    if not any(file in paths for file in source.catalogue.files):
        raise not_there(source, _first(source, repository))
    # Without a vocabulary of its own a tree is read with today's, which may be edited.
    keeps = any(path.startswith("monitors/spec/") for path in paths)
    file = cache.cache_file(source.catalogue.target, repository.trees(commit, folders)) if keeps else None
    known = cache.cached(file) if file is not None else None
    if known is not None:
        return lambda: known
    first = [entry for entry in entries if source.catalogue.likely_needs(entry.path)]
    tree = ending.enter_context(private_folder())
    extract(repository, commit, first, tree)
    started = ending.enter_context(dumping(source, tree, ending.enter_context(private_folder()), seconds))

    def wait() -> Document:
        answer = started.answer()
        if "fault" in answer and len(first) < len(entries):
            # It may need what most revisions do not. Writing every file takes longer than all the rest.
            extract(repository, commit, sorted(set(entries).difference(first), key=attrgetter("path")), tree)
            with private_folder() as private, dumping(source, tree, private, seconds) as again:
                answer = again.answer()
        document = read_of(source, tree, answer)
        if file is not None:
            cache.keep(file, document)
        return document

    return wait


def _working_tree(
    source: Source, repository: Repository | None, seconds: int, ending: ExitStack
) -> Callable[[], Document]:
    folder = source.catalogue.folder.resolve()
    if not any((folder / file).is_file() for file in source.catalogue.files):
        raise not_there(source, None)
    for path in () if repository is None else repository.unmerged(source.catalogue.folders):
        line = conflict_line(folder / path)
        if line is not None:
            raise unsettled(WORKING_TREE, path, line)
    private = ending.enter_context(private_folder())
    started = ending.enter_context(dumping(source, folder, private, seconds))
    return lambda: read_of(source, folder, started.answer())


def _first(source: Source, repository: Repository) -> str | None:
    return next((found for file in source.catalogue.files if (found := repository.first_with(file))), None)
