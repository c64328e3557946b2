"""The chains of a store's lives before: pushed as they were signed, and what stands behind a hole signed anew."""

from dataclasses import replace
from itertools import takewhile
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, select, update

from app.domain.operation import Operation, from_wire, operation_hash, to_wire
from app.domain.renewal import without
from app.ports.former import FormerRun
from app.ports.signer import Signer
from app.storage import rows
from app.storage.engine import Database
from app.storage.renewal_tables import FORMER_OPERATION, RENEWAL
from app.storage.renewals import put_report, report_of
from app.storage.tables import COUNTER_STATE, OPERATION

_ORDER = (FORMER_OPERATION.c.incarnation, FORMER_OPERATION.c.seq)
_WIRES = select(FORMER_OPERATION.c.wire).where(~FORMER_OPERATION.c.held).order_by(*_ORDER)
_ANY = select(FORMER_OPERATION.c.seq).limit(1)
_OLDEST = _WIRES.limit(bindparam("most"))


class CounterFormerChains:
    """Implements ``app.ports.former.FormerChains``; may be used from any thread."""

    def __init__(self, database: Database, signer: Signer) -> None:
        self._database = database
        self._signer = signer
        self._settled_at: int | None = None
        self._any: bool | None = None

    def next_run(self, limit: int) -> FormerRun | None:
        """See ``FormerChains``. Asked before every push: nothing is read again before something was written."""
        written = self._database.written
        if self._settled_at == written or not self._has_any():
            return None
        with self._database.read() as connection:
            found = [from_wire(wire) for wire in connection.execute(_OLDEST, {"most": limit}).scalars()]
            if found and not rows.state(connection)["device"]:
                return None
        if not found:
            self._settled_at = written
            return None
        first = found[0]
        numbered = takewhile(lambda pair: _follows(first, *pair), enumerate(found))
        return FormerRun(first.device, first.incarnation, [each for _, each in numbered])

    def held(self, incarnation: str, upto: int) -> None:
        """See ``FormerChains``."""
        with self._database.write() as connection:
            _mark(connection, incarnation, upto)

    def continues_at(self, incarnation: str, expected: int) -> None:
        """See ``FormerChains``."""
        with self._database.write() as connection:
            _mark(connection, incarnation, expected - 1)
            left = connection.execute(_WIRES.where(_of(incarnation)).limit(1)).scalar()
            if left is not None and left["seq"] != expected:
                self._adopt(connection, incarnation)

    def adopt(self, incarnation: str) -> None:
        """See ``FormerChains``."""
        with self._database.write() as connection:
            self._adopt(connection, incarnation)

    def _has_any(self) -> bool:
        """Say whether the store had a life before: what it had then came with it, before it was opened."""
        if self._any is None:
            with self._database.read() as connection:
                self._any = connection.execute(_ANY).first() is not None
        return self._any

    def _adopt(self, connection: Connection, incarnation: str) -> None:
        for wire in connection.execute(_WIRES.where(_of(incarnation))).scalars().all():
            self._sign_anew(connection, from_wire(wire))
        connection.execute(delete(FORMER_OPERATION).where(_of(incarnation), ~FORMER_OPERATION.c.held))

    def _sign_anew(self, connection: Connection, old: Operation) -> None:
        """Put an operation of before behind the present chain: its id, its words and its moment stay."""
        state = rows.state(connection)
        was = {"incarnation": old.incarnation, "seq": old.seq, "hash": operation_hash(old)}
        unsigned = replace(
            old,
            device=state["device"],
            incarnation=state["incarnation"],
            seq=state["last_seq"] + 1,
            prev_hash=state["last_hash"],
            signature="",
            extra={**old.extra, "former": was},
        )
        own_hash = operation_hash(unsigned)
        signed = replace(unsigned, signature=self._signer.sign(own_hash.encode()))
        values: dict[str, Any] = {"seq": signed.seq, "wall_ms": signed.wall_ms, "wire": to_wire(signed)}
        connection.execute(insert(OPERATION), values)
        connection.execute(update(COUNTER_STATE).values(last_seq=signed.seq, last_hash=own_hash))


def _mark(connection: Connection, incarnation: str, upto: int) -> None:
    """Keep what the server has; what a person was told to miss may be among it."""
    mine = and_(_of(incarnation), FORMER_OPERATION.c.seq <= upto)
    connection.execute(update(FORMER_OPERATION).where(mine).values(held=True))
    newest = connection.execute(select(RENEWAL).order_by(RENEWAL.c.at_ms.desc()).limit(1)).mappings().first()
    if newest is not None and newest["report"]["incarnation"] == incarnation:
        report = report_of(newest)
        put_report(connection, newest["renewal_id"], replace(report, missing=without(report, upto + 1)), incarnation)


def _of(incarnation: str) -> ColumnElement[bool]:
    return FORMER_OPERATION.c.incarnation == incarnation


def _follows(first: Operation, at: int, each: Operation) -> bool:
    return (each.incarnation, each.seq) == (first.incarnation, first.seq + at)
