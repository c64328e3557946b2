"""A filled slip as lines for a page: the same words as on the paper, in the page's own type."""

from dataclasses import dataclass

from app.domain.paper.blocks import (
    Block,
    Centred,
    Codes,
    Document,
    Hanging,
    KeyValue,
    LeftRight,
    Paragraph,
    Right,
    Rule,
    Seal,
    Title,
    Wrapped,
)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line as a page shows it; ``label`` stands in front where the paper has one; of a code it is the payload."""

    kind: str
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper's title and its lines; titles, codes and the line to sign on are not among them."""

    title: str
    lines: tuple[PaperLine, ...]


_KINDS: dict[type[Block], str] = {Title: "title", Centred: "centred", Right: "right"}
_PAPER_ONLY = frozenset({"title", "code"})


def paper_lines(document: Document) -> tuple[PaperLine, ...]:
    """Return every line of a paper that has nothing to sign."""
    return tuple(line for block in document.blocks if (line := _line(block)) is not None)


def shown_lines(document: Document) -> ShownPaper:
    """Return what a page shows of a paper that the citizen holds."""
    lines = (line for line in paper_lines(document) if line.kind not in _PAPER_ONLY)
    return ShownPaper(document.title, tuple(lines))


def _line(block: Block) -> PaperLine | None:
    match block:
        case Rule(mark):
            line: PaperLine | None = PaperLine("rule", mark)
        case Codes(payloads, caption):
            line = PaperLine("code", caption, payloads[0])
        case Title(text) | Centred(text) | Right(text):
            line = PaperLine(_KINDS[type(block)], text)
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
            line = None  # a line to sign on, and bars over a number that stands there, are for paper alone
    return line
