"""Finding what belongs together: documents of two folders, and sentences of texts that are not parallel."""

from bialign.mining.sentences import Mined, mine

__all__ = ["Mined", "mine"]
