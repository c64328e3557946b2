"""Finds the hall's cases for a clerk, masked; every search and every look at a case is kept (domain.md L13)."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.case_search import TAIL, tokens
from app.domain.masking import mask_identity_number, mask_name, mask_phone
from app.domain.rights import Act
from app.ports.clock import new_id
from sync.protocol.case_messages import CaseFound, CaseSeen, CasesFound, SearchCases
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.index_cases import clear, mark, opened
from sync.server.service.refusals import refusal
from sync.server.storage import case_access, case_words
from sync.server.storage.case_access import Access
from sync.server.storage.case_words import Wanted
from sync.server.storage.cases import MirroredCase

logger = logging.getLogger(__name__)

MOST_HITS = 30
"""Whoever wants another case types one token more: persons are not browsed."""


def search_cases(context: Context, caller: Caller, hall: str, request: SearchCases) -> CasesFound:
    """Return the newest cases that have a word beginning with every token.

    Raises:
        Refused: ``forbidden`` for who is no person with the right, ``malformed`` for tokens that would list too much.
    """
    clerk = _clerk(caller, hall)
    words = tokens(" ".join(request.words))
    if not words:
        raise refusal("malformed")
    wanted = [Wanted(clear(each), mark(context, hall, each)) for each in words]
    found = context.storage.read(lambda connection: case_words.find(connection, hall, wanted, MOST_HITS + 1))
    hits = [_found(case, opened(context, case, sealed)) for case, sealed in found[:MOST_HITS]]
    _keep(context, hall, clerk, "search", len(hits), asked=words)
    return CasesFound(hits=hits, more=len(found) > MOST_HITS)


def see_case(context: Context, caller: Caller, hall: str, case_id: str) -> CaseSeen:
    """Return what a look at one case shows beyond its line in the list.

    Raises:
        Refused: ``forbidden``, ``not_found``.
    """
    clerk = _clerk(caller, hall)
    found = context.storage.read(lambda connection: case_words.get(connection, hall, case_id))
    if found is None:
        raise refusal("not_found")
    case, sealed = found
    record = opened(context, case, sealed)
    person = _person(record)
    _keep(context, hall, clerk, "view", 1, case_id=case.case_id)
    verdicts = record.get("verdicts")
    marks = verdicts.values() if isinstance(verdicts, dict) else ()
    return CaseSeen(
        case_id=case.case_id,
        number=mask_identity_number(str(person.get("number", ""))),
        phone=mask_phone(str(person.get("phone") or "")),
        accepted_ms=int(record.get("accepted_ms") or 0),
        materials=sum(isinstance(each, dict) and each.get("verdict") == "ok" for each in marks),
        doc_no=case.doc_no,
    )


def _clerk(caller: Caller, hall: str) -> str:
    caller.require(Act.SEARCH_CASES, hall)
    if caller.clerk is None:
        raise refusal("forbidden")  # a device is nobody who could answer for the look
    return caller.clerk


def _found(case: MirroredCase, record: Mapping[str, Any]) -> CaseFound:
    person = _person(record)
    return CaseFound(
        case_id=case.case_id,
        case_no=case.case_no,
        item=str(record.get("item_name", "")),
        name=mask_name(str(person.get("name", ""))),
        tail=str(person.get("number", ""))[-TAIL:],
        state=case.state.value,
        window=case.window,
        clerk=str(record.get("clerk", "")),
        business_date=str(record.get("business_date", case.accepted_on)),
        accepted_on=case.accepted_on,
        promised_due=case.promised_due,
        notice_due=record.get("notice_due"),
    )


def _person(record: Mapping[str, Any]) -> Mapping[str, Any]:
    person = record.get("applicant")
    return person if isinstance(person, dict) else {}


def _keep(
    context: Context,
    hall: str,
    clerk: str,
    act: str,
    hits: int,
    *,
    case_id: str | None = None,
    asked: Sequence[str] = (),
) -> None:
    """Keep the look; what was asked for may be the end of somebody's number, and is sealed."""
    access_id = new_id(context.clock)
    sealed = context.cipher.seal(json.dumps(list(asked)).encode(), f"access/{hall}/{access_id}")
    access = Access(hall, access_id, context.clock.now_ms(), clerk, act, case_id, hits, sealed)
    context.storage.write(lambda connection: case_access.add(connection, access))
    logger.info("cases.%s hall=%s clerk=%s hits=%d", act, hall, clerk, hits)
