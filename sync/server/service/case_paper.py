"""What the citizen's paper said, for the progress page: lines of text, made from the record the server holds."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.catalogue.build import catalogue_of
from app.domain.issued_paper import issued_paper
from app.domain.paper.blocks import (
    Block,
    Centred,
    Document,
    Hanging,
    KeyValue,
    LeftRight,
    Paragraph,
    Right,
    Rule,
    Seal,
    Wrapped,
)
from app.domain.paper.errors import PaperError
from sync.server.service.context import Context
from sync.server.slip_templates import slip_template
from sync.server.storage import catalogue

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line as a page shows it; ``label`` stands in front where the paper has one."""

    kind: str
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper's title and its lines, persons masked."""

    title: str
    lines: tuple[PaperLine, ...]


def shown_paper(context: Context, hall: str, record: Mapping[str, Any]) -> ShownPaper | None:
    """Return what the last paper of a case says; None where there is none, or the record does not give one.

    The words come from the catalogue the case was taken under, as they did at the counter.
    """
    number = record.get("catalogue_version")
    if not isinstance(number, int):
        return None
    version = context.storage.read(lambda connection: catalogue.get(connection, hall, number))
    if version is None:
        return None
    try:
        document = issued_paper(record, catalogue_of(version.document), slip_template)
    except (LookupError, TypeError, ValueError, AttributeError, AssertionError, PaperError) as error:
        # A case of a counter that is newer or faulty: the page does without the paper.
        logger.info("case_paper.unreadable error=%s", type(error).__name__)
        return None
    return _shown(document) if document is not None else None


def _shown(document: Document) -> ShownPaper:
    lines = tuple(line for block in document.blocks if (line := _line(block)) is not None)
    return ShownPaper(document.title, lines)


def _line(block: Block) -> PaperLine | None:
    match block:
        case Rule():
            line: PaperLine | None = PaperLine("rule", "")
        case Centred(text):
            line = PaperLine("centred", text)
        case Right(text):
            line = PaperLine("right", text)
        case KeyValue(label, value):
            line = PaperLine("pair", value, label)
        case LeftRight(left, right):
            line = PaperLine("both", right, left)
        case Paragraph(text) | Wrapped(text):
            line = PaperLine("text", text)
        case Hanging(label, text):
            line = PaperLine("entry", text, label)
        case Seal(organ, note):
            line = PaperLine("right", f"{organ}{note}")
        case _:
            line = None  # the title stands over the lines
    return line
