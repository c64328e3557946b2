"""TrueType fonts in PDFs whose text can be copied: reportlab's character map is wrong beyond the BMP."""

import re
from functools import cache
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]  # reportlab ships no types
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]  # reportlab ships no types

from printing.fonts import Face, font_path

_MAP_NAME = "toUnicodeCMap:"
_BEYOND_BMP = re.compile(r"(?<=> <)[0-9A-F]{5,6}(?=>)")
_registering = Lock()
"""A font registered a second time would lose the subsets of a PDF that another thread is drawing."""


class CopyableFont(TTFont):  # type: ignore[misc]  # reportlab ships no types
    """A font whose ToUnicode map names characters beyond the BMP by UTF-16BE surrogate pairs (PDF 32000-1, 9.10.3)."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the library's name
        """Add the font's objects to the PDF, then mend the maps among them."""
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith(_MAP_NAME):
                stream.content = _BEYOND_BMP.sub(_surrogates, stream.content)


@cache
def register(face: Face) -> str:
    """Make a face known to reportlab and return the name to draw with.

    Raises:
        FontMissing: its file is not installed.
    """
    with _registering:
        if face.family not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(CopyableFont(face.family, str(font_path(face)), subfontIndex=face.index))
    return face.family


def _surrogates(match: re.Match[str]) -> str:
    return chr(int(match[0], 16)).encode("utf-16-be").hex().upper()
