"""范本与式样: a blank form or a filled sample that a published item names by file and hash (domain rule I09)."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from app.domain.catalogue.item import FormRef, Item
from app.domain.paper.markup import Template, parse


class FormKind(StrEnum):
    """空白表 to be filled in, 样表 to look at."""

    BLANK = "blank"
    SAMPLE = "sample"


WORDS = {FormKind.BLANK: "空白表", FormKind.SAMPLE: "样表"}


@dataclass(frozen=True, slots=True)
class FormFile:
    """One file: its name, what it says, and the SHA-256 of its bytes in lower-case hexadecimal."""

    name: str
    template: Template
    sha256: str


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A form of a material of an item, as the version names it."""

    material_id: str
    material: str
    kind: FormKind
    ref: FormRef


def form_file(name: str, data: bytes) -> FormFile:
    """Read a file of the forms.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
        MarkupError: it breaks the markup, or has a field: a form is the same for everybody.
    """
    return FormFile(name, parse(data.decode("utf-8"), name), hashlib.sha256(data).hexdigest())


def offered(item: Item) -> tuple[OfferedForm, ...]:
    """Return the forms that an item names, in the order of its materials, the blank one first."""
    return tuple(
        OfferedForm(material.id, material.name, kind, ref)
        for material in item.materials
        for kind in FormKind
        if (ref := item.form_files.get(material.id, {}).get(kind.value)) is not None
    )
