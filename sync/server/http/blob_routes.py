"""Scanned copies over HTTP: bytes in pieces as they are, resumable, named by their SHA-256 (sync.md section 1)."""

import re
from typing import Annotated

from litestar import Response, get, put
from litestar.params import HeaderParameter, Parameter

from app.domain.scanned_copy import MAX_BYTES, CopyKind
from sync.protocol.copy_messages import PIECE_BYTES, BlobHeld, CaseCopies
from sync.server.http.identity import Asked, caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.service.give_blob import case_copies, give_blob
from sync.server.service.refusals import refusal
from sync.server.service.take_blob import Blobs, Piece, take_blob

Hash = Annotated[str, Parameter(pattern=r"^[0-9a-f]{64}$")]
Range = Annotated[str, HeaderParameter(name="Content-Range", max_length=64)]
_RANGE = re.compile(r"bytes (?:(\d{1,10})-(\d{1,10})|\*)/(\d{1,10})")
MEDIA = {
    CopyKind.JPEG: "image/jpeg",
    CopyKind.PNG: "image/png",
    CopyKind.PDF: "application/pdf",
    CopyKind.TIFF: "image/tiff",
}


@put(
    "/v1/blobs/{sha256:str}",
    guards=[identified],
    responses=REFUSALS,
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=PIECE_BYTES,
)
def take(request: Asked, sha256: Hash, content_range: Range, body: bytes) -> BlobHeld:
    """Take the next piece of a copy, ``Content-Range: bytes A-B/SIZE``; without a body, ``bytes */SIZE``: how far?"""
    piece = _piece(content_range, body)
    return take_blob(service_of(request).context, caller_of(request), blobs_of(request), sha256, piece)


@get("/v1/blobs/{sha256:str}", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def give(request: Asked, sha256: Hash) -> Response[bytes]:
    """Return a copy to who works on its case; the look is kept."""
    kind, content = give_blob(service_of(request).context, caller_of(request), blobs_of(request), sha256)
    # What citizens hand in is never opened by a browser as a page of this server.
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA[kind], headers=headers)


@get("/v1/halls/{hall:str}/cases/{case_id:str}/copies", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def of_case(request: Asked, hall: str, case_id: str) -> CaseCopies:
    """Return the list of a case's copies."""
    return case_copies(service_of(request).context, caller_of(request), hall, case_id)


def blobs_of(request: Asked) -> Blobs:
    """Return where the copies of this server lie."""
    blobs: Blobs | None = request.app.state.blobs
    if blobs is None:
        raise refusal("storage_full")  # a server without a folder of its own has room for none
    return blobs


def _piece(said: str, content: bytes) -> Piece:
    found = _RANGE.fullmatch(said)
    if found is None:
        raise refusal("malformed")
    size = int(found[3])
    if size > MAX_BYTES:
        raise refusal("too_large")
    if found[1] is None:
        if content:
            raise refusal("malformed")
        return Piece(None, size, b"")
    first, last = int(found[1]), int(found[2])
    if last - first + 1 != len(content) or last >= size:
        raise refusal("malformed")
    return Piece(first, size, content)


ROUTES = (take, give, of_case)
"""All that belongs to scanned copies."""
