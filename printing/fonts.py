"""The fonts that together hold every character of a Chinese name, found on the machine and asked by their cmap."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONTS_VARIABLE = "CHUANGKOU_FONTS"
"""Directories of fonts, separated like PATH, looked into before all others."""

_BUNDLED = Path(__file__).resolve().parent.parent / "resources" / "fonts"
_SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


class FontMissing(Exception):  # noqa: N818 - it is a state of the machine, with advice
    """No font can draw what has to be drawn; ``package`` is the Debian package that brings one."""

    code = "font_missing"

    def __init__(self, family: str, package: str) -> None:
        super().__init__(f"{family}: install {package} or point {FONTS_VARIABLE} to it")
        self.family = family
        self.package = package


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a chain; ``threshold`` (0–255) is the grey from which a dot of this face is printed black."""

    family: str
    file: str
    package: str
    index: int = 0
    threshold: int = 128


# Index 7 of the collection is Noto Sans Mono CJK SC: the same Chinese, with Latin half as wide as it.
NOTO = Face("Noto Sans CJK SC", "NotoSansCJK-Regular.ttc", "fonts-noto-cjk", index=7)
WENKAI = Face("LXGW WenKai", "LXGWWenKai-Regular.ttf", "fonts-lxgw-wenkai", threshold=96)
WENKAI_MONO = Face("LXGW WenKai Mono", "LXGWWenKaiMono-Regular.ttf", "fonts-lxgw-wenkai")
# The hairlines of HanaMin break at 24 dots unless faint grey counts as black.
HANA_A = Face("HanaMinA", "HanaMinA.ttf", "fonts-hanazono", threshold=64)
HANA_B = Face("HanaMinB", "HanaMinB.ttf", "fonts-hanazono", threshold=64)

RASTER_CHAIN = (NOTO, WENKAI, HANA_A, HANA_B)
PDF_CHAIN = (WENKAI_MONO, HANA_A, HANA_B)
"""reportlab refuses the CFF outlines of Noto; Mono has Latin half as wide as Chinese, as the layout counts."""


@cache
def font_path(face: Face) -> Path:
    """Return the file of a face.

    Raises:
        FontMissing: it is in none of the known directories.
    """
    for directory in _directories():
        found = next(directory.rglob(face.file), None) if directory.is_dir() else None
        if found is not None:
            return found
    raise FontMissing(face.family, face.package)


def face_for(char: str, chain: tuple[Face, ...]) -> Face:
    """Return the first face of the chain that has the character; the first of all where no font has it.

    Raises:
        FontMissing: a font that might have it is not installed.
    """
    if chain[0] is NOTO and _is_common(char):
        return NOTO
    return next((face for face in chain if ord(char) in _characters(face)), chain[0])


def absent(characters: str, chain: tuple[Face, ...]) -> list[str]:
    """Return the characters that no font of the chain has.

    Raises:
        FontMissing: a font of the chain is not installed.
    """
    left = list(characters)
    for face in chain:
        left = [char for char in left if ord(char) not in _characters(face)]
    return left


def _is_common(char: str) -> bool:
    """Noto has all of GBK: no need to read a cmap of 65,000 entries for it."""
    try:
        return len(char.encode("gbk")) > 0
    except UnicodeEncodeError:
        return False


def _directories() -> Iterator[Path]:
    yield from (Path(entry) for entry in os.environ.get(FONTS_VARIABLE, "").split(os.pathsep) if entry)
    yield _BUNDLED
    yield from _SYSTEM


@cache
def _characters(face: Face) -> frozenset[int]:
    # Only rare characters pay for the import; fontTools ships no types.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415

    with TTFont(font_path(face), fontNumber=face.index, lazy=True) as font:
        return frozenset(font.getBestCmap())
