"""A filled slip as a list of blocks: what is frozen with an act and printed for as long as the case is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from app.domain.paper.code128 import MAX_MODULES, is_encodable, modules
from app.domain.paper.errors import BadDocument
from app.domain.paper.width import is_printable
from app.domain.record import names, plain

VERSION = 1
MAX_BLOCKS = 500
MAX_TEXT = 4_000
MAX_CODES = 2
MAX_PAYLOAD = 100
"""Characters of a QR code that still fits beside a second one on 58 mm paper."""


@dataclass(frozen=True, slots=True)
class Title:
    """One centred line in double size; ``field`` names the field it came from, for the error when it is too wide."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Centred:
    """Centred text."""

    text: str


@dataclass(frozen=True, slots=True)
class Right:
    """Right-aligned text."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule across the paper, drawn with ``-`` or ``=``."""

    mark: str


@dataclass(frozen=True, slots=True)
class KeyValue:
    """``label：value`` with the value hanging."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class LeftRight:
    """Two texts on one line, or on two where one is too narrow."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, its first line indented by two characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Running text without indent."""

    text: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """A list entry: ``label`` (may be empty) and text hanging behind it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Codes:
    """One QR code, or two side by side, over a caption."""

    payloads: tuple[str, ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Barcode:
    """A CODE128 barcode over its own text; ``field`` names its field, for the error when it is too wide."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """The place of the seal: the organ and the kind of seal."""

    organ: str
    note: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign and date on."""

    label: str


Block = (
    Title
    | Centred
    | Right
    | Rule
    | KeyValue
    | LeftRight
    | Paragraph
    | Wrapped
    | Hanging
    | Codes
    | Barcode
    | Seal
    | Signature
)

_CLASSES: Mapping[str, type[Block]] = {cls.__name__: cls for cls in get_args(Block)}


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A filled slip: its template's name (SL-05) and its blocks in order; it has no repr, for it names persons."""

    slip: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The first title's text; the slip's name where the template has none."""
        return next((block.text for block in self.blocks if isinstance(block, Title)), self.slip)


def document_to_json(document: Document) -> dict[str, Any]:
    """Return ``{"version", "slip", "blocks": [{"kind", …}]}``, ready for JSON."""
    return {
        "version": VERSION,
        "slip": document.slip,
        "blocks": [_block_to_json(block) for block in document.blocks],
    }


def document_from_json(data: Mapping[str, Any]) -> Document:
    """Read what ``document_to_json`` made.

    Raises:
        BadDocument: another version, or anything that no template could have given.
    """
    if not isinstance(data, Mapping) or set(data) != {"version", "slip", "blocks"}:
        raise BadDocument("document")
    if data["version"] != VERSION:
        raise BadDocument("version")
    blocks = data["blocks"]
    if not isinstance(blocks, list) or len(blocks) > MAX_BLOCKS:
        raise BadDocument("blocks")
    return Document(_text(data["slip"], "slip"), tuple(_block_from_json(block) for block in blocks))


def _block_to_json(block: Block) -> dict[str, Any]:
    values = plain(block).items()
    return {"kind": type(block).__name__, **{k: list(v) if isinstance(v, tuple) else v for k, v in values}}


def _block_from_json(data: object) -> Block:
    if not isinstance(data, Mapping):
        raise BadDocument("block")
    kind = data.get("kind")
    cls = _CLASSES.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise BadDocument("kind")
    values = {str(name): value for name, value in data.items() if name != "kind"}
    if set(values) != set(names(cls)):
        raise BadDocument(cls.__name__)
    block = cls(**{name: _value(value, name) for name, value in values.items()})
    if isinstance(block, Rule) and block.mark not in {"-", "="}:
        raise BadDocument("mark")
    if isinstance(block, Barcode) and not (is_encodable(block.text) and modules(block.text) <= MAX_MODULES):
        raise BadDocument("barcode")
    return block


def _value(value: object, name: str) -> Any:
    """Codes carry a list of payloads; every other value of a block is text."""
    if name != "payloads":
        return _text(value, name)
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_CODES:
        raise BadDocument(name)
    payloads = tuple(_text(payload, name) for payload in value)
    if not all(payload.isascii() and 0 < len(payload) <= MAX_PAYLOAD for payload in payloads):
        raise BadDocument(name)
    return payloads


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT or not is_printable(value):
        raise BadDocument(name)
    return value
