"""What a file from the document camera is, by its bytes alone."""

import pytest

from app.domain.scanned_copy import MAX_BYTES, CopyFault, CopyKind, kind_of

JPEG = b"\xff\xd8\xff\xe0" + bytes(100) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100) + b"IEND\xaeB`\x82"
PDF = b"%PDF-1.7\n" + bytes(100) + b"%%EOF\n"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (JPEG, CopyKind.JPEG),
        (JPEG + bytes(500), CopyKind.JPEG),
        (PNG, CopyKind.PNG),
        (PDF, CopyKind.PDF),
        (b"II*\x00" + bytes(9), CopyKind.TIFF),
        (b"MM\x00*" + bytes(9), CopyKind.TIFF),
        (b"", CopyFault.UNFINISHED),
        (JPEG[:-2], CopyFault.UNFINISHED),
        (PNG[:-12], CopyFault.UNFINISHED),
        (PDF[:-8], CopyFault.UNFINISHED),
        (b"MZ\x90\x00" + bytes(90), CopyFault.OTHER_KIND),
        (b"GIF89a" + bytes(90), CopyFault.OTHER_KIND),
        (b"<html>" + JPEG, CopyFault.OTHER_KIND),
        (b"PK\x03\x04", CopyFault.OTHER_KIND),
        (JPEG + bytes(MAX_BYTES), CopyFault.TOO_LARGE),
    ],
    ids=lambda each: f"{each[:4]!r}-{len(each)}" if isinstance(each, bytes) else each.name,
)
def test_the_first_bytes_and_the_end_mark_decide(content: bytes, found: CopyKind | CopyFault) -> None:
    assert kind_of(content) is found


@pytest.mark.parametrize("whole", [JPEG, PNG, PDF])
def test_no_beginning_of_a_file_is_taken_for_the_whole(whole: bytes) -> None:
    assert {kind_of(whole[:length]) for length in range(8, len(whole) - 8)} == {CopyFault.UNFINISHED}
