"""What citizens hand in is untrusted: a copy becomes a picture within bounds, or a sentence."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from app.domain.scanned_copy import CopyKind
from app.storage.messages import sentence
from ui.screens.counter.copy_pictures import MOST_PIXELS, SHOWN, NotShown, picture


def page(form: str, size: tuple[int, int] = (1654, 2339), **how: object) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, "red").save(content, form, **how)
    return content.getvalue()


def claimed(wide: int, high: int) -> bytes:
    """A PNG of a few bytes that says it is as large as that."""
    head = b"IHDR" + struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"")
    chunks = (struct.pack(">I", len(each) - 4) + each + struct.pack(">I", zlib.crc32(each)) for each in (head, data))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(("kind", "form"), [(CopyKind.JPEG, "JPEG"), (CopyKind.PNG, "PNG"), (CopyKind.TIFF, "TIFF")])
def test_a_page_is_shown_no_larger_than_the_pane_can_use(kind: CopyKind, form: str) -> None:
    image = picture(kind, page(form))
    assert image.width() <= SHOWN[0]
    assert image.height() == SHOWN[1]
    assert image.height() > image.width()
    assert image.pixelColor(5, 5).red() > 240


def test_a_page_stands_as_its_camera_says() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    image = picture(CopyKind.JPEG, page("JPEG", (600, 300), exif=turned))
    assert image.height() > image.width()


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        (CopyKind.PDF, b"%PDF-1.7 %%EOF", "copy_pdf_unshown"),
        (CopyKind.JPEG, b"", "copy_at_server"),
        (CopyKind.JPEG, b"\xff\xd8\xff no picture \xff\xd9", "copy_not_decoded"),
        (CopyKind.JPEG, page("PNG", (10, 10)), "copy_not_decoded"),
        (CopyKind.PNG, claimed(20, 20), "copy_not_decoded"),
        (CopyKind.PNG, claimed(MOST_PIXELS // 1000 + 1, 1000), "copy_too_many_pixels"),
        (CopyKind.PNG, claimed(100_000, 100_000), "copy_too_many_pixels"),
    ],
)
def test_what_is_not_shown_has_a_sentence(kind: CopyKind, content: bytes, code: str) -> None:
    with pytest.raises(NotShown) as caught:
        picture(kind, content)
    assert caught.value.code == code
    assert sentence(code)
