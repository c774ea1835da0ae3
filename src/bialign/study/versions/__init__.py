"""Several versions of one text on a common base: translations side by side, revised sources, what differs, how much.

together   all pairs aligned, and made to help each other; `same`: what is equal word for word
rows       the rows that follow from the beads of all pairs; `model` holds them
collate    from files, documents or a corpus to rows
diff       words removed and added
measures   how much two versions of a passage differ; `tables` as tables
revision   what a revised source leaves of its translation
outputs    files and pages
"""

from bialign.study.versions.collate import align_versions, collate
from bialign.study.versions.model import Collation, Row, Version, VersionMove

__all__ = ["Collation", "Row", "Version", "VersionMove", "align_versions", "collate"]
