"""Gives scanned copies to who works on their case; every look is kept (PIPL art. 51, 54; domain.md L13)."""

import logging

from app.domain.rights import Act
from app.domain.scanned_copy import CopyKind
from app.ports.clock import new_id
from sync.protocol.copy_messages import CaseCopies, CaseCopy
from sync.server.service.blob_names import blob_name, opened_hash
from sync.server.service.caller import Caller
from sync.server.service.case_records import may_hold
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.service.take_blob import Blobs
from sync.server.storage import case_access, case_words, clerks, copies
from sync.server.storage.case_access import Access
from sync.server.storage.cipher import SealBroken
from sync.server.storage.copies import ReportedCopy
from sync.server.storage.engine import Transaction

logger = logging.getLogger(__name__)


def case_copies(context: Context, caller: Caller, hall: str, case_id: str) -> CaseCopies:
    """Return the list of a case's copies.

    Raises:
        Refused: ``forbidden`` for who is no person with the right; ``not_found``: no such case, or none of theirs.
    """
    clerk = _person(caller, hall)

    def work(connection: Transaction) -> list[tuple[ReportedCopy, bool]] | None:
        if not _holds(context, connection, caller.hall, clerk, case_id):
            return None
        return list(copies.copies_of_case(connection, caller.hall, case_id))

    found = context.storage.read(work)
    if found is None:
        raise refusal("not_found")
    return CaseCopies(copies=[_told(context, copy, here=here) for copy, here in found])


def give_blob(context: Context, caller: Caller, blobs: Blobs, hashed: str) -> tuple[CopyKind, bytes]:
    """Return kind and bytes of a copy.

    Raises:
        Refused: as ``case_copies``; ``not_found`` too where the bytes are not here yet.
    """
    clerk = _person(caller, caller.hall)
    name = blob_name(context, caller.hall, hashed)

    def work(connection: Transaction) -> tuple[ReportedCopy, str] | None:
        known, copy = copies.get_blob(connection, caller.hall, name), copies.reported(connection, caller.hall, name)
        if known is None or known.stored_ms is None or copy is None:
            return None
        cases = copies.cases_of(connection, caller.hall, name)
        theirs = (each for each in cases if _holds(context, connection, caller.hall, clerk, each))
        case_id = next(theirs, None)
        return None if case_id is None else (copy, case_id)

    found = context.storage.read(work)
    if found is None:
        raise refusal("not_found")
    copy, case_id = found
    try:
        content = blobs.files.read(caller.hall, name)
    except (SealBroken, OSError) as error:
        logger.error("blobs.unreadable hall=%s error=%s", caller.hall, type(error).__name__)  # noqa: TRY400 - said here
        raise refusal("not_found") from error
    _keep(context, caller.hall, clerk, case_id)
    return copy.kind, content


def _person(caller: Caller, hall: str) -> str:
    caller.require(Act.HOLD_CASES, hall)
    if caller.clerk is None:
        raise refusal("forbidden")  # a device is nobody who could answer for the look
    return caller.clerk


def _holds(context: Context, connection: Transaction, hall: str, clerk: str, case_id: str) -> bool:
    profile, held = clerks.get(connection, hall, clerk), case_words.get(connection, hall, case_id)
    return (
        profile is not None and held is not None and may_hold(profile, context.plan(connection, hall).pickup, held[0])
    )


def _told(context: Context, copy: ReportedCopy, *, here: bool) -> CaseCopy:
    return CaseCopy(
        copy_id=copy.copy_id,
        material_id=copy.material_id,
        kind=copy.kind.value,
        size=copy.size,
        sha256=opened_hash(context, copy.hall, copy.copy_id, copy.sealed),
        window=copy.window,
        taken_ms=copy.taken_ms,
        here=here,
    )


def _keep(context: Context, hall: str, clerk: str, case_id: str) -> None:
    access_id = new_id(context.clock)
    sealed = context.cipher.seal(b"[]", f"access/{hall}/{access_id}")
    look = Access(hall, access_id, context.clock.now_ms(), clerk, "copy", case_id, 1, sealed)
    context.storage.write(lambda connection: case_access.add(connection, look))
    logger.info("blobs.given hall=%s clerk=%s", hall, clerk)
