"""Finding what belongs together: documents of two folders, and sentences of texts that are not parallel."""

from bialign.mining.files import mine_files
from bialign.mining.folders import FilePair, Pairing, pair_folders
from bialign.mining.sentences import Mined, mine

__all__ = ["FilePair", "Mined", "Pairing", "mine", "mine_files", "pair_folders"]
