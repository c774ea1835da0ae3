"""Opening a PDF, with one clear error for each way in which that fails."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bialign.errors import ReadError
from bialign.readers.source import Source

if TYPE_CHECKING:
    import pypdfium2 as pdfium

LOCK = threading.Lock()
"""pdfium may be used by one thread at a time only."""

_TRAILER = re.compile(rb"startxref\s+(\d+)\s+%%EOF")


@contextmanager
def opened(source: Source) -> Iterator[pdfium.PdfDocument]:
    """Open the PDF of a source; raises ReadError where it, or later a page of it, is encrypted or damaged."""
    import pypdfium2
    from pypdfium2 import raw

    # pdfium opens a file that is cut off, and leaves out the pages that are not there
    trailers = _TRAILER.findall(source.data)
    if not trailers or int(trailers[-1]) == 0:
        raise ReadError(source.file, "the file is damaged or cut off: get a whole copy of it")
    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise ReadError(
                source.file, "the file is encrypted: open it with its password and save it without one"
            ) from None
        raise ReadError(source.file, "the file is damaged or cut off: get a whole copy of it") from None
    try:
        yield document
    except pypdfium2.PdfiumError:
        raise ReadError(source.file, "the file is damaged or cut off: get a whole copy of it") from None
    finally:
        document.close()
