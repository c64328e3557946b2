"""Digest of a mirrored table, computed alike at both ends so that a silent difference shows (sync.md section 1)."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.canonical import canonical_json

Row = Mapping[str, Any]


def table_digest(rows: Iterable[Row], key: str) -> tuple[int, str]:
    """Return count and SHA-256 over the canonical rows in key order, one a line.

    Rows are spelled as they come: what is held of each until the last has come is its spelling.
    """
    return _hashed(spelled for _, spelled in sorted((str(row[key]), canonical_json(row)) for row in rows))


def ordered_digest(rows: Iterable[Row]) -> tuple[int, str]:
    """Return the same of rows that come in key order, by code points; nothing of them is held."""
    return _hashed(map(canonical_json, rows))


def _hashed(lines: Iterable[bytes]) -> tuple[int, str]:
    hashed, count = hashlib.sha256(), 0
    for line in lines:
        hashed.update(b"\n" + line if count else line)
        count += 1
    return count, hashed.hexdigest()
