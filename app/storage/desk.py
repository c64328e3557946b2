"""What search, pause and handover read and write; parts of the view and of the open transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain

from sqlalchemy import Connection, func, select
from sqlalchemy.engine import RowMapping

from app.domain.business_day import start_of_day_ms
from app.domain.case import Case
from app.domain.handover import Entry
from app.domain.pause import Pause, PauseReason
from app.domain.visit import Visit, VisitState
from app.ports.desk_store import HandedOver
from app.storage import case_index, rows
from app.storage.mirror_tables import TICKET
from app.storage.tables import CASE, HANDOVER, PAUSE, VISIT

_LASTING = select(PAUSE).where(PAUSE.c.ended_ms.is_(None)).order_by(PAUSE.c.started_ms.desc()).limit(1)


class DeskView:
    """Implements ``app.ports.desk_store.DeskReading``."""

    _connection: Connection

    def find_cases(self, tokens: Sequence[str], since: str, limit: int) -> Sequence[Case]:
        """See ``DeskReading``."""
        return [rows.case_of(row) for row in case_index.find(self._connection, tokens, since, limit)]

    def pause(self) -> Pause | None:
        """See ``DeskReading``."""
        row = self._connection.execute(_LASTING).mappings().first()
        return None if row is None else _pause_of(row)

    def pauses_since(self, since_ms: int) -> Sequence[Pause]:
        """See ``DeskReading``."""
        began = select(PAUSE).where(PAUSE.c.started_ms >= since_ms).order_by(PAUSE.c.started_ms)
        return [_pause_of(row) for row in self._connection.execute(began).mappings()]

    def handovers(self, since_ms: int) -> Sequence[HandedOver]:
        """See ``DeskReading``."""
        given = select(HANDOVER).where(HANDOVER.c.at_ms >= since_ms).order_by(HANDOVER.c.at_ms)
        return [_handover_of(row) for row in self._connection.execute(given).mappings()]

    def cases_in_hand(self, clerk: str) -> Sequence[Case]:
        """See ``DeskReading``."""
        entries = chain.from_iterable(each.entries for each in self.handovers(0))
        owner = {each.entity_id: each.owner for each in entries}
        still_open = select(CASE).where(CASE.c.urgency.is_not(None)).order_by(CASE.c.urgency, CASE.c.case_id)
        found = self._connection.execute(still_open).mappings()
        return [rows.case_of(row) for row in found if owner.get(row["case_id"], row["clerk"]) == clerk]

    def tickets_on_hold(self) -> Sequence[Visit]:
        """See ``DeskReading``."""
        held = select(VISIT).where(VISIT.c.state == VisitState.HELD).order_by(VISIT.c.called_ms)
        return [rows.visit_of(row) for row in self._connection.execute(held).mappings()]

    def windows_at_work(self, businesses: Sequence[str], day: str) -> Sequence[str]:
        """See ``DeskReading``."""
        latest = func.max(TICKET.c.called_ms)
        called = (
            select(TICKET.c.window)
            .where(TICKET.c.business_date == day, TICKET.c.business.in_(businesses), TICKET.c.window.is_not(None))
            .group_by(TICKET.c.window)
            .order_by(latest.desc(), TICKET.c.window)
        )
        return list(self._connection.execute(called).scalars())

    def ended_today(self) -> Mapping[str, int]:
        """See ``DeskReading``."""
        day = rows.state(self._connection)["business_date"]
        if day is None:
            return {}
        ended = (
            select(VISIT.c.outcome, func.count())
            .where(VISIT.c.finished_ms >= start_of_day_ms(date.fromisoformat(day)), VISIT.c.outcome.is_not(None))
            .group_by(VISIT.c.outcome)
        )
        return {outcome: count for outcome, count in self._connection.execute(ended)}  # noqa: C416 - rows are no pairs


class DeskWriting:
    """Implements ``app.ports.desk_store.DeskWork``."""

    _connection: Connection

    def put_pause(self, pause: Pause) -> None:
        """See ``DeskWork``."""
        row = {name: getattr(pause, name) for name in PAUSE.c.keys()}  # noqa: SIM118 - not a mapping
        rows.put(self._connection, PAUSE, "started_ms", row)

    def put_handover(self, handed: HandedOver) -> None:
        """See ``DeskWork``."""
        entries = [each.to_json() for each in handed.entries]
        row = {"number": handed.number, "at_ms": handed.at_ms, "clerk": handed.clerk, "entries": entries}
        rows.put(self._connection, HANDOVER, "number", row)


def _pause_of(row: RowMapping) -> Pause:
    return Pause(row["started_ms"], PauseReason(row["reason"]), row["minutes"], row["text"], row["ended_ms"])


def _handover_of(row: RowMapping) -> HandedOver:
    entries = tuple(map(Entry.from_json, row["entries"]))
    return HandedOver(row["number"], row["at_ms"], row["clerk"], entries)
