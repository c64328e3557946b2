"""Digest of a mirrored table, computed alike at both ends so that a silent difference shows (sync.md section 1)."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.canonical import canonical_json, digest


def table_digest(rows: Iterable[Mapping[str, Any]], key: str) -> tuple[int, str]:
    """Return count and SHA-256 over the canonical rows in key order."""
    ordered = sorted(rows, key=lambda row: str(row[key]))
    return len(ordered), digest(b"\n".join(canonical_json(row) for row in ordered))
