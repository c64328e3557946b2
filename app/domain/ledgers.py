"""工作台账 (domain rule I45): which ledger an operation makes a row in; a ledger counts rows, and nothing else counts.

The same table is read by the server when it keeps rows and by the definitions that say what a ledger counts, so that a
kind of operation that begins to be sent stands in its ledger from that day on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from app.domain.operation import Operation


class LedgerName(StrEnum):
    """The ledgers of rule I45 that have something to count, in its order."""

    FIRST_CONTACT = "first_contact"
    RECEIPT = "receipt"
    ACCEPTANCE = "acceptance"
    SUPPLEMENT = "supplement"
    NEGATIVE = "negative"
    COMPLETION = "completion"
    UPWARD = "upward"
    AGENCY = "agency"
    EXTENSION = "extension"
    SUSPENSION = "suspension"
    COMPLAINT = "complaint"
    BAD_RATING = "bad_rating"
    HANDOVER = "handover"
    FEE = "fee"


OVERTIME = "ticket.overtime"
"""The kind of a row for a visit that lasted past closing time: no operation of its own, so its row names this kind."""

DEEMED = "deemed_accepted"
"""The kind of a row for a case that silence accepted: the server's own act, without an operation (art. 32(1)(4))."""

_VISIT_ENDS = frozenset({"ticket.finished", "ticket.left"})

KINDS: Mapping[str, tuple[LedgerName, ...]] = {
    "contact.registered": (LedgerName.FIRST_CONTACT,),
    "case.received": (LedgerName.RECEIPT, LedgerName.AGENCY),
    "case.accepted": (LedgerName.ACCEPTANCE, LedgerName.AGENCY),
    "case.completed": (LedgerName.ACCEPTANCE, LedgerName.COMPLETION, LedgerName.AGENCY),
    "case.noticed": (LedgerName.SUPPLEMENT, LedgerName.AGENCY),
    "notice.issued": (LedgerName.SUPPLEMENT,),
    "case.refused": (LedgerName.NEGATIVE, LedgerName.AGENCY),
    "case.accepted_inside": (LedgerName.ACCEPTANCE,),
    "case.noticed_inside": (LedgerName.SUPPLEMENT,),
    "case.refused_inside": (LedgerName.NEGATIVE,),
    "case.withdrawn": (LedgerName.NEGATIVE,),
    "case.returned": (LedgerName.NEGATIVE,),
    "case.granted": (LedgerName.COMPLETION,),
    "case.denied": (LedgerName.COMPLETION, LedgerName.NEGATIVE),
    "case.reported": (LedgerName.UPWARD,),
    "case.upward_returned": (LedgerName.UPWARD,),
    "case.extended": (LedgerName.EXTENSION,),
    "case.suspended": (LedgerName.SUSPENSION,),
    "window.paused": (LedgerName.SUSPENSION,),
    "complaint.registered": (LedgerName.COMPLAINT,),
    "shift.handed_over": (LedgerName.HANDOVER,),
    "case.fee_taken": (LedgerName.FEE,),
}
"""Applied operations by kind; ``AGENCY`` holds for the operation a case begins with, where an agent brought it."""

_MINUTE_MS = 60_000
_TEXT = 64
_SHORT = 32


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One row of a ledger in clear: whose operation it was (device, incarnation, sequence), when, where and by whom.

    ``at_ms`` is UTC milliseconds, ``number`` what is printed on the paper; ``amount`` is minutes, pieces or fen, None
    where the ledger counts rows alone. Persons and words stand in the operation itself, under seal.
    """

    hall: str
    ledger: str
    device: str
    incarnation: str
    seq: int
    entry_id: str
    kind: str
    at_ms: int
    window: str
    clerk: str
    department: str
    item_id: str
    number: str
    case_id: str | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the row of a case is filled with where its operation does not say so itself."""

    number: str
    item_id: str
    department: str


def entries_of(operation: Operation, entry_id: str, now_ms: int, known: CaseFacts | None = None) -> list[LedgerEntry]:
    """Return the rows an applied operation makes; ``entry_id`` is its hash, ``known`` its case as the server holds it.

    The moment is the counter's, no later than now: what was done without the network counts from when it was done.
    """
    payload = operation.payload
    return [
        _entry(operation, ledger, entry_id, now_ms, known)
        for ledger in KINDS.get(operation.kind, ())
        if ledger is not LedgerName.AGENCY or (operation.base_rev is None and _has_agent(payload))
    ]


def ends_visit(operation: Operation) -> bool:
    """Say whether a visit ended with it, so that it may have lasted past closing time."""
    return operation.kind in _VISIT_ENDS


def overtime_of(operation: Operation, entry_id: str, began_ms: int, closes_ms: int) -> LedgerEntry | None:
    """Return the row of 延时服务: the minutes of a visit after closing time; None where it ended before.

    ``began_ms`` is when the visit was called, ``closes_ms`` the hall's closing time of that day (rule I27).
    """
    over_ms = operation.wall_ms - max(began_ms, closes_ms)
    if over_ms <= 0:
        return None
    entry = _entry(operation, LedgerName.EXTENSION, entry_id, operation.wall_ms, None)
    return replace(entry, kind=OVERTIME, amount=-(-over_ms // _MINUTE_MS))


def _has_agent(payload: Mapping[str, Any]) -> bool:
    agent = payload.get("agent")
    return isinstance(agent, Mapping) and bool(agent.get("name"))


def _entry(
    operation: Operation, ledger: LedgerName, entry_id: str, now_ms: int, known: CaseFacts | None
) -> LedgerEntry:
    payload, of_case = operation.payload, operation.entity == "case"
    return LedgerEntry(
        hall=operation.hall,
        ledger=ledger.value,
        device=operation.device,
        incarnation=operation.incarnation,
        seq=operation.seq,
        entry_id=entry_id,
        kind=operation.kind,
        at_ms=min(_moment(operation), now_ms),
        window=operation.actor.window[:16],
        clerk=operation.actor.clerk[:_SHORT],
        department=(_said(payload, "department") or (known.department if known else operation.actor.department))[
            :_SHORT
        ],
        item_id=(_said(payload, "item_id") or (known.item_id if known else ""))[:_TEXT],
        number=(_number(payload) or (known.number if known else operation.entity_id))[:_TEXT],
        case_id=operation.entity_id if of_case else None,
        amount=_amount(operation),
    )


def _moment(operation: Operation) -> int:
    since = operation.payload.get("since_ms")
    return since if operation.kind == "window.paused" and isinstance(since, int) else operation.wall_ms


def _number(payload: Mapping[str, Any]) -> str:
    return _said(payload, "case_no") or _said(payload, "no") or _said(payload, "number")


def _said(payload: Mapping[str, Any], name: str) -> str:
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def _amount(operation: Operation) -> int | None:
    payment = operation.payload.get("payment")
    if operation.kind == "case.fee_taken" and isinstance(payment, Mapping):
        fen = payment.get("fen")
        return fen if isinstance(fen, int) else None
    entries = operation.payload.get("entries")
    return len(entries) if operation.kind == "shift.handed_over" and isinstance(entries, list | tuple) else None


def pause_minutes(since_ms: int, ended_ms: int) -> int:
    """Return the minutes a pause cost, begun ones whole (rule I13: every suspension with its minutes lost)."""
    return max(0, -(-(ended_ms - since_ms) // _MINUTE_MS))
