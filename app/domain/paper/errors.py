"""What can be wrong with a paper, as codes with the one name that tells where."""

from typing import ClassVar


class PaperError(Exception):
    """A paper that must not be printed; ``subject`` names the field, template line or document part at fault."""

    code: ClassVar[str] = "paper_bad"

    def __init__(self, subject: str) -> None:
        super().__init__(f"{self.code}: {subject}")
        self.subject = subject


class MarkupError(PaperError):
    """A template breaks the mini-markup; the subject is ``template:line``."""

    code = "paper_markup"


class MissingField(PaperError):  # noqa: N818 - the name the whole product uses for it
    """A field the template prints is absent or empty."""

    code = "paper_missing_field"


class UnknownField(PaperError):  # noqa: N818 - sister of MissingField
    """A field was given that the template never mentions."""

    code = "paper_unknown_field"


class WrongType(PaperError):  # noqa: N818 - sister of MissingField
    """A field has a shape its place on the template cannot print."""

    code = "paper_wrong_type"


class Unprintable(PaperError):  # noqa: N818 - sister of MissingField
    """A field holds a control or formatting character."""

    code = "paper_unprintable"


class TooWide(PaperError):  # noqa: N818 - sister of MissingField
    """A title does not fit the paper."""

    code = "paper_too_wide"


class BadDocument(PaperError):  # noqa: N818 - sister of MissingField
    """Stored JSON is not a document of this version."""

    code = "paper_bad_document"
