"""A paper as the screen may show it: what prints, with the names of its people masked (domain.md section 9)."""

from collections.abc import Iterable
from dataclasses import fields, replace
from functools import reduce
from typing import Any

from app.domain.masking import mask_name
from app.domain.paper.blocks import Block, Document


def masked_document(document: Document, names: Iterable[str]) -> Document:
    """Return the document with these full names masked wherever they stand; longer names first."""
    wanted = sorted({each for each in names if each}, key=len, reverse=True)
    return replace(document, blocks=tuple(_masked(block, wanted) for block in document.blocks))


def _masked(block: Block, names: list[str]) -> Block:
    changed: dict[str, Any] = {}
    for each in fields(block):
        value = getattr(block, each.name)
        if isinstance(value, str):
            hidden = reduce(lambda text, name: text.replace(name, mask_name(name)), names, value)
            if hidden != value:
                changed[each.name] = hidden
    return replace(block, **changed) if changed else block
