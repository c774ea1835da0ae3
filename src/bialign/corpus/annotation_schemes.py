"""The schemes of annotation that a corpus keeps, so that its annotations can be cited with what their labels mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

import msgspec

from bialign.errors import CorpusError
from bialign.store import Edit, Store, listing
from bialign.store.changes import Change, read_row
from bialign.study.annotation import schemes

if TYPE_CHECKING:
    from bialign.study.annotation.schemes import Scheme

TOPIC = "scheme"


def kept(store: Store) -> dict[str, Scheme]:
    """Give the schemes that a corpus keeps, by name."""
    found = listing.verdicts(store.database, TOPIC)
    return {name: schemes.unpacked(data) for name, (_, data) in found.items()}


class _WithScheme(Protocol):
    """What names its scheme."""

    @property
    def scheme(self) -> str: ...


def used(store: Store, annotations: Iterable[_WithScheme]) -> tuple[Scheme, ...]:
    """Give the schemes that annotations follow, as the corpus keeps them."""
    held = kept(store)
    return tuple(held[name] for name in sorted({one.scheme for one in annotations}) if name in held)


def keep_missing(edit: Edit, wanted: Iterable[Scheme]) -> None:
    """Let the corpus keep schemes of names that it does not keep yet."""
    held = listing.verdicts(edit.database, TOPIC)
    for scheme in wanted:
        if scheme.scheme not in held:
            keep(edit, scheme)


def merge_schemes(mine: Store, theirs: Store) -> None:
    """Let a corpus keep the schemes that another one keeps.

    Where both keep one of a name, and not the same, labels that it lacks are added. CorpusError where such a label has
    a key that is taken, which one of the two has to change first.
    """
    with mine.edit("scheme") as edit:
        ours = kept(mine)
        for name, other in kept(theirs).items():
            own = ours.get(name)
            if own is None:
                keep(edit, other)
                continue
            new = tuple(label for label in other.labels if own.label(label.name) is None)
            for label in new:
                if own.with_key(label.key) is not None:
                    reason = "the scheme {name} is not the same in both: the key {key} has two labels"
                    raise CorpusError(reason, place=str(mine.path), name=name, key=label.key)
            keep(edit, msgspec.structs.replace(own, labels=(*own.labels, *new)))


def keep(edit: Edit, scheme: Scheme) -> None:
    """Let the corpus keep a scheme, instead of the one of its name."""
    id = f"{TOPIC} {scheme.scheme}"
    before, after = read_row(edit.database, "verdict", id), (id, "kept", schemes.packed(scheme))
    if before != after:
        edit.apply(Change("verdict", id, before, after))
    edit.details |= {"scheme": scheme.scheme}
