"""Zip packages made in tests: Word and OpenDocument texts, e-books, and damaged ones."""

import io
import zipfile


def packed(parts):
    """Pack parts, given by name as text or bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()
