"""What the card says of scanned copies; nothing where there are none, as at every window without a document camera."""

from collections.abc import Mapping


def row_words(copies: Mapping[str, int], material_id: str) -> str:
    """Return what the row of a material says of its copies."""
    return _words(copies.get(material_id, 0))


def all_words(copies: Mapping[str, int]) -> str:
    """Return what the closed section says of all copies (drawing 04)."""
    return _words(sum(copies.values()))


def _words(count: int) -> str:
    return f"已扫描 {count} 份" if count else ""
