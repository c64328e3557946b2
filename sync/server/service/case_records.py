"""Gives whole cases to who works on them: reviewers what their department decides, windows what they hand out.

Everything a person is answered here is personal data, so every answer is kept (PIPL art. 51, 54; domain.md L13).
"""

import json
import logging
from typing import Any

from app.domain.canonical import canonical_json
from app.domain.case import Case, CaseState
from app.domain.record import names
from app.domain.rights import Act, Role
from sync.protocol.case_messages import CaseRecords, WantCases
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.hall_plan import ALL_ITEMS
from sync.server.service.index_cases import opened
from sync.server.service.looks import keep_looks
from sync.server.service.refusals import refusal
from sync.server.storage import case_words, clerks
from sync.server.storage.cases import MirroredCase
from sync.server.storage.clerks import Profile
from sync.server.storage.engine import Transaction

logger = logging.getLogger(__name__)

MOST_CASES = 50
"""In one answer."""

FOR_REVIEW = frozenset(
    {
        CaseState.RECEIVED,
        CaseState.ACCEPTED,
        CaseState.REVIEWING,
        CaseState.SUSPENDED,
        CaseState.GRANTED,
        CaseState.DENIED,
        CaseState.AWAITING_PICKUP,
    }
)
FOR_WINDOWS = FOR_REVIEW - {CaseState.RECEIVED, CaseState.ACCEPTED}
"""What is only accepted no other window has anything to do with."""


def case_records(context: Context, caller: Caller, hall: str, request: WantCases) -> CaseRecords:
    """Return of the cases asked for those that the caller may hold, each as a whole ``Case``.

    Raises:
        Refused: ``forbidden`` for who is no person with the right, ``malformed`` for too many at once.
    """
    caller.require(Act.HOLD_CASES, hall)
    if caller.clerk is None:
        raise refusal("forbidden")  # a device is nobody who could answer for the look
    if not 0 < len(request.case_ids) <= MOST_CASES:
        raise refusal("malformed")
    number = caller.clerk

    def work(connection: Transaction) -> list[tuple[MirroredCase, bytes]]:
        profile = clerks.get(connection, hall, number)
        pickup = context.plan(connection, hall).pickup
        found = (case_words.get(connection, hall, each) for each in dict.fromkeys(request.case_ids))
        return [each for each in found if each is not None and profile and may_hold(profile, pickup, each[0])]

    held = context.storage.read(work)
    records = [_record(context, *each) for each in held]
    keep_looks(context, hall, number, "hold", [(case.case_id, ()) for case, _ in held])
    logger.info("cases.hold hall=%s clerk=%s cases=%d", hall, number, len(held))
    return CaseRecords(records=records)


def may_hold(profile: Profile, pickup: frozenset[str], case: MirroredCase) -> bool:
    """Say whether a person works on a case that stands so: reviewer, its window, its item, the hand-out window."""
    roles = frozenset(map(Role, profile.roles))
    serves = ALL_ITEMS in profile.items or case.item_id in profile.items
    if Role.REVIEWER in roles and serves and profile.department == case.department:
        return case.state in FOR_REVIEW
    if Role.CLERK not in roles:
        return False
    if case.window in profile.windows:
        return True
    if case.state not in FOR_WINDOWS:
        return False
    return serves or bool(pickup & set(profile.windows))


def _record(context: Context, case: MirroredCase, sealed: bytes) -> dict[str, Any]:
    """Return the record with what the server holds of it in clear, which is newer; no more than a ``Case`` has."""
    record = opened(context, case, sealed)
    whole = {name: record[name] for name in names(Case) if name in record}
    told = {name: getattr(case, name) for name in names(MirroredCase)}
    plain: dict[str, Any] = json.loads(canonical_json({**whole, **told}))
    return plain
