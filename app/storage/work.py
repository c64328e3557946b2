"""One open transaction of the counter's store, in which state, operation and paper go together."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects import sqlite

from app.domain.case import Case
from app.domain.chosen import ChosenCall
from app.domain.clock_skew import OFFSET
from app.domain.operation import SCHEMA, Operation, OperationDraft, operation_hash, payload_hash, to_wire
from app.domain.visit import Outcome, Visit
from app.ports.clock import Clock, new_id
from app.ports.signer import Signer
from app.ports.spool import JobState, PrintJob, PrintWay
from app.ports.store import SignIn
from app.storage import case_index, rows
from app.storage.block_view import BlockWriting
from app.storage.conflict_view import ConflictWriting
from app.storage.contact_records import ContactWriting
from app.storage.copies import CopyWriting
from app.storage.desk import DeskWriting
from app.storage.originals import OriginalWriting
from app.storage.parsed import Parsed
from app.storage.tables import CASE, COUNTER_STATE, DRAFT, ITEM_CHOICE, OPERATION, PRINT_JOB, SERIAL, SIGN_IN, VISIT
from app.storage.view import View

# Built once: making a statement anew costs as much as running it, and F10 runs sixteen.
_SET_STATE = update(COUNTER_STATE)
_ADD_OPERATION = insert(OPERATION)
_ADD_PRINT_JOB = insert(PRINT_JOB)
_DROP_DRAFT = delete(DRAFT).where(DRAFT.c.visit_id == bindparam("wanted"))
_NEXT_OF_SERIES = (
    sqlite.insert(SERIAL)
    .values(series=bindparam("wanted"), last=1)
    .on_conflict_do_update(index_elements=["series"], set_={"last": SERIAL.c.last + 1})
    .returning(SERIAL.c.last)
)

_COUNT_ITEM_CHOICE = sqlite.insert(ITEM_CHOICE).on_conflict_do_update(
    index_elements=["window", "typed", "item_id"], set_={"times": ITEM_CHOICE.c.times + 1}
)


class OpenWork(ConflictWriting, DeskWriting, OriginalWriting, CopyWriting, ContactWriting, BlockWriting, View):
    """Implements ``app.ports.store.Work``."""

    def __init__(self, connection: Connection, parsed: Parsed, clock: Clock, signer: Signer) -> None:
        super().__init__(connection, parsed)
        self._clock = clock
        self._signer = signer

    def append(self, draft: OperationDraft) -> Operation:
        """See ``Work``."""
        state = self._state()
        counter = rows.registered(state)
        unsigned = Operation(
            schema=SCHEMA,
            op_id=new_id(self._clock),
            device=counter.device,
            incarnation=counter.incarnation,
            seq=state["last_seq"] + 1,
            hall=counter.hall,
            kind=draft.kind,
            kind_version=draft.kind_version,
            entity=draft.entity,
            entity_id=draft.entity_id,
            base_rev=draft.base_rev,
            actor=draft.actor,
            wall_ms=self._clock.now_ms(),
            mono_ms=self._clock.monotonic_ms(),
            payload=draft.payload,
            payload_hash=payload_hash(draft.payload),
            prev_hash=state["last_hash"],
            signature="",
            extra=_offset(state["server_offset_ms"]),
        )
        own_hash = operation_hash(unsigned)
        operation = replace(unsigned, signature=self._signer.sign(own_hash.encode()))
        self._connection.execute(
            _ADD_OPERATION, {"seq": operation.seq, "wall_ms": operation.wall_ms, "wire": to_wire(operation)}
        )
        self._set_state(last_seq=operation.seq, last_hash=own_hash)
        return operation

    def open_day(self, business_date: date) -> None:
        """See ``Work``."""
        present = self.business_date()
        if present is not None and business_date < present:
            raise ValueError("the business day never goes back")
        self._set_state(business_date=business_date.isoformat())

    def take_serial(self, series: str) -> int:
        """See ``Work``."""
        number: int = self._connection.execute(_NEXT_OF_SERIES, {"wanted": series}).scalar_one()
        return number

    def put_call_key(self, key: str) -> None:
        """See ``Work``."""
        self._set_state(call_key=key, call_choice=None)

    def put_call_choice(self, choice: ChosenCall | None) -> None:
        """See ``Work``."""
        kept = None if choice is None else {"number": choice.number, "reason": choice.reason.value}
        self._set_state(call_choice=kept)

    def put_help(self, help_id: str) -> None:
        """See ``Work``."""
        self._set_state(help_id=help_id, help_date=self._state()["business_date"])

    def put_sign_in(self, sign_in: SignIn) -> None:
        """See ``Work``."""
        rows.put(self._connection, SIGN_IN, "number", rows.sign_in_row(sign_in))

    def put_visit(self, visit: Visit) -> None:
        """See ``Work``."""
        rows.put(self._connection, VISIT, "visit_id", rows.visit_row(visit))

    def put_case(self, case: Case) -> None:
        """See ``Work``."""
        rows.put(self._connection, CASE, "case_id", rows.case_row(case))
        case_index.index(self._connection, case)

    def put_draft(self, visit_id: str, draft: Mapping[str, Any]) -> None:
        """See ``Work``."""
        rows.put(self._connection, DRAFT, "visit_id", {"visit_id": visit_id, "card": dict(draft)})

    def drop_drafts_of(self, outcome: Outcome, before_ms: int) -> None:
        """See ``Work``."""
        ended = select(VISIT.c.visit_id).where(VISIT.c.outcome == outcome, VISIT.c.finished_ms < before_ms)
        self._connection.execute(delete(DRAFT).where(DRAFT.c.visit_id.in_(ended)))

    def drop_draft(self, visit_id: str) -> None:
        """See ``Work``."""
        self._connection.execute(_DROP_DRAFT, {"wanted": visit_id})

    def count_item_choice(self, window: str, typed: str, item_id: str) -> None:
        """See ``Work``."""
        chosen = {"window": window, "typed": typed, "item_id": item_id, "times": 1}
        self._connection.execute(_COUNT_ITEM_CHOICE, chosen)

    def queue_print(self, job: PrintJob) -> None:
        """See ``Work``."""
        self._connection.execute(_ADD_PRINT_JOB, rows.job_row(job))

    def settle_print(self, job_id: str, state: JobState) -> None:
        """See ``Work``."""
        self._connection.execute(update(PRINT_JOB).where(PRINT_JOB.c.job_id == job_id).values(state=state))

    def divert_print(self, job_id: str, way: PrintWay) -> None:
        """See ``Work``."""
        self._connection.execute(update(PRINT_JOB).where(PRINT_JOB.c.job_id == job_id).values(way=way))

    def _set_state(self, **values: Any) -> None:
        self._connection.execute(_SET_STATE, values)
        self._kept_state = None


def _offset(measured: int | None) -> dict[str, int]:
    """Return what an operation says of its clock: nothing before the first measure."""
    return {} if measured is None else {OFFSET: measured}
