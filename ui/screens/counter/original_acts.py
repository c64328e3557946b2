"""What the keys of the originals do to the store, and the picture of one; off the GUI thread."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from app.domain.case import Case
from app.domain.original import Original
from app.domain.paper.blocks import document_from_json
from app.domain.paper.masking import masked_document
from app.usecases.print_original import print_original
from app.usecases.reprint_original import reprint_original
from app.usecases.seal_original import seal_original
from ui.screens.counter.acts import Done, look
from ui.screens.counter.original_pane import SheetPicture
from ui.screens.counter.parts import CounterParts

if TYPE_CHECKING:
    from PIL.Image import Image


def print_it(parts: CounterParts, original_id: str) -> Done:
    """打印正本: the A4 thread takes it from here."""
    print_original(parts.store, original_id, parts.clerk)
    parts.wake_a4()
    parts.wake_sync()
    return look(parts)


def seal(parts: CounterParts, original_id: str) -> Done:
    """已盖章: it leaves the list."""
    seal_original(parts.store, parts.clock, original_id, parts.clerk)
    parts.wake_a4()
    parts.wake_sync()
    return look(parts)


def print_again(parts: CounterParts, original_id: str) -> Done:
    """补打正本: more copies of a sealed one, which go on the list until they bear the seal too."""
    reprint_original(parts.store, parts.clock, original_id, parts.clerk)
    parts.wake_a4()
    parts.wake_sync()
    return look(parts)


def picture(parts: CounterParts, original: Original) -> SheetPicture | None:
    """Return the page as it prints, the names of its people masked; None where nothing draws A4 pages."""
    if parts.render_a4 is None:
        return None
    with parts.store.read() as view:
        content, case = view.original_paper(original.original_id), view.case(original.case_id)
    document = masked_document(document_from_json(content), _names(case))
    return SheetPicture(_image(parts.render_a4(document, original.shown_reprint)), picture_key(original))


def picture_key(original: Original) -> str:
    """Return what tells one printing's page from another's."""
    return f"{original.original_id}/{original.shown_reprint}"


def _names(case: Case | None) -> tuple[str, ...]:
    people = (case.applicant, case.agent, case.guardian) if case is not None else ()
    return tuple(each["name"] for each in people if each)


def _image(page: "Image") -> QImage:
    rgb = page.convert("RGB")
    return QImage(rgb.tobytes(), rgb.width, rgb.height, 3 * rgb.width, QImage.Format.Format_RGB888).copy()
