"""The life of a case and what is recorded of it (domain.md section 5; Administrative Licensing Law arts. 32-44)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.transitions import TransitionTable


class CaseState(StrEnum):
    """Where a case stands."""

    CONSULTING = "consulting"
    RECEIVED = "received"
    SUPPLEMENT_NOTICED = "supplement_noticed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    REVIEWING = "reviewing"
    SUSPENDED = "suspended"
    GRANTED = "granted"
    DENIED = "denied"
    AWAITING_PICKUP = "awaiting_pickup"
    DELIVERED = "delivered"
    ARCHIVED = "archived"
    VOIDED = "voided"
    """The paper was issued in error: paper and case are kept and no longer count (作废)."""


class CaseEvent(StrEnum):
    """What happens to a case."""

    RECEIVE = "receive"
    ACCEPT = "accept"
    DEEM_ACCEPTED = "deem_accepted"
    NOTICE_SUPPLEMENT = "notice_supplement"
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    COMPLETE = "complete"
    REVIEW = "review"
    ANNOUNCE_SUSPENSION = "announce_suspension"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    START_LIMIT = "start_limit"
    GRANT = "grant"
    DENY = "deny"
    MAKE_RESULT = "make_result"
    DELIVER = "deliver"
    ARCHIVE = "archive"
    CORRECT = "correct"
    VOID = "void"


CASE = TransitionTable(
    {
        (CaseState.CONSULTING, CaseEvent.RECEIVE): CaseState.RECEIVED,
        (CaseState.RECEIVED, CaseEvent.ACCEPT): CaseState.ACCEPTED,
        (CaseState.RECEIVED, CaseEvent.DEEM_ACCEPTED): CaseState.ACCEPTED,
        (CaseState.RECEIVED, CaseEvent.NOTICE_SUPPLEMENT): CaseState.SUPPLEMENT_NOTICED,
        (CaseState.RECEIVED, CaseEvent.REFUSE): CaseState.REFUSED,
        (CaseState.RECEIVED, CaseEvent.WITHDRAW): CaseState.WITHDRAWN,
        (CaseState.RECEIVED, CaseEvent.COMPLETE): CaseState.DELIVERED,
        (CaseState.SUPPLEMENT_NOTICED, CaseEvent.SUPPLEMENT): CaseState.RECEIVED,
        (CaseState.SUPPLEMENT_NOTICED, CaseEvent.NOTICE_SUPPLEMENT): CaseState.SUPPLEMENT_NOTICED,
        (CaseState.SUPPLEMENT_NOTICED, CaseEvent.REFUSE): CaseState.REFUSED,
        (CaseState.SUPPLEMENT_NOTICED, CaseEvent.WITHDRAW): CaseState.WITHDRAWN,
        (CaseState.ACCEPTED, CaseEvent.REVIEW): CaseState.REVIEWING,
        (CaseState.ACCEPTED, CaseEvent.WITHDRAW): CaseState.WITHDRAWN,
        (CaseState.REVIEWING, CaseEvent.ANNOUNCE_SUSPENSION): CaseState.REVIEWING,
        (CaseState.REVIEWING, CaseEvent.SUSPEND): CaseState.SUSPENDED,
        (CaseState.SUSPENDED, CaseEvent.RESUME): CaseState.REVIEWING,
        (CaseState.REVIEWING, CaseEvent.EXTEND): CaseState.REVIEWING,
        (CaseState.ACCEPTED, CaseEvent.START_LIMIT): CaseState.ACCEPTED,
        (CaseState.REVIEWING, CaseEvent.START_LIMIT): CaseState.REVIEWING,
        (CaseState.REVIEWING, CaseEvent.WITHDRAW): CaseState.WITHDRAWN,
        (CaseState.REVIEWING, CaseEvent.GRANT): CaseState.GRANTED,
        (CaseState.REVIEWING, CaseEvent.DENY): CaseState.DENIED,
        (CaseState.GRANTED, CaseEvent.MAKE_RESULT): CaseState.AWAITING_PICKUP,
        (CaseState.AWAITING_PICKUP, CaseEvent.DELIVER): CaseState.DELIVERED,
        (CaseState.DENIED, CaseEvent.DELIVER): CaseState.DELIVERED,
        (CaseState.DELIVERED, CaseEvent.ARCHIVE): CaseState.ARCHIVED,
        (CaseState.ACCEPTED, CaseEvent.CORRECT): CaseState.ACCEPTED,
        (CaseState.DELIVERED, CaseEvent.CORRECT): CaseState.DELIVERED,
        (CaseState.ACCEPTED, CaseEvent.VOID): CaseState.VOIDED,
        (CaseState.DELIVERED, CaseEvent.VOID): CaseState.VOIDED,
        (CaseState.RECEIVED, CaseEvent.VOID): CaseState.VOIDED,
        (CaseState.SUPPLEMENT_NOTICED, CaseEvent.VOID): CaseState.VOIDED,
        (CaseState.REFUSED, CaseEvent.VOID): CaseState.VOIDED,
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """A case as it was taken in; it has no repr, for it names persons.

    Dates are ISO business dates; ``accepted_ms`` is UTC milliseconds.
    ``applicant``, ``agent``, ``guardian`` and ``organisation`` are ``app.domain.person`` records as plain JSON;
    ``answers``, ``verdicts`` and ``form`` are what the work card held. ``statutory_due`` is None where the limit does
    not start at acceptance.
    ``accepted_on`` and ``accepted_ms`` are those of the last act at the counter: while ``state`` is received or noticed
    that is the day of receipt, from which silence would accept (Licensing Law art. 32(1)(4)).
    ``received_on`` is the day the papers first came, ``notice_due`` the last day of the five to answer while it is
    received, ``deferred`` the last day of each deferred material by its id, ``notice`` the frozen one-time list
    (``app.domain.notice``).
    ``refusal`` is what was told with a refusal to accept (``app.domain.refusal_paper``), ``service`` how that reached
    its person (``app.domain.service``), ``payment`` what was taken for it (``app.domain.payment``).
    ``consent`` is the guardian's, for a child (``app.domain.guardian_consent``).
    ``decision`` is what the department decided (``app.domain.decision``), ``steps`` who had the case when
    (``app.domain.case_step``), ``upward`` how it stands with the higher authority (``app.domain.upward``).
    """

    case_id: str
    case_no: str
    hall: str
    window: str
    counter: str
    business_date: str
    item_id: str
    item_name: str
    catalogue_version: int
    department: str
    state: CaseState
    rev: int
    applicant: Mapping[str, Any]
    agent: Mapping[str, Any] | None
    answers: Mapping[str, str]
    verdicts: Mapping[str, Any]
    form: Mapping[str, Any]
    clerk: str
    first_clerk: str
    accepted_ms: int
    accepted_on: str
    promised_due: str | None
    statutory_due: str | None
    provisional: bool
    doc_no: str | None
    query_code: str
    rating_token: str
    visit_id: str | None = None
    guardian: Mapping[str, Any] | None = None
    organisation: Mapping[str, Any] | None = None
    received_on: str | None = None
    notice_due: str | None = None
    deferred: Mapping[str, str] | None = None
    notice: Mapping[str, Any] | None = None
    clock: Mapping[str, Any] | None = None
    decision: Mapping[str, Any] | None = None
    steps: Sequence[Mapping[str, Any]] | None = None
    upward: Mapping[str, Any] | None = None
    refusal: Mapping[str, Any] | None = None
    service: Mapping[str, Any] | None = None
    payment: Mapping[str, Any] | None = None
    consent: Mapping[str, Any] | None = None
